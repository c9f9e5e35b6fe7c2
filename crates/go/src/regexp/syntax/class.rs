//! Classes and escapes: `[a-z]`, `[[:alpha:]]`, `\d`, `\pL`, `\x41`. What is written goes between brackets.

use super::{Translator, check_utf8, complaint};
use std::fmt::Write;

/// Writes a range, without the surrogates, which no text holds.
fn write_range(out: &mut String, low: u32, high: u32) {
    let mut part = |low: u32, high: u32| {
        if low <= high {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\x{{{low:x}}}-\\x{{{high:x}}}");
        }
    };
    part(low, high.min(0xD7FF));
    part(low.max(0xE000), high);
}

/// What a POSIX class holds. Source: `regexp/syntax/perl_groups.go`.
fn posix(name: &[u8]) -> Option<&'static str> {
    Some(match name {
        b"alnum" => r"\x30-\x39\x41-\x5A\x61-\x7A",
        b"alpha" => r"\x41-\x5A\x61-\x7A",
        b"ascii" => r"\x00-\x7F",
        b"blank" => r"\x09\x20",
        b"cntrl" => r"\x00-\x1F\x7F",
        b"digit" => DIGIT,
        b"graph" => r"\x21-\x7E",
        b"lower" => r"\x61-\x7A",
        b"print" => r"\x20-\x7E",
        b"punct" => r"\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E",
        b"space" => r"\x09-\x0D\x20",
        b"upper" => r"\x41-\x5A",
        b"word" => WORD,
        b"xdigit" => r"\x30-\x39\x41-\x46\x61-\x66",
        _ => return None,
    })
}

const DIGIT: &str = r"\x30-\x39";
const WORD: &str = r"\x30-\x39\x41-\x5A\x5F\x61-\x7A";
/// Without the vertical tab, unlike most.
const SPACE: &str = r"\x09-\x0A\x0C-\x0D\x20";

/// The scripts that Go knows by name. Their tables are not at hand: they would weigh more than they are worth.
const SCRIPTS: &str = "Adlam Ahom AnatolianHieroglyphs Arabic Armenian Avestan Balinese Bamum BassaVah Batak Bengali Bhaiksuki Bopomofo Brahmi Braille \
    Buginese Buhid CanadianAboriginal Carian CaucasianAlbanian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot \
    CyproMinoan Cyrillic Deseret Devanagari DivesAkuru Dogra Duployan EgyptianHieroglyphs Elbasan Elymaic Ethiopic Georgian Glagolitic \
    Gothic Grantha Greek Gujarati GunjalaGondi Gurmukhi Han Hangul HanifiRohingya Hanunoo Hatran Hebrew Hiragana ImperialAramaic \
    Inherited InscriptionalPahlavi InscriptionalParthian Javanese Kaithi Kannada Katakana Kawi KayahLi Kharoshthi KhitanSmallScript \
    Khmer Khojki Khudawadi Lao Latin Lepcha Limbu LinearA LinearB Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean \
    Marchen MasaramGondi Medefaidrin MeeteiMayek MendeKikakui MeroiticCursive MeroiticHieroglyphs Miao Modi Mongolian Mro Multani \
    Myanmar Nabataean NagMundari Nandinagari NewTaiLue Newa Nko Nushu NyiakengPuachueHmong Ogham OlChiki OldHungarian OldItalic \
    OldNorthArabian OldPermic OldPersian OldSogdian OldSouthArabian OldTurkic OldUyghur Oriya Osage Osmanya PahawhHmong Palmyrene \
    PauCinHau PhagsPa Phoenician PsalterPahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sogdian \
    SoraSompeng Soyombo Sundanese SylotiNagri Syriac Tagalog Tagbanwa TaiLe TaiTham TaiViet Takri Tamil Tangsa Tangut Telugu Thaana \
    Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho WarangCiti Yezidi Yi ZanabazarSquare";

