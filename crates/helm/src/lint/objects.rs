//! The objects in what a template wrote, or in a file, as Kubernetes' `YAMLOrJSONDecoder` and `sigs.k8s.io/yaml` read them into the little that
//! the linter wants to know (`k8sYamlStruct`).

use crate::rendered::go_space;
use crate::{HelmVersion, trim_space};
use chartwright_go::float;
use chartwright_value::json::decode_json_start;
use chartwright_value::{Heap, Repr, Value};
use chartwright_yaml::{NodeId, NodeView, Tree};

/// How far the decoder looks for a brace to tell whether it is given JSON; also how much Go's reader of lines holds at once.
const BUFFER: usize = 4096;

/// What is read of an object. What it lacks is empty.
#[derive(Default)]
pub(super) struct Object {
    pub(super) api_version: String,
    pub(super) kind: String,
    pub(super) name: String,
}

/// The documents, one after the other: nothing for an empty one, Go's text for one that is no object. After an error there are no more.
pub(super) struct Objects<'a> {
    text: &'a [u8],
    helm: HelmVersion,
    /// Whether what comes next may be JSON; how many bytes and values of that kind have been read.
    json: Option<(usize, usize)>,
    /// The rest, as YAML.
    rest: &'a [u8],
    ended: bool,
}

type Read = Result<Option<Object>, String>;

impl<'a> Objects<'a> {
    pub(super) fn new(text: &'a [u8], helm: HelmVersion) -> Objects<'a> {
        let head = String::from_utf8_lossy(&text[..text.len().min(BUFFER)]);
        let json = head.trim_start_matches(go_space).starts_with('{').then_some((0, 0));
        Objects { text, helm, json, rest: text, ended: false }
    }

    /// The next value as JSON: nothing if there is none, or Go's text and whether it is for certain that this should have been JSON.
    fn next_json(&mut self, at: usize, count: usize) -> Result<Option<Read>, (String, bool)> {
        let rest = &self.text[at..];
        if rest.trim_ascii_start().is_empty() {
            return Ok(None);
        }
        let mut heap = Heap::default();
        let read = match decode_json_start(&mut heap, rest) {
            Ok((value, length)) => from_json(&heap, value, self.helm).map(|object| (object, length)),
            Err((error, _)) if error == "unexpected end of JSON input" => Err("unexpected EOF".to_owned()),
            Err((error, _)) if count > 1 => return Err((error, true)),
            Err((error, place)) => Err(format!("json: offset {}: {error}", at + place + 1)),
        };
        let (object, length) = read.map_err(|error| (error, count > 1))?;
        self.json = Some((at + length, count + 1));
        Ok(Some(Ok(object)))
    }

    fn next_yaml(&mut self) -> Option<Read> {
        let document = match next_document(&mut self.rest) {
            Ok(Some(document)) => document,
            Ok(None) => return None,
            Err(error) => return Some(Err(error)),
        };
        Some(from_yaml(&document, self.helm))
    }
}

impl Iterator for Objects<'_> {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        if self.ended {
            return None;
        }
        let mut first = None;
        if let Some((at, count)) = self.json {
            match self.next_json(at, count) {
                Ok(read) => return read,
                Err((error, true)) => {
                    self.ended = true;
                    return Some(Err(error));
                }
                Err((error, false)) => first = Some(error),
            }
            self.json = None;
            self.rest = without_blanks(&self.text[at..]);
        }
        match self.next_yaml()? {
            Ok(object) => Some(Ok(object)),
            Err(error) => {
                self.ended = true;
                Some(Err(first.unwrap_or(error)))
            }
        }
    }
}

/// What follows blanks, up to the first line break and with it.
fn without_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0xb).count();
    let first_line = text[..blanks].iter().position(|byte| *byte == b'\n').map_or(blanks, |at| at + 1);
    &text[first_line..]
}

/// The next document (`YAMLReader`): lines up to one that begins with `---`, all ended by a line feed.
fn next_document(rest: &mut &[u8]) -> Result<Option<Vec<u8>>, String> {
    let mut document = Vec::new();
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n');
        let (line, after) = end.map_or((*rest, &rest[rest.len()..]), |end| (&rest[..end], &rest[end + 1..]));
        *rest = after;
        if end.is_none() && line.len().is_multiple_of(BUFFER) {
            // Go's reader takes the end of the file for the end of the document before such a line.
            break;
        }
        let line = line.strip_suffix(b"\r").filter(|_| end.is_some()).unwrap_or(line);
        if let Some(after) = line.strip_prefix(b"---") {
            let after = String::from_utf8_lossy(after);
            let after = trim_space(&after);
            if !after.is_empty() && !after.starts_with('#') {
                return Err(format!("invalid Yaml document separator: {after}"));
            }
            if !document.is_empty() {
                return Ok(Some(document));
            }
        }
        document.extend_from_slice(line);
        document.push(b'\n');
    }
    Ok((!document.is_empty()).then_some(document))
}

