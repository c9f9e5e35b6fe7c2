//! Helm's surgery on Go's error texts (`pkg/engine/engine.go`: `cleanupParseError`, `reformatExecErrorMsg`).

use super::functions::{WARN_END, WARN_START};
use crate::HelmVersion;

/// What Helm makes of a template's parse error.
pub(crate) fn parse_error(file: &str, go_text: &str) -> String {
    let tokens: Vec<&str> = go_text.split(": ").collect();
    match tokens[..] {
        [_] => format!("parse error in ({file}): {go_text}"),
        [_, location, .., message] => format!("parse error at ({location}): {message}"),
        [_, location] => format!("parse error at ({location}): {location}"),
        [] => go_text.to_owned(),
    }
}

/// What Helm makes of an execution's error, given the texts of Go's chain of errors, outermost first.
pub(crate) fn execution_error(file: &str, chain: &[&str], helm: HelmVersion) -> String {
    let text = chain.first().copied().unwrap_or_default();
    let mut tokens = text.splitn(3, ": ");
    let (Some(_), Some(location), Some(rest)) = (tokens.next(), tokens.next(), tokens.next()) else {
        return format!("execution error in ({file}): {text}");
    };
    if let Some(start) = rest.find(WARN_START)
        && let Some(end) = rest.rfind(WARN_END)
        && start + WARN_START.len() <= end
    {
        return format!("execution error at ({location}): {}", &rest[start + WARN_START.len()..end]);
    }
    if helm == HelmVersion::V3 {
        return text.to_owned();
    }
    let mut levels: Vec<Traceable<'_>> = Vec::new();
    for level in chain {
        match traceable(level) {
            Some(found) if levels.last() != Some(&found) => levels.push(found),
            Some(_) => {}
            None => return text.to_owned(),
        }
    }
    let mut out = String::new();
    levels.iter().for_each(|level| level.write(&mut out));
    out.trim_matches(crate::rendered::go_space).to_owned()
}

#[derive(PartialEq, Eq, Default)]
struct Traceable<'a> {
    location: &'a str,
    /// Name and node of `executing "NAME" at <NODE>:`.
    executing: Option<(&'a str, &'a str)>,
    message: &'a str,
}

impl Traceable<'_> {
    fn write(&self, out: &mut String) {
        if !self.location.is_empty() {
            out.push_str(self.location);
            out.push_str("\n  ");
        }
        if let Some((name, node)) = self.executing {
            out.push_str(&format!("executing \"{name}\" at <{node}>:\n    "));
        }
        if !self.message.is_empty() {
            out.push_str(self.message);
            out.push('\n');
        }
    }
}

fn traceable(text: &str) -> Option<Traceable<'_>> {
    let rest = text.strip_prefix("template: ")?;
    if rest.starts_with("no template ") {
        return Some(Traceable { message: text, ..Traceable::default() });
    }
    executing(rest).or_else(|| simple(rest))
}

/// `NAME: executing "FUNCTION" at <NODE>: MESSAGE[ template:…]`.
fn executing(rest: &str) -> Option<Traceable<'_>> {
    let (location, after) = rest.split_once(": executing ")?;
    let (name, after) = after.strip_prefix('"')?.split_once('"')?;
    let (node, message) = after.strip_prefix(" at <")?.split_once(">: ")?;
    Some(Traceable { location, executing: Some((name, node)), message: before_chained(message) })
}

/// `NAME: MESSAGE[ template:…]`.
fn simple(rest: &str) -> Option<Traceable<'_>> {
    let (location, message) = rest.rsplit_once(": ")?;
    Some(Traceable { location, executing: None, message: before_chained(message) })
}

fn before_chained(message: &str) -> &str {
    message.find(" template:").map_or(message, |cut| &message[..cut])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_errors_keep_place_and_last_words() {
        let go = "template: c/templates/a.yaml:3: function \"nope\" not defined";
        assert_eq!(parse_error("c/templates/a.yaml", go), "parse error at (c/templates/a.yaml:3): function \"nope\" not defined");
    }

    #[test]
    fn a_chain_of_template_errors_is_told_on_lines() {
        let inner = "template: c/templates/_h.tpl:2:3: executing \"c.x\" at <.Values.a.b>: nil pointer evaluating interface {}.b";
        let outer = format!(
            "template: c/templates/a.yaml:1:4: executing \"c/templates/a.yaml\" at <include \"c.x\" .>: error calling include: {inner}"
        );
        let expected = "c/templates/a.yaml:1:4\n  executing \"c/templates/a.yaml\" at <include \"c.x\" .>:\n    error calling include:\nc/templates/_h.tpl:2:3\n  executing \"c.x\" at <.Values.a.b>:\n    nil pointer evaluating interface {}.b";
        assert_eq!(execution_error("f", &[outer.as_str(), inner, inner], HelmVersion::V4), expected);
    }

    #[test]
    fn a_plain_cause_leaves_one_raw_line() {
        let outer = "template: c/a.yaml:1:4: executing \"c/a.yaml\" at <b64dec .x>: error calling b64dec: illegal";
        assert_eq!(execution_error("f", &[outer, "illegal"], HelmVersion::V4), outer);
    }

    #[test]
    fn fail_reports_the_outermost_place() {
        let text =
            format!("template: c/a.yaml:1:4: executing \"c/a.yaml\" at <fail \"x: y\">: error calling fail: {WARN_START}x: y{WARN_END}");
        assert_eq!(execution_error("f", &[text.as_str()], HelmVersion::V4), "execution error at (c/a.yaml:1:4): x: y");
    }
}
