//! Two kinds of file patterns: Go's `filepath.Match`, and the globs of `gobwas/glob` that `.Files.Glob` takes.
//! Matching works on bytes with one mark to go back to for each star, so it neither recurses nor takes exponential time for Go's kind.

/// `filepath.Match` on Linux.
///
/// # Errors
/// `syntax error in pattern`, as soon as the pattern is found to be wrong.
pub(crate) fn path_match(pattern: &str, name: &str) -> Result<bool, &'static str> {
    let tokens = parse_path_pattern(pattern.as_bytes())?;
    Ok(matches(&tokens, name.as_bytes()))
}

/// A compiled `gobwas/glob` with `/` as separator: alternatives, each a row of tokens.
pub(crate) struct Glob {
    alternatives: Vec<Vec<Token>>,
}

/// How many alternatives braces may unfold to.
const MAX_ALTERNATIVES: usize = 4096;

impl Glob {
    /// Compiles a pattern. One that is wrong means every file, as in Helm (`pkg/engine/files.go`).
    pub(crate) fn compile(pattern: &str) -> Glob {
        let alternatives = unfold(pattern).and_then(|all| all.iter().map(|one| parse_glob(one.as_bytes())).collect());
        Glob { alternatives: alternatives.unwrap_or_else(|| vec![vec![Token::AnyDeep]]) }
    }

    pub(crate) fn is_match(&self, name: &str) -> bool {
        self.alternatives.iter().any(|tokens| matches(tokens, name.as_bytes()))
    }
}

#[derive(Clone, Debug)]
enum Token {
    Byte(u8),
    /// One character that is no separator.
    One,
    /// Any number of them.
    Any,
    /// Any number of any characters.
    AnyDeep,
    /// One character of a set.
    Set {
        negate: bool,
        ranges: Vec<(char, char)>,
        separator: bool,
    },
}

fn matches(tokens: &[Token], name: &[u8]) -> bool {
    let (mut token, mut at) = (0, 0);
    // Where to try again: the star and how far it reaches. A deep star keeps its mark while shallow ones come and go.
    let mut shallow: Option<(usize, usize)> = None;
    let mut deep: Option<(usize, usize)> = None;
    loop {
        let step = match tokens.get(token) {
            None if at == name.len() => return true,
            None => None,
            Some(Token::Any) => {
                shallow = Some((token, at));
                token += 1;
                continue;
            }
            Some(Token::AnyDeep) => {
                deep = Some((token, at));
                shallow = None;
                token += 1;
                continue;
            }
            Some(Token::Byte(byte)) => (name.get(at) == Some(byte)).then_some(1),
            Some(Token::One) => character(name, at).filter(|(c, _)| *c != '/').map(|(_, width)| width),
            Some(Token::Set { negate, ranges, separator }) => character(name, at)
                .filter(|(c, _)| ranges.iter().any(|(low, high)| low <= c && c <= high) != *negate && (*separator || *c != '/'))
                .map(|(_, width)| width),
        };
        if let Some(width) = step {
            at += width;
            token += 1;
            continue;
        }
        if let Some((star, from)) = shallow
            && name.get(from).is_some_and(|byte| *byte != b'/')
        {
            shallow = Some((star, from + 1));
            (token, at) = (star + 1, from + 1);
        } else if let Some((star, from)) = deep
            && from < name.len()
        {
            shallow = None;
            deep = Some((star, from + 1));
            (token, at) = (star + 1, from + 1);
        } else {
            return false;
        }
    }
}

fn character(name: &[u8], at: usize) -> Option<(char, usize)> {
    let rest = name.get(at..).filter(|rest| !rest.is_empty())?;
    let (code, width) = chartwright_go::utf8::decode(rest);
    Some((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), width))
}

fn parse_path_pattern(pattern: &[u8]) -> Result<Vec<Token>, &'static str> {
    const BAD: &str = "syntax error in pattern";
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = pattern.get(at) {
        at += 1;
        match byte {
            b'*' => tokens.push(Token::Any),
            b'?' => tokens.push(Token::One),
            b'\\' => {
                tokens.push(Token::Byte(*pattern.get(at).ok_or(BAD)?));
                at += 1;
            }
            b'[' => {
                let negate = pattern.get(at) == Some(&b'^');
                at += usize::from(negate);
                let mut ranges = Vec::new();
                loop {
                    if pattern.get(at) == Some(&b']') && !ranges.is_empty() {
                        at += 1;
                        break;
                    }
                    let low = class_character(pattern, &mut at).ok_or(BAD)?;
                    let mut high = low;
                    if pattern.get(at) == Some(&b'-') {
                        at += 1;
                        high = class_character(pattern, &mut at).ok_or(BAD)?;
                    }
                    ranges.push((low, high));
                }
                tokens.push(Token::Set { negate, ranges, separator: true });
            }
            other => tokens.push(Token::Byte(other)),
        }
    }
    Ok(tokens)
}