const DECODING: &str = "error unmarshaling JSON: while decoding JSON: ";

fn from_yaml(document: &[u8], helm: HelmVersion) -> Read {
    let tree = tree(document)?;
    let mut reader = Reader { view: |node| seen_in_yaml(&tree, node), are_texts: true, helm, fault: None };
    let object = reader.object(tree.root());
    reader.fault.map_or(Ok(object), |fault| Err(format!("{DECODING}{fault}")))
}

fn from_json(heap: &Heap, value: Value, helm: HelmVersion) -> Read {
    let mut reader = Reader { view: |value| seen_in_json(heap, value), are_texts: false, helm, fault: None };
    let object = reader.object(value);
    reader.fault.map_or(Ok(object), Err)
}

fn tree(document: &[u8]) -> Result<Tree, String> {
    let text = chartwright_yaml::text(document).map_err(|error| error.message)?;
    let tree = Tree::parse(&text).map_err(|error| error.converting().message)?;
    if tree.is_odd() {
        // What only the way through JSON refuses.
        chartwright_yaml::decode(&mut Heap::default(), document).map_err(|error| error.message)?;
    }
    Ok(tree)
}

/// A node as Go's JSON decoder meets it. A mapping's keys are in order.
enum Seen<N> {
    Null,
    Text(String),
    /// A number or a boolean, and how it reads as a text.
    Scalar(&'static str, String),
    List(Vec<N>),
    Map(Vec<(String, N)>),
}

fn seen_in_yaml(tree: &Tree, node: NodeId) -> Seen<NodeId> {
    match tree.view(node) {
        NodeView::Null => Seen::Null,
        NodeView::String(text) => Seen::Text(text.to_owned()),
        NodeView::Bool(flag) => Seen::Scalar("bool", flag.to_string()),
        NodeView::Int(int) => Seen::Scalar("number", int.to_string()),
        NodeView::Float(number) => {
            let mut spelled = Vec::new();
            float::format(&mut spelled, number, b'g', None, float::Bits::Single);
            Seen::Scalar("number", String::from_utf8_lossy(&spelled).into_owned())
        }
        NodeView::Sequence(items) => Seen::List(items.to_vec()),
        NodeView::Mapping(pairs) => {
            let mut pairs: Vec<(String, NodeId)> = pairs.iter().map(|(key, value)| (tree.key_text(*key).into_owned(), *value)).collect();
            // Of duplicates the last counts; the sort keeps their order.
            pairs.reverse();
            chartwright_go::sort::by(&mut pairs, |a, b| a.0.cmp(&b.0));
            pairs.dedup_by(|later, earlier| later.0 == earlier.0);
            Seen::Map(pairs)
        }
    }
}

fn seen_in_json(heap: &Heap, value: Value) -> Seen<Value> {
    let text = |value: Value| String::from_utf8_lossy(heap.str(value)).into_owned();
    match value.repr() {
        Repr::String(_) => Seen::Text(text(value)),
        Repr::Bool(flag) => Seen::Scalar("bool", flag.to_string()),
        Repr::Float(number) => Seen::Scalar("number", number.to_string()),
        Repr::List(_) => Seen::List(heap.items(value).to_vec()),
        Repr::Map(_) => Seen::Map(heap.entries(value).iter().map(|entry| (text(entry.key()), entry.value)).collect()),
        _ => Seen::Null,
    }
}

/// Go's JSON decoder for the linter's types: it goes on after the first mismatch and tells of it in the end.
struct Reader<V> {
    view: V,
    /// Whether numbers and booleans become texts where texts are wanted, as `sigs.k8s.io/yaml` has it.
    are_texts: bool,
    helm: HelmVersion,
    fault: Option<String>,
}

impl<V> Reader<V> {
    fn mismatch<N>(&mut self, found: &Seen<N>, expected: &str) {
        let found = match found {
            Seen::Null => return,
            Seen::Text(_) => "string",
            Seen::Scalar(kind, _) => kind,
            Seen::List(_) => "array",
            Seen::Map(_) => "object",
        };
        self.fault.get_or_insert_with(|| format!("json: cannot unmarshal {found} into Go {expected}"));
    }

