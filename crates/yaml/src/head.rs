//! The head of a rendered document: what Helm's sorting of manifests reads of it (`SimpleHead`), and whether Helm can read it at all.

mod fast;

use crate::ParseError;
use crate::decode::decode;
use crate::tree::{NodeId, NodeView, Tree};
use chartwright_go::float;
use chartwright_value::Heap;

/// What Helm reads of a document to sort it. Missing texts are empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Head {
    /// `apiVersion`
    pub api_version: String,
    /// `kind`
    pub kind: String,
    /// `metadata.name`
    pub name: String,
    /// `metadata.annotations`, sorted by name. Numbers and booleans have become text.
    pub annotations: Vec<(String, String)>,
}

impl Head {
    /// An annotation's value.
    pub fn annotation(&self, name: &str) -> Option<&str> {
        self.annotations.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a document's head. The whole document is read for it, since Helm refuses what is not YAML.
///
/// # Errors
/// Go's text, which Helm puts after `YAML parse error on FILE: `.
pub fn head(document: &str) -> Result<Head, ParseError> {
    match fast_head(document) {
        Some(head) => Ok(head),
        None => full_head(document),
    }
}

/// The same for ordinary documents only, by their lines; none for whatever needs the full parser.
pub fn fast_head(document: &str) -> Option<Head> {
    fast::scan(document)
}

fn full_head(document: &str) -> Result<Head, ParseError> {
    let tree = Tree::parse(document).map_err(ParseError::converting)?;
    if tree.is_odd() {
        // What only the way through JSON refuses.
        decode(&mut Heap::default(), document.as_bytes())?;
    }
    let mut reader = Reader { tree: &tree, fault: None };
    let mut head = Head::default();
    let root = tree.root();
    reader.each(root, "Go value of type util.SimpleHead", |reader, name, value| match name.to_ascii_lowercase().as_str() {
        "apiversion" => reader.text(value, "SimpleHead.apiVersion", &mut head.api_version),
        "kind" => reader.text(value, "SimpleHead.kind", &mut head.kind),
        "metadata" => {
            let expected = format!("Go struct field SimpleHead.metadata of type {METADATA}");
            reader.each(value, &expected, |reader, name, value| match name.to_ascii_lowercase().as_str() {
                "name" => reader.text(value, ".metadata.name", &mut head.name),
                "annotations" => {
                    let expected = "Go struct field .metadata.annotations of type map[string]string";
                    reader.each(value, expected, |reader, name, value| {
                        let mut text = String::new();
                        reader.text(value, ".metadata.annotations", &mut text);
                        match head.annotations.iter_mut().find(|(known, _)| *known == name) {
                            Some(annotation) => annotation.1 = text,
                            None => head.annotations.push((name, text)),
                        }
                    });
                }
                _ => {}
            });
        }
        _ => {}
    });
    match reader.fault {
        Some((kind, expected, line)) => {
            let message = format!("error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {kind} into {expected}");
            Err(ParseError { message, line, column: 0 })
        }
        None => {
            chartwright_go::sort::plain(&mut head.annotations);
            Ok(head)
        }
    }
}

/// The type of `SimpleHead.metadata`, as Go's errors print it.
const METADATA: &str = r#"struct { Name string "json:\"name\""; Annotations map[string]string "json:\"annotations\"" }"#;

/// Go's JSON decoder, for the head's types: it goes on after the first mismatch and tells of it in the end.
struct Reader<'a> {
    tree: &'a Tree,
    fault: Option<(&'static str, String, u32)>,
}

impl Reader<'_> {
    fn mismatch(&mut self, node: NodeId, expected: &str) {
        let kind = match self.tree.view(node) {
            NodeView::Null => return,
            NodeView::Bool(_) => "bool",
            NodeView::Int(_) | NodeView::Float(_) => "number",
            NodeView::String(_) => "string",
            NodeView::Sequence(_) => "array",
            NodeView::Mapping(_) => "object",
        };
        let line = self.tree.span(node).line;
        self.fault.get_or_insert_with(|| (kind, expected.to_string(), line));
    }

    /// The pairs of a mapping in the order in which JSON has them.
    fn each(&mut self, node: NodeId, expected: &str, mut visit: impl FnMut(&mut Self, String, NodeId)) {
        let NodeView::Mapping(pairs) = self.tree.view(node) else {
            return self.mismatch(node, expected);
        };
        let mut pairs: Vec<_> = pairs.iter().map(|(key, value)| (self.tree.key_text(*key).into_owned(), *value)).collect();
        // Of duplicates the last counts; the sort keeps their order.
        pairs.reverse();
        chartwright_go::sort::by(&mut pairs, |a, b| a.0.cmp(&b.0));
        pairs.dedup_by(|later, earlier| later.0 == earlier.0);
        for (name, value) in pairs {
            visit(self, name, value);
        }
    }

    /// A string; sigs turns numbers and booleans into one where a string is wanted.
    fn text(&mut self, node: NodeId, field: &str, text: &mut String) {
        match self.tree.view(node) {
            NodeView::Null => {}
            NodeView::String(found) => *text = found.to_string(),
            NodeView::Bool(b) => *text = b.to_string(),
            NodeView::Int(int) => *text = int.to_string(),
            NodeView::Float(number) => {
                let mut spelled = Vec::new();
                float::format(&mut spelled, number, b'g', None, float::Bits::Single);
                *text = String::from_utf8_lossy(&spelled).into_owned();
            }
            _ => self.mismatch(node, &format!("Go struct field {field} of type string")),
        }
    }
}
