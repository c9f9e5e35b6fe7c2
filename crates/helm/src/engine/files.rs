//! `.Files`: a chart's other files (`pkg/engine/files.go`).

use crate::glob::Glob;
use chartwright_go::fmt::MOST_BYTES;
use chartwright_value::{GoKind, Heap, Object, Param, Part, Signature, Type, Value};
use std::any::Any;
use std::sync::Arc;

/// Files by name, sorted.
pub(crate) struct Files {
    files: Vec<(Arc<str>, Arc<[u8]>)>,
}

impl Files {
    pub(crate) fn new(files: &[crate::SourceFile]) -> Files {
        let mut files: Vec<(Arc<str>, Arc<[u8]>)> =
            files.iter().map(|file| (Arc::from(file.path.as_str()), Arc::from(file.bytes.as_slice()))).collect();
        chartwright_go::sort::by(&mut files, |a, b| a.0.cmp(&b.0));
        files.dedup_by(|later, earlier| later.0 == earlier.0);
        Files { files }
    }

    fn find(&self, name: &[u8]) -> Option<&[u8]> {
        let at = self.files.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok()?;
        Some(&self.files[at].1)
    }

    fn get(&self, name: &[u8]) -> &[u8] {
        self.find(name).unwrap_or_default()
    }

    /// A map of base names, as YAML.
    fn as_yaml(&self, heap: &mut Heap, content: fn(&[u8]) -> Vec<u8>) -> Value {
        let map = heap.map();
        for (name, bytes) in &self.files {
            let value = heap.string(content(bytes));
            heap.put(map, chartwright_go::path::base(name.as_bytes()), value);
        }
        super::functions::yaml_text(heap, map).unwrap_or(Value::EMPTY)
    }
}

const BY_NAME: Signature = Signature::new(&[Param::String], Param::String);

impl Object for Files {
    fn type_name(&self) -> &str {
        "engine.files"
    }

    fn go_kind(&self) -> GoKind {
        GoKind::Map
    }

    /// A file by its name; nil bytes for one that is not there, as Go's map has it.
    fn field(&self, heap: &mut Heap, name: &str) -> Option<Value> {
        Some(self.find(name.as_bytes()).map_or(Value::NIL_BYTES, |bytes| heap.byte_list(bytes)))
    }

    fn method(&self, name: &str) -> Option<Signature> {
        Some(match name {
            "Get" => BY_NAME,
            "GetBytes" => Signature::new(&[Param::String], Param::Bytes),
            "Glob" => Signature::new(&[Param::String], Param::Object("engine.files")),
            "AsConfig" | "AsSecrets" => Signature::new(&[], Param::String),
            "Lines" => Signature::new(&[Param::String], Param::StringList),
            _ => return None,
        })
    }

    fn call(&self, heap: &mut Heap, name: &str, args: &[Value]) -> Result<Value, String> {
        let argument = args.first().map_or_else(Vec::new, |value| heap.str(*value).to_vec());
        Ok(match name {
            "Get" => heap.string(self.get(&argument)),
            "GetBytes" => heap.byte_list(self.get(&argument)),
            "Glob" => {
                let glob = Glob::compile(&String::from_utf8_lossy(&argument));
                let files = self.files.iter().filter(|(name, _)| glob.is_match(name)).cloned().collect();
                heap.new_object(Arc::new(Files { files }))
            }
            "AsConfig" | "AsSecrets" if 4 * self.files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > heap.room() => heap.exhaust(),
            "AsConfig" => self.as_yaml(heap, <[u8]>::to_vec),
            "AsSecrets" => self.as_yaml(heap, chartwright_go::base64::encode64),
            "Lines" => {
                let text = heap.string(self.get(&argument));
                let content = self.get(&argument);
                let content = content.strip_suffix(b"\n").unwrap_or(content);
                if self.get(&argument).is_empty() {
                    return Ok(heap.list_of(Type::STRING_LIST, &[]));
                }
                if 2 * size_of::<Value>() * chartwright_go::strings::count(content, b"\n") > heap.room() {
                    return Ok(heap.exhaust());
                }
                let mut start = 0;
                let mut lines = Vec::new();
                for line in content.split(|byte| *byte == b'\n') {
                    lines.push(heap.substring(text, start, start + line.len()));
                    start += line.len() + 1;
                }
                heap.list_of(Type::STRING_LIST, &lines)
            }
            _ => return Err(format!("engine.files has no method {name}")),
        })
    }

    fn range(&self, heap: &mut Heap) -> Option<Vec<(Value, Value)>> {
        Some(self.files.iter().map(|(name, bytes)| (heap.string(name.as_bytes()), heap.byte_list(bytes))).collect())
    }

    fn format(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"map[");
        for (at, (name, bytes)) in self.files.iter().enumerate() {
            if at > 0 {
                out.push(b' ');
            }
            out.extend_from_slice(name.as_bytes());
            out.push(b':');
            // Whole files, and perhaps at each `include` of a chart: written digit by digit.
            out.reserve((bytes.len() * 4 + 2).min(MOST_BYTES));
            out.push(b'[');
            for (at, &byte) in bytes.iter().enumerate() {
                // Who asked will find that it is too much.
                if out.len() > MOST_BYTES {
                    return;
                }
                if at > 0 {
                    out.push(b' ');
                }
                chartwright_go::fmt::decimal(out, u64::from(byte), false);
            }
            out.push(b']');
        }
        out.push(b']');
    }

    fn parts(&self) -> Option<Part> {
        let entries = self.files.iter().map(|(name, bytes)| (Arc::clone(name), Part::Bytes(Arc::clone(bytes))));
        Some(Part::Map("engine.files", entries.collect()))
    }

    fn is_stringer(&self) -> bool {
        false
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        let map = heap.map();
        for (name, bytes) in &self.files {
            let value = heap.byte_list(bytes);
            heap.put(map, name.as_bytes(), value);
        }
        Ok(map)
    }

    fn is_true(&self) -> bool {
        !self.files.is_empty()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