impl Translator<'_> {
    /// `[…]`. Source: `parseClass`.
    pub(super) fn class(&mut self) -> Result<(), String> {
        let start = self.at;
        self.at += 1;
        let negated = self.rest().first() == Some(&b'^');
        self.at += usize::from(negated);
        let mut body = String::new();
        let mut first = true;
        while first || self.rest().first() != Some(&b']') {
            first = false;
            let rest = self.rest();
            if rest.len() > 2
                && rest.starts_with(b"[:")
                && let Some(end) = rest.windows(2).skip(2).position(|pair| pair == b":]")
            {
                let name = &rest[..end + 4];
                let inner = &name[2..name.len() - 2];
                let (not, inner) = inner.strip_prefix(b"^").map_or((false, inner), |inner| (true, inner));
                let class = posix(inner).ok_or_else(|| complaint("invalid character class range", name))?;
                let length = name.len();
                self.at += length;
                body += &if not { format!("[^{class}]") } else { class.to_owned() };
                continue;
            }
            if rest.starts_with(b"\\")
                && let Some(class) = self.class_escape()?
            {
                body += &class;
                continue;
            }
            let range = self.at;
            let low = self.class_character(start)?;
            let mut high = low;
            if self.rest().len() >= 2 && self.rest()[0] == b'-' && self.rest()[1] != b']' {
                self.at += 1;
                high = self.class_character(start)?;
                if high < low {
                    return Err(complaint("invalid character class range", &self.whole[range..self.at]));
                }
            }
            write_range(&mut body, low, high);
        }
        self.at += 1;
        let sign = if negated { "^" } else { "" };
        if body.is_empty() {
            // Nothing but surrogates.
            body = r"[^\x{0}-\x{10ffff}]".to_owned();
        }
        let fold = self.flags.fold;
        self.atom(&if fold { format!("(?i:[{sign}{body}])") } else { format!("[{sign}{body}]") }, 0);
        Ok(())
    }

    fn class_character(&mut self, start: usize) -> Result<u32, String> {
        match self.rest().first() {
            None => Err(complaint("missing closing ]", &self.whole[start..])),
            Some(b'\\') => self.single_escape(),
            Some(_) => self.next(),
        }
    }

    /// `\d` and its kin, `\pL` and `\p{Lu}`; nothing where the escape is of another kind.
    pub(super) fn class_escape(&mut self) -> Result<Option<String>, String> {
        let Some(&letter) = self.whole.get(self.at + 1) else {
            return Ok(None);
        };
        let class = match letter {
            b'd' => DIGIT.to_owned(),
            b'D' => format!("[^{DIGIT}]"),
            b's' => SPACE.to_owned(),
            b'S' => format!("[^{SPACE}]"),
            b'w' => WORD.to_owned(),
            b'W' => format!("[^{WORD}]"),
            b'p' | b'P' => return self.property(letter == b'P').map(Some),
            _ => return Ok(None),
        };
        self.at += 2;
        Ok(Some(class))
    }

    /// Source: `parseUnicodeClass`.
    fn property(&mut self, mut negated: bool) -> Result<String, String> {
        let start = self.at;
        self.at += 2;
        let whole = self.whole;
        let name = if whole.get(self.at) == Some(&b'{') {
            let Some(end) = self.rest().iter().position(|&byte| byte == b'}') else {
                check_utf8(&whole[start..])?;
                return Err(complaint("invalid character class range", &whole[start..]));
            };
            let name = &whole[self.at + 1..self.at + end];
            self.at += end + 1;
            check_utf8(name)?;
            name
        } else if self.at == whole.len() {
            return Err(complaint("invalid character class range", &whole[start..]));
        } else {
            let from = self.at;
            self.next()?;
            &whole[from..self.at]
        };
        let name = name.strip_prefix(b"^").inspect(|_| negated = !negated).unwrap_or(name);
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ')) {
            return Err(complaint("invalid character class range", &whole[start..self.at]));
        }
        let letter = if negated { 'P' } else { 'p' };
        let class = format!("\\{letter}{{{}}}", String::from_utf8_lossy(name));
        // The crate knows the names; Go complains of one before it reads on.
        if regex::bytes::Regex::new(&class).is_err() {
            let plain: Vec<u8> = name.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
            if SCRIPTS.split(' ').any(|script| script.as_bytes().eq_ignore_ascii_case(&plain)) {
                return Err(complaint("the class of a script's characters is not supported yet", &whole[start..self.at]));
            }
            return Err(complaint("invalid character class range", &whole[start..self.at]));
        }
        Ok(class)
    }

    /// `\n`, `\.`, `\x41`, `\x{1F600}`, `\101`. Source: `parseEscape`.
    pub(super) fn single_escape(&mut self) -> Result<u32, String> {
        let start = self.at;
        self.at += 1;
        if self.rest().is_empty() {
            return Err("trailing backslash at end of expression: ``".to_owned());
        }
        let code = self.next()?;
        let octal = |byte: Option<&u8>| matches!(byte, Some(b'0'..=b'7'));
        let found = match char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER) {
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => Some(code),
            c @ '0'..='7' if c == '0' || octal(self.rest().first()) => {
                let mut sum = code - '0' as u32;
                for _ in 1..3 {
                    if !octal(self.rest().first()) {
                        break;
                    }
                    sum = sum * 8 + (self.rest()[0] - b'0') as u32;
                    self.at += 1;
                }
                Some(sum)
            }
            'x' => self.hexadecimal()?,
            'a' => Some(7),
            'f' => Some(12),
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            'v' => Some(11),
            _ => None,
        };
        found.ok_or_else(|| complaint("invalid escape sequence", &self.whole[start..self.at]))
    }

    fn hexadecimal(&mut self) -> Result<Option<u32>, String> {
        if self.rest().is_empty() {
            return Ok(None);
        }
        let digit = |code: u32| char::from_u32(code).and_then(|c| c.to_digit(16));
        let first = self.next()?;
        if first != b'{' as u32 {
            // Go reads on before it looks.
            let second = self.next()?;
            return Ok(digit(first).zip(digit(second)).map(|(high, low)| high << 4 | low));
        }
        let (mut sum, mut digits) = (0, 0);
        while self.at < self.whole.len() {
            let code = self.next()?;
            if code == b'}' as u32 {
                return Ok((digits > 0).then_some(sum));
            }
            let Some(value) = digit(code) else {
                return Ok(None);
            };
            sum = sum << 4 | value;
            if sum > crate::utf8::MAX {
                return Ok(None);
            }
            digits += 1;
        }
        Ok(None)
    }
}