    fn pairs<N: Copy>(&mut self, node: N, expected: &str) -> Vec<(String, N)>
    where
        V: Fn(N) -> Seen<N>,
    {
        match (self.view)(node) {
            Seen::Map(pairs) => pairs,
            other => {
                self.mismatch(&other, expected);
                Vec::new()
            }
        }
    }

    fn text<N: Copy>(&mut self, node: N, field: &str, text: &mut String)
    where
        V: Fn(N) -> Seen<N>,
    {
        match (self.view)(node) {
            Seen::Text(found) => *text = found,
            Seen::Scalar(_, found) if self.are_texts => *text = found,
            other => self.mismatch(&other, &format!("struct field {field} of type string")),
        }
    }

    /// A whole object; nothing for null.
    fn object<N: Copy>(&mut self, root: N) -> Option<Object>
    where
        V: Fn(N) -> Seen<N>,
    {
        if let Seen::Null = (self.view)(root) {
            return None;
        }
        let own = match self.helm {
            HelmVersion::V3 => "K8sYamlStruct",
            HelmVersion::V4 => "k8sYamlStruct",
        };
        let mut object = Object::default();
        for (key, value) in self.pairs(root, &format!("value of type rules.{own}")) {
            match key.to_ascii_lowercase().as_str() {
                "apiversion" => self.text(value, &format!("{own}.apiVersion"), &mut object.api_version),
                "kind" => self.text(value, &format!("{own}.Kind"), &mut object.kind),
                "metadata" => {
                    for (key, value) in self.pairs(value, &format!("struct field {own}.Metadata of type rules.k8sYamlMetadata")) {
                        match key.to_ascii_lowercase().as_str() {
                            "namespace" => self.text(value, "k8sYamlMetadata.Metadata.Namespace", &mut String::new()),
                            "name" => self.text(value, "k8sYamlMetadata.Metadata.Name", &mut object.name),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        Some(object)
    }

    /// Whether an item of a list has the annotation that Helm does not look for there.
    fn has_policy<N: Copy>(&mut self, root: N) -> bool
    where
        V: Fn(N) -> Seen<N>,
    {
        const ANNOTATIONS: &str = "struct { Annotations map[string]string }";
        let item_type = format!("struct {{ Metadata {ANNOTATIONS} }}");
        let mut found = false;
        let is = |key: &str, name: &str| key.eq_ignore_ascii_case(name);
        for (_, items) in
            self.pairs(root, &format!("value of type struct {{ Items []{item_type} }}")).into_iter().filter(|(key, _)| is(key, "items"))
        {
            let items = match (self.view)(items) {
                Seen::List(items) => items,
                other => {
                    self.mismatch(&other, &format!("struct field .Items of type []{item_type}"));
                    continue;
                }
            };
            for item in items {
                for (_, metadata) in
                    self.pairs(item, &format!("struct field .Items of type {item_type}")).into_iter().filter(|(key, _)| is(key, "metadata"))
                {
                    let pairs = self.pairs(metadata, &format!("struct field .Items.Metadata of type {ANNOTATIONS}"));
                    for (_, annotations) in pairs.into_iter().filter(|(key, _)| is(key, "annotations")) {
                        for (key, value) in self.pairs(annotations, "struct field .Items.Metadata.Annotations of type map[string]string") {
                            self.text(value, ".Items.Metadata.Annotations", &mut String::new());
                            found |= key == "helm.sh/resource-policy";
                        }
                    }
                }
            }
        }
        found
    }
}

/// What Helm says of a `List` whose items it is to keep; only the first document of the text is looked at.
pub(super) fn list_fault(text: &[u8], helm: HelmVersion) -> Option<String> {
    let tree = match tree(text) {
        Ok(tree) => tree,
        Err(error) => return Some(format!("unable to parse YAML: {error}")),
    };
    let mut reader = Reader { view: |node| seen_in_yaml(&tree, node), are_texts: true, helm, fault: None };
    let has_policy = reader.has_policy(tree.root());
    if let Some(fault) = reader.fault {
        return Some(format!("unable to parse YAML: {DECODING}{fault}"));
    }
    let begin = if helm == HelmVersion::V3 { "Annotation" } else { "annotation" };
    has_policy.then(|| format!("{begin} 'helm.sh/resource-policy' within List objects are ignored"))
}
