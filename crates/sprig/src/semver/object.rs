//! A version as a template sees it: `(semver "1.2.3").Minor`.

use super::Version;
use chartwright_value::{GoKind, Heap, Object, Param, Part, Signature, Value};
use std::any::Any;
use std::cmp::Ordering;
use std::sync::Arc;

/// `*semver.Version`, or the plain `semver.Version` that `IncMajor` and its kin return.
pub struct VersionObject {
    version: Version,
    pointer: bool,
}

const POINTER: &str = "*semver.Version";
const STRUCT: &str = "semver.Version";

impl VersionObject {
    /// A `*semver.Version`.
    pub fn pointer(version: Version) -> VersionObject {
        VersionObject { version, pointer: true }
    }

    /// The version itself.
    pub fn version(&self) -> &Version {
        &self.version
    }

    fn changed(&self, heap: &mut Heap, change: impl FnOnce(&mut Version)) -> Value {
        let mut version = self.version.clone();
        change(&mut version);
        let prefix = if self.version.original.starts_with('v') { "v" } else { "" };
        version.original = format!("{prefix}{version}");
        heap.new_object(Arc::new(VersionObject { version, pointer: false }))
    }
}

const SEGMENTS: [&str; 3] = ["Major", "Minor", "Patch"];
const TEXTS: [&str; 4] = ["Prerelease", "Metadata", "Original", "String"];
const INCREMENTS: [&str; 3] = ["IncMajor", "IncMinor", "IncPatch"];
const SETTERS: [&str; 2] = ["SetPrerelease", "SetMetadata"];
const COMPARISONS: [&str; 5] = ["LessThan", "LessThanEqual", "GreaterThan", "GreaterThanEqual", "Equal"];

impl Object for VersionObject {
    fn type_name(&self) -> &str {
        if self.pointer { POINTER } else { STRUCT }
    }

    fn go_kind(&self) -> GoKind {
        if self.pointer { GoKind::Ptr } else { GoKind::Struct }
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let pointer = matches!(name, "Original" | "Compare") || COMPARISONS.contains(&name);
        if pointer && !self.pointer {
            return None;
        }
        Some(match name {
            _ if SEGMENTS.contains(&name) => Signature::new(&[], Param::Uint64),
            _ if TEXTS.contains(&name) => Signature::new(&[], Param::String),
            _ if INCREMENTS.contains(&name) => Signature::new(&[], Param::Object(STRUCT)),
            _ if SETTERS.contains(&name) => Signature::new(&[Param::String], Param::Object(STRUCT)),
            _ if COMPARISONS.contains(&name) => Signature::new(&[Param::Object(POINTER)], Param::Bool),
            "Compare" => Signature::new(&[Param::Object(POINTER)], Param::Int),
            _ => return None,
        })
    }

    fn call(&self, heap: &mut Heap, name: &str, args: &[Value]) -> Result<Value, String> {
        let version = &self.version;
        let uint = |u: u64| Value::uint_of(chartwright_value::Type::UINT64, u);
        let overflow = |number: &mut u64, what: &str| match number.checked_add(1) {
            Some(next) => {
                *number = next;
                Ok(())
            }
            None => Err(format!("{what} version increment would overflow uint64")),
        };
        Ok(match name {
            "Major" => uint(version.major),
            "Minor" => uint(version.minor),
            "Patch" => uint(version.patch),
            "Prerelease" => heap.string(&version.pre),
            "Metadata" => heap.string(&version.metadata),
            "Original" => heap.string(&version.original),
            "String" => heap.string(version.to_string()),
            "IncMajor" | "IncMinor" | "IncPatch" => {
                let mut next = Version { pre: String::new(), metadata: String::new(), ..version.clone() };
                match name {
                    "IncMajor" => {
                        (next.minor, next.patch) = (0, 0);
                        overflow(&mut next.major, "major")?;
                    }
                    "IncMinor" => {
                        next.patch = 0;
                        overflow(&mut next.minor, "minor")?;
                    }
                    _ if version.pre.is_empty() => overflow(&mut next.patch, "patch")?,
                    _ => {}
                }
                self.changed(heap, |version| *version = next)
            }
            "SetPrerelease" | "SetMetadata" => {
                let text = args.first().map(|&arg| String::from_utf8_lossy(heap.str(arg)).into_owned()).unwrap_or_default();
                let pre = name == "SetPrerelease";
                check(&text, pre)?;
                self.changed(heap, |version| if pre { version.pre = text } else { version.metadata = text })
            }
            _ => {
                let other = args.first().and_then(|&arg| heap.object(arg));
                let Some(other) = other.as_deref().and_then(|other| other.as_any().downcast_ref::<VersionObject>()) else {
                    return Err(crate::args::NIL_DEREFERENCE.to_owned());
                };
                let order = version.compare(&other.version);
                match name {
                    "LessThan" => Value::bool(order == Ordering::Less),
                    "LessThanEqual" => Value::bool(order != Ordering::Greater),
                    "GreaterThan" => Value::bool(order == Ordering::Greater),
                    "GreaterThanEqual" => Value::bool(order != Ordering::Less),
                    "Equal" => Value::bool(order == Ordering::Equal),
                    "Compare" => Value::int(order as i64),
                    _ => return Err(format!("method {name} cannot be called")),
                }
            }
        })
    }

    fn format(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.version.to_string().as_bytes());
    }

    fn parts(&self) -> Option<Part> {
        let Version { major, minor, patch, pre, metadata, original } = self.version.clone();
        let fields = [("major", major), ("minor", minor), ("patch", patch)].map(|(name, number)| (name, Part::Uint(number)));
        let texts = [("pre", pre), ("metadata", metadata), ("original", original)].map(|(name, text)| (name, Part::Text(text)));
        Some(Part::Struct(STRUCT, fields.into_iter().chain(texts).collect()))
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        Ok(heap.string(self.version.to_string()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Source: `semver/version.go`, `validatePrerelease` and `validateMetadata`.
fn check(text: &str, pre: bool) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    for part in text.split('.') {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if pre && digits && part.len() > 1 && part.starts_with('0') {
            return Err("version segment starts with 0".to_owned());
        }
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(if pre { "invalid prerelease string" } else { "invalid metadata string" }.to_owned());
        }
    }
    Ok(())
}
