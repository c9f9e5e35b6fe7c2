//! Names that nothing declares, which the API server refuses when it compiles an expression: `checker/checker.go`, worded by `common/error.go`. Expressions that are not understood here
//! as a whole have none.

use std::rc::Rc;

use super::tree::{Id, Node, Program};

/// What may be named anywhere: types, and the first parts of the names of types and functions.
const KNOWN: [&str; 29] = [
    "JSONPatch",
    "Object",
    "base64",
    "bool",
    "bytes",
    "cidr",
    "double",
    "dyn",
    "format",
    "google",
    "int",
    "ip",
    "jsonpatch",
    "kubernetes",
    "list",
    "map",
    "math",
    "net",
    "null_type",
    "optional",
    "optional_type",
    "quantity",
    "semver",
    "sets",
    "string",
    "strings",
    "type",
    "uint",
    "url",
];
/// Longer lines are not shown.
const MAX_SNIPPET: usize = 16_384;
/// So many errors are told at most; with more nothing is said.
const MAX_ERRORS: usize = 50;

/// The names in scope besides the declared ones.
type Scope = Rc<Vec<Rc<str>>>;

/// What the API server says of an expression that names what is not declared; nothing where it names nothing of the kind, or is not understood.
pub(crate) fn undeclared(text: &str, declared: &[&str]) -> Option<String> {
    let program = Program::parse(text)?;
    let mut found: Vec<(usize, Rc<str>)> = Vec::new();
    let mut open: Vec<(Id, Scope)> = vec![(program.root, Scope::default())];
    while let Some((id, scope)) = open.pop() {
        let with = |variables: &[Rc<str>]| -> Scope { Rc::new(scope.iter().chain(variables).cloned().collect()) };
        match program.nodes.get(id)? {
            Node::Literal(_) => {}
            Node::Name(name) => {
                let is_inner = name.starts_with("__");
                if is_inner || declared.contains(&&**name) || KNOWN.contains(&&**name) || scope.contains(name) {
                    continue;
                }
                let place = program.places.iter().find(|(named, _)| *named == id).map(|(_, place)| *place)?;
                found.push((place, name.clone()));
            }
            Node::Select { of, .. } | Node::Has { of, .. } | Node::Not(of) | Node::Negate(of) => open.push((*of, scope)),
            Node::Index { of, at, .. } => open.extend([(*of, scope.clone()), (*at, scope)]),
            Node::List(items) => open.extend(items.iter().map(|(item, _)| (*item, scope.clone()))),
            Node::Map(entries) => open.extend(entries.iter().flat_map(|(key, value, _)| [*key, *value]).map(|part| (part, scope.clone()))),
            Node::And(parts) | Node::Or(parts) | Node::Call(_, parts) => open.extend(parts.iter().map(|part| (*part, scope.clone()))),
            Node::If { condition, then, otherwise } => open.extend([*condition, *then, *otherwise].map(|part| (part, scope.clone()))),
            Node::Binary(_, one, other) | Node::Else { of: one, otherwise: other, .. } => {
                open.extend([(*one, scope.clone()), (*other, scope)]);
            }
            Node::OptionalMap { of, variable, body, .. } => {
                open.extend([(*of, scope.clone()), (*body, with(std::slice::from_ref(variable)))]);
            }
            Node::Fold(fold) => {
                let inner = with(&fold.variables);
                open.push((fold.range, scope));
                open.extend(fold.filter.into_iter().chain([fold.body]).map(|part| (part, inner.clone())));
            }
        }
    }
    found.sort();
    found.dedup();
    let errors: Vec<String> = found.iter().map(|(place, name)| error(text, *place, name)).collect();
    (!errors.is_empty() && errors.len() <= MAX_ERRORS).then(|| format!("compilation failed: {}", errors.join("\n")))
}

/// An error with the line, and what points at the place.
fn error(text: &str, place: usize, name: &str) -> String {
    let before = text.get(..place).unwrap_or_default();
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let snippet = text.get(start..).and_then(|rest| rest.split('\n').next()).unwrap_or_default().replace('\t', " ");
    let ahead = text.get(start..place).unwrap_or_default();
    let column = ahead.chars().count();
    let mut said = format!("ERROR: <input>:{}:{}: undeclared reference to '{name}' (in container '')", line + 1, column + 1);
    if snippet.chars().count() <= MAX_SNIPPET {
        let dots: String = ahead.chars().map(|sign| if sign.len_utf8() > 1 { '．' } else { '.' }).collect();
        said.push_str(&format!("\n | {snippet}\n | {dots}^"));
    }
    said
}
