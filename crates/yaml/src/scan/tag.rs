//! Anchors, tags and `%` directives: rare in charts, but part of the language.

use super::cursor::Mark;
use super::{Scan, Scanner, TokenKind, problem};

impl<'a> Scanner<'a> {
    /// The name of `*alias` or `&anchor`.
    pub(super) fn scan_anchor(&mut self) -> Scan<&'a str> {
        let start = self.cursor.mark;
        self.cursor.skip_ascii(1);
        let name = self.scan_alphas();
        let ends = self.cursor.is_blankz(0) || matches!(self.cursor.byte(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            return Err(problem(self.cursor.mark, start, "did not find expected alphabetic or numeric character"));
        }
        Ok(name)
    }

    fn scan_alphas(&mut self) -> &'a str {
        let start = self.cursor.mark;
        while self.cursor.is_alpha(0) {
            self.cursor.skip_ascii(1);
        }
        self.cursor.slice(start, self.cursor.mark)
    }

    pub(super) fn scan_tag(&mut self) -> Scan<TokenKind<'a>> {
        let start = self.cursor.mark;
        let (handle, suffix);
        if self.cursor.byte(1) == b'<' {
            self.cursor.skip_ascii(2);
            handle = String::new();
            suffix = self.scan_tag_uri("", start)?;
            if self.cursor.byte(0) != b'>' {
                return Err(problem(self.cursor.mark, start, "did not find the expected '>'"));
            }
            self.cursor.skip_ascii(1);
        } else {
            let found = self.scan_tag_handle(false, start)?;
            if found.len() > 1 && found.ends_with('!') {
                suffix = self.scan_tag_uri("", start)?;
                handle = found.to_string();
            } else {
                let rest = self.scan_tag_uri(found, start)?;
                // A lone `!` is a tag of its own, with no handle.
                (handle, suffix) = if rest.is_empty() { (rest, "!".to_string()) } else { ("!".to_string(), rest) };
            }
        }
        if !self.cursor.is_blankz(0) {
            return Err(problem(self.cursor.mark, start, "did not find expected whitespace or line break"));
        }
        Ok(TokenKind::Tag(Box::new((handle, suffix))))
    }

    fn scan_tag_handle(&mut self, directive: bool, start: Mark) -> Scan<&'a str> {
        let begin = self.cursor.mark;
        if self.cursor.byte(0) != b'!' {
            return Err(problem(begin, start, "did not find expected '!'"));
        }
        self.cursor.skip_ascii(1);
        let name = self.scan_alphas();
        if self.cursor.byte(0) == b'!' {
            self.cursor.skip_ascii(1);
        } else if directive && !name.is_empty() {
            return Err(problem(self.cursor.mark, start, "did not find expected '!'"));
        }
        Ok(self.cursor.slice(begin, self.cursor.mark))
    }

    /// The rest of a tag after what was already read of it (`head`, whose `!` does not count).
    fn scan_tag_uri(&mut self, head: &str, start: Mark) -> Scan<String> {
        let mut uri = head.get(1..).unwrap_or("").as_bytes().to_vec();
        let mut found = !head.is_empty();
        loop {
            match self.cursor.byte(0) {
                b'%' => self.scan_uri_escape(&mut uri, start)?,
                byte @ (b';' | b'/' | b'?' | b':' | b'@' | b'&' | b'=' | b'+' | b'$' | b',' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'('
                | b')' | b'[' | b']') => {
                    uri.push(byte);
                    self.cursor.skip_ascii(1);
                }
                byte if self.cursor.is_alpha(0) => {
                    uri.push(byte);
                    self.cursor.skip_ascii(1);
                }
                _ => break,
            }
            found = true;
        }
        if !found {
            return Err(problem(self.cursor.mark, start, "did not find expected tag URI"));
        }
        Ok(String::from_utf8_lossy(&uri).into_owned())
    }

    /// One character of `%XX` octets.
    fn scan_uri_escape(&mut self, uri: &mut Vec<u8>, start: Mark) -> Scan {
        let mut left = None;
        while left != Some(0) {
            let digit = |n| char::from(self.cursor.byte(n)).to_digit(16);
            let (b'%', Some(high), Some(low)) = (self.cursor.byte(0), digit(1), digit(2)) else {
                return Err(problem(self.cursor.mark, start, "did not find URI escaped octet"));
            };
            let octet = (high << 4 | low) as u8;
            left = Some(match (left, octet) {
                (None, 0..=0x7F) => 0,
                (None, 0xC0..=0xDF) => 1,
                (None, 0xE0..=0xEF) => 2,
                (None, 0xF0..=0xF7) => 3,
                (None, _) => return Err(problem(self.cursor.mark, start, "found an incorrect leading UTF-8 octet")),
                (Some(left), 0x80..=0xBF) => left - 1,
                (Some(_), _) => return Err(problem(self.cursor.mark, start, "found an incorrect trailing UTF-8 octet")),
            });
            uri.push(octet);
            self.cursor.skip_ascii(3);
        }
        Ok(())
    }

    pub(super) fn scan_directive(&mut self) -> Scan<TokenKind<'a>> {
        let start = self.cursor.mark;
        self.cursor.skip_ascii(1);
        let name = self.scan_alphas();
        if name.is_empty() {
            return Err(problem(self.cursor.mark, start, "could not find expected directive name"));
        }
        if !self.cursor.is_blankz(0) {
            return Err(problem(self.cursor.mark, start, "found unexpected non-alphabetical character"));
        }
        self.cursor.skip_blanks();
        let kind = match name {
            "YAML" => {
                let major = self.scan_version_number(start)?;
                if self.cursor.byte(0) != b'.' {
                    return Err(problem(self.cursor.mark, start, "did not find expected digit or '.' character"));
                }
                self.cursor.skip_ascii(1);
                TokenKind::Version { major, minor: self.scan_version_number(start)? }
            }
            "TAG" => {
                let handle = self.scan_tag_handle(true, start)?;
                if !self.cursor.is_blank(0) {
                    return Err(problem(self.cursor.mark, start, "did not find expected whitespace"));
                }
                self.cursor.skip_blanks();
                let prefix = self.scan_tag_uri("", start)?;
                if !self.cursor.is_blankz(0) {
                    return Err(problem(self.cursor.mark, start, "did not find expected whitespace or line break"));
                }
                TokenKind::TagDirective(Box::new((handle.to_string(), prefix)))
            }
            _ => return Err(problem(self.cursor.mark, start, "found unknown directive name")),
        };
        self.cursor.skip_blanks();
        if self.cursor.byte(0) == b'#' {
            self.cursor.skip_to_break();
        }
        if !self.cursor.is_breakz(0) {
            return Err(problem(self.cursor.mark, start, "did not find expected comment or line break"));
        }
        self.cursor.skip_break();
        Ok(kind)
    }

    fn scan_version_number(&mut self, start: Mark) -> Scan<u8> {
        let (mut value, mut length) = (0, 0);
        while let digit @ b'0'..=b'9' = self.cursor.byte(0) {
            length += 1;
            if length > 2 {
                return Err(problem(self.cursor.mark, start, "found extremely long version number"));
            }
            value = value * 10 + (digit - b'0');
            self.cursor.skip_ascii(1);
        }
        if length == 0 {
            return Err(problem(self.cursor.mark, start, "did not find expected version number"));
        }
        Ok(value)
    }
}
