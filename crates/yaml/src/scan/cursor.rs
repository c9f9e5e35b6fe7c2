//! Where the scanner stands in the text, and the classes of characters that YAML 1.1 knows (Go `yamlprivateh.go`).

/// A place in the text. Lines and columns count from zero, columns and `index` in characters, `offset` in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Mark {
    pub(crate) offset: u32,
    pub(crate) index: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Mark {
    pub(crate) fn at(self) -> usize {
        self.offset as usize
    }
}

/// The text and the place reached. Past its end it reads as NUL, which the text itself cannot hold.
pub(crate) struct Cursor<'a> {
    pub(crate) text: &'a str,
    bytes: &'a [u8],
    pub(crate) mark: Mark,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Cursor<'a> {
        // A byte order mark takes no column.
        let offset = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        Cursor { text, bytes: text.as_bytes(), mark: Mark { offset, ..Mark::default() } }
    }

    /// The byte `n` after the present one.
    #[inline]
    pub(crate) fn byte(&self, n: usize) -> u8 {
        self.bytes.get(self.mark.at() + n).copied().unwrap_or(0)
    }

    /// The text between two marks.
    pub(crate) fn slice(&self, start: Mark, end: Mark) -> &'a str {
        self.text.get(start.at()..end.at()).unwrap_or("")
    }

    /// Whether the text ends here.
    pub(crate) fn is_end(&self, n: usize) -> bool {
        self.byte(n) == 0
    }

    pub(crate) fn is_blank(&self, n: usize) -> bool {
        matches!(self.byte(n), b' ' | b'\t')
    }

    /// How many bytes the line break at `n` has; CR LF counts as one break. Zero: no break.
    pub(crate) fn break_width(&self, n: usize) -> usize {
        match self.byte(n) {
            b'\n' => 1,
            b'\r' => 1 + usize::from(self.byte(n + 1) == b'\n'),
            0xC2 if self.byte(n + 1) == 0x85 => 2,
            0xE2 if self.byte(n + 1) == 0x80 && matches!(self.byte(n + 2), 0xA8 | 0xA9) => 3,
            _ => 0,
        }
    }

    pub(crate) fn is_break(&self, n: usize) -> bool {
        self.break_width(n) != 0
    }

    pub(crate) fn is_breakz(&self, n: usize) -> bool {
        self.is_end(n) || self.is_break(n)
    }

    pub(crate) fn is_blankz(&self, n: usize) -> bool {
        self.is_blank(n) || self.is_breakz(n)
    }

    /// Letters, digits, `_` and `-`: what anchors and tag handles are made of.
    pub(crate) fn is_alpha(&self, n: usize) -> bool {
        matches!(self.byte(n), b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-')
    }

    /// Whether `---` or `...` stands here, at the beginning of a line.
    pub(crate) fn is_document_indicator(&self) -> bool {
        self.mark.column == 0
            && matches!([self.byte(0), self.byte(1), self.byte(2)], [b'-', b'-', b'-'] | [b'.', b'.', b'.'])
            && self.is_blankz(3)
    }

    /// Goes over one character that is no line break.
    #[inline]
    pub(crate) fn skip(&mut self) {
        let width = match self.byte(0) {
            0..=0x7F => 1,
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            _ => 4,
        };
        self.mark.offset = (self.mark.offset + width).min(self.bytes.len() as u32);
        self.mark.index += 1;
        self.mark.column += 1;
    }

    /// Goes over `n` characters of one byte.
    pub(crate) fn skip_ascii(&mut self, n: u32) {
        self.mark.offset += n;
        self.mark.index += n;
        self.mark.column += n;
    }

    /// Goes over one line break, if there is one, and tells what it reads as: LS and PS stay, all others are LF.
    pub(crate) fn skip_break(&mut self) -> &'static str {
        let width = self.break_width(0);
        if width == 0 {
            return "";
        }
        let read = match (width, self.byte(2)) {
            (3, 0xA8) => "\u{2028}",
            (3, _) => "\u{2029}",
            _ => "\n",
        };
        self.mark.index += 1 + u32::from(self.byte(0) == b'\r' && width == 2);
        self.mark.offset += width as u32;
        self.mark.line += 1;
        self.mark.column = 0;
        read
    }

    /// Goes to the end of the line.
    pub(crate) fn skip_to_break(&mut self) {
        loop {
            self.skip_run(|byte| matches!(byte, b'\n' | b'\r' | 0xC2 | 0xE2));
            if self.is_breakz(0) {
                return;
            }
            self.skip();
        }
    }

    /// Goes over characters up to the next byte that ends the run, which no continuation byte may do.
    #[inline]
    pub(crate) fn skip_run(&mut self, ends: impl Fn(u8) -> bool) {
        let rest = self.bytes.get(self.mark.at()..).unwrap_or(&[]);
        let len = rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len());
        let continued = rest[..len].iter().filter(|byte| **byte & 0xC0 == 0x80).count();
        self.mark.offset += len as u32;
        self.mark.index += (len - continued) as u32;
        self.mark.column += (len - continued) as u32;
    }

    pub(crate) fn skip_blanks(&mut self) {
        while self.is_blank(0) {
            self.skip();
        }
    }
}