fn class_character(pattern: &[u8], at: &mut usize) -> Option<char> {
    if matches!(pattern.get(*at), None | Some(b'-' | b']')) {
        return None;
    }
    if pattern.get(*at) == Some(&b'\\') {
        *at += 1;
    }
    let (c, width) = character(pattern, *at)?;
    *at += width;
    (*at < pattern.len()).then_some(c)
}

/// Braces, unfolded to a list of patterns without them.
fn unfold(pattern: &str) -> Option<Vec<String>> {
    let mut pending = vec![pattern.to_owned()];
    let mut done = Vec::new();
    while let Some(one) = pending.pop() {
        if pending.len() + done.len() > MAX_ALTERNATIVES {
            return None;
        }
        let Some((open, close, commas)) = first_braces(&one)? else {
            done.push(one);
            continue;
        };
        let mut start = open + 1;
        for end in commas.into_iter().chain([close]) {
            pending.push(format!("{}{}{}", &one[..open], &one[start..end], &one[close + 1..]));
            start = end + 1;
        }
    }
    Some(done)
}

type Braces = (usize, usize, Vec<usize>);

/// The first braces: where they open and close, and their commas. Nothing at all if they do not close.
fn first_braces(pattern: &str) -> Option<Option<Braces>> {
    let bytes = pattern.as_bytes();
    let (mut open, mut depth, mut commas, mut at) = (None, 0_usize, Vec::new(), 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' if depth == 0 => at += bytes[at..].iter().position(|byte| *byte == b']')?,
            b'{' => {
                open.get_or_insert(at);
                depth += 1;
            }
            b'}' if depth == 0 => return None,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(open.map(|open| (open, at, commas)));
                }
            }
            b',' if depth == 1 => commas.push(at),
            _ => {}
        }
        at += 1;
    }
    if depth > 0 { None } else { Some(None) }
}

fn parse_glob(pattern: &[u8]) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = pattern.get(at) {
        at += 1;
        match byte {
            b'*' if pattern.get(at) == Some(&b'*') => {
                at += 1;
                tokens.push(Token::AnyDeep);
            }
            b'*' => tokens.push(Token::Any),
            b'?' => tokens.push(Token::One),
            b'\\' => {
                tokens.push(Token::Byte(*pattern.get(at)?));
                at += 1;
            }
            b'[' => {
                let negate = pattern.get(at) == Some(&b'!');
                at += usize::from(negate);
                let end = at + pattern[at..].iter().position(|byte| *byte == b']')?;
                let text: Vec<char> = std::str::from_utf8(&pattern[at..end]).ok()?.chars().collect();
                let ranges = match text[..] {
                    [low, '-', high] if low <= high => vec![(low, high)],
                    [] => return None,
                    _ => text.iter().map(|c| (*c, *c)).collect(),
                };
                at = end + 1;
                tokens.push(Token::Set { negate, ranges, separator: true });
            }
            other => tokens.push(Token::Byte(other)),
        }
    }
    Some(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_patterns() {
        for (pattern, name, expected) in [
            ("*", "abc", true),
            ("*", "a/b", false),
            ("a*/b", "abc/b", true),
            ("a*b?c*x", "abxbbxdbxebxczzx", true),
            ("a*b?c*x", "abxbbxdbxebxczzy", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("templates/.?*", "templates/.x", true),
            ("templates/.?*", "templates/.", false),
        ] {
            assert_eq!(path_match(pattern, name), Ok(expected), "{pattern} {name}");
        }
        assert!(path_match("[a", "a").is_err());
        assert!(path_match("a\\", "a").is_err());
    }

    #[test]
    fn globs() {
        for (pattern, name, expected) in [
            ("**", "a/b/c", true),
            ("config/*", "config/a.yaml", true),
            ("config/*", "config/a/b.yaml", false),
            ("config/**.yaml", "config/a/b.yaml", true),
            ("**/x/*.txt", "a/b/x/y.txt", true),
            ("{a,b}/*.{yaml,json}", "b/x.json", true),
            ("{a,b}/*.{yaml,json}", "c/x.json", false),
            ("file[0-9].txt", "file7.txt", true),
            ("file[!0-9].txt", "file7.txt", false),
        ] {
            assert_eq!(Glob::compile(pattern).is_match(name), expected, "{pattern} {name}");
        }
    }
}
