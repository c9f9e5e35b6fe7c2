//! The bytes in which page and workers speak: one function a type and direction, where derived code for a general serialiser would be
//! a third of the page. Both sides are of one build, so the form has no versions; what is not of it reads as nothing.

use super::*;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A type that can be sent.
pub trait Wire: Sized {
    /// Appends the value.
    fn put(&self, out: &mut Vec<u8>);

    /// Takes a value from the front; nothing where there is none.
    fn take(input: &mut &[u8]) -> Option<Self>;
}

/// A value's bytes.
pub fn encode(value: &impl Wire) -> Vec<u8> {
    let mut out = Vec::new();
    value.put(&mut out);
    out
}

/// The value of bytes that [`encode`] has made.
pub fn decode<T: Wire>(mut input: &[u8]) -> Option<T> {
    let value = T::take(&mut input)?;
    input.is_empty().then_some(value)
}

/// A value for a serialiser that only carries it, as one run of bytes.
///
/// # Errors
/// The serialiser's.
pub fn serialize<T: Wire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(&encode(value))
}

/// A value that [`serialize`] has handed over.
///
/// # Errors
/// The deserialiser's, and that the bytes are of no such value.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let bytes = deserializer.deserialize_byte_buf(Bytes)?;
    decode(&bytes).ok_or_else(|| D::Error::custom("the message is of another build"))
}

struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
        Ok(bytes)
    }
}

impl Serialize for CheckReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for CheckReport {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

fn put_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(input: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = u8::take(input)?;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn take_bytes<'a>(input: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::take(input)?;
    let (bytes, rest) = input.split_at_checked(length)?;
    *input = rest;
    Some(bytes)
}

impl Wire for u8 {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        let (&byte, rest) = input.split_first()?;
        *input = rest;
        Some(byte)
    }
}

impl Wire for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        Some(u8::take(input)? != 0)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Wire for $number {
            fn put(&self, out: &mut Vec<u8>) {
                put_number(*self as u64, out);
            }

            fn take(input: &mut &[u8]) -> Option<Self> {
                take_number(input)?.try_into().ok()
            }
        }
    )*};
}
numbers!(u32 usize);

impl Wire for f64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        let (bytes, rest) = input.split_first_chunk()?;
        *input = rest;
        Some(f64::from_le_bytes(*bytes))
    }
}

impl Wire for String {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(self.len() as u64, out);
        out.extend_from_slice(self.as_bytes());
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        Some(std::str::from_utf8(take_bytes(input)?).ok()?.to_owned())
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.is_some()));
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        if bool::take(input)? { T::take(input).map(Some) } else { Some(None) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(self.len() as u64, out);
        self.iter().for_each(|value| value.put(out));
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        let length = usize::take(input)?;
        // Each value has a byte at least, so that a false length reserves nothing.
        let mut all = Vec::with_capacity(length.min(input.len()));
        for _ in 0..length {
            all.push(T::take(input)?);
        }
        Some(all)
    }
}

impl<T: Wire> Wire for [T; 3] {
    fn put(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|value| value.put(out));
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        Some([T::take(input)?, T::take(input)?, T::take(input)?])
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        Some((A::take(input)?, B::take(input)?))
    }
}

impl<A: Wire, B: Wire, C: Wire> Wire for (A, B, C) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
        self.2.put(out);
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        Some((A::take(input)?, B::take(input)?, C::take(input)?))
    }
}

/// `Name { field, … }`: a struct as its fields in order. The compiler sees that none is missing.
macro_rules! structs {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl Wire for $name {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)*
            }

            fn take(input: &mut &[u8]) -> Option<Self> {
                Some($name { $($field: Wire::take(input)?),* })
            }
        }
    )*};
}

/// `Name { number Variant { field, … } or Variant(value) or Variant, … }`: an enum as a number and the variant's fields.
macro_rules! enums {
    ($($name:ident { $($tag:literal $variant:ident $({ $($field:ident),* })? $(($value:ident))?),* $(,)? })*) => {$(
        impl Wire for $name {
            fn put(&self, out: &mut Vec<u8>) {
                match self {
                    $($name::$variant $({ $($field),* })? $(($value))? => {
                        out.push($tag);
                        $($($field.put(out);)*)?
                        $($value.put(out);)?
                    })*
                }
            }

            fn take(input: &mut &[u8]) -> Option<Self> {
                Some(match u8::take(input)? {
                    $($tag => $name::$variant $({ $($field: Wire::take(input)?),* })? $(({ let $value = Wire::take(input)?; $value }))?,)*
                    _ => return None,
                })
            }
        }
    )*};
}

enums! {
    Action {
        0 Start { bundle, dropped, fragment, saved },
        1 Chart(id),
        2 AddChart(chart),
        3 RemoveChart(id),
        4 Helm(helm),
        5 Environment(id),
        6 Release { name, namespace, kube_version },
        7 Input { path, text },
        8 Set { path, json },
        9 Reset { path },
        10 Add { path, key },
        11 Remove { path },
        12 Move { path, from, to },
        13 Rename { path, key },
        14 Yaml(text),
        15 Undo,
        16 Redo,
        17 AddLayer { name, text },
        18 SelectLayer(id),
        19 RenameLayer { id, name },
        20 DuplicateLayer(id),
        21 RemoveLayer(id),
        22 MoveLayer { id, to },
        23 Compare(with),
        24 Export(export),
        25 ResetAll,
        26 Recheck,
        27 Analyse,
        28 Prune(keys),
        29 EditLine { document, line, text },
        30 Explain { environment, document, line },
        31 Point(field),
        32 Look(file),
        33 Stack(open),
        34 StackSource { name, repository, revision },
        35 SetMember { at, release, namespace, environment },
        36 AddMember(chart),
        37 RemoveMember(at),
        38 ExportStack(flavour),
        39 Silence(silence),
        40 Unsilence(silence),
        41 Profile(profile),
        42 Fix(change),
        43 Inspect,
        44 Sweep,
    }
    DroppedContent { 0 Files(files), 1 Archive(bytes) }
    Helm { 3 V3, 4 V4 }
    Export { 0 Values, 1 Patch, 2 Manifests, 3 Command, 4 Link, 5 Project }
    Flavour { 0 ArgoCd, 1 Flux, 2 Helmfile }
    Source { 0 Default, 1 File, 2 Mine }
    Change { 0 Same, 1 Changed, 2 Left, 3 Right }
    Unread { 0 Unknown, 1 Asleep, 2 Declared }
    Severity { 0 Error, 1 Warning, 2 Info }
    Profile { 0 Api, 1 Default, 2 Baseline, 3 Restricted, 4 All }
    SilencedBy { 0 Annotation(key), 1 Me(silence), 2 Project(line) }
    Control {
        0 Text { placeholder },
        1 Multiline,
        2 Number { integer, minimum, maximum, unit },
        3 Quantity { units },
        4 Toggle,
        5 Choice { options },
        6 StorageClass { classes },
        7 Group,
        8 List,
        9 Map,
        10 Yaml,
    }
}

structs! {
    Dropped { name, content }
    Update {
        charts, added, loading, header, layers, form, fields, yaml, render, order, documents, notes, values, rows, comparison, stack, stack_documents, export,
        insights, inspecting, sweep, edit, fix, chain, marks, file, save, memory, fragment, check, notice,
    }
    ChartCard { id, group, name, version, kind, description, dropped }
    Header {
        chart, environments, environment, release, namespace, kube_version, helm, profile, silences, project, release_errors, kube_versions, can_undo, can_redo,
        download, mine, from_files,
    }
    EnvironmentTab { id, mine }
    LayerView { id, name, edited, changed, shipped }
    Exported { export, name, text }
    Form { sections, total }
    Section { title, description, fields }
    Field {
        id, path, label, description, control, input, unset, source, file, over, error, inert, caution, advanced, secret, children, cures,
    }
    StorageClass { name, provisioner, access_modes, expansion, snapshots, binding, description }
    YamlView { text, from_editor, error, mine }
    Fault { message, line, column }
    RenderView { micros, objects, error, warnings }
    RenderFault { message, file, line, column, excerpt, at, underline, calls, origins, conditions, hint, fields }
    FaultCall { place, template, expression }
    DocumentView { id, source, kind, name, hook, text, sources, changed }
    ValueRow { id, key, value, source, file, line, over }
    Comparison { left, right, left_error, resources, values }
    Chain { environment, document, line, template, origins, conditions }
    TemplateLine { place, template, excerpt, calls }
    FilePlace { layer, file, line, column }
    ChainValue { id, key, value, source, place, over }
    Marks { id, environments }
    EnvironmentMarks { environment, documents }
    DocumentMarks { document, makes, steers }
    FileView { file, text }
    ResourceDiff { id, kind, change, lines }
    DiffLine { change, left, right, text }
    Insights { pending, last_edit, mine, environments, failed, unused, unset, idle, untried, unreached }
    Blast { error, objects }
    Touched { id, kind, change, restarts, notes, refused }
    UnusedKey { environment, file, line, path, key, why, nearest }
    UnsetKey { key, file }
    IdleKey { layer, file, line, path, key, reason }
    UnreachedLines { file, first, last, text, subchart }
    LineEdit { document, line, text, refused, path, key, json, value, was, file, others, along }
    StackView { name, repository, revision, errors, members }
    MemberView { chart, title, release, namespace, errors, environment, follows, environments, mine, objects, failed }
    MemberDocuments { member, documents }
    StackReport { waves, ties, findings, prerequisites, totals, workloads, partial }
    TieView { from_member, from, to_member, to }
    WorkloadView { member, object, pods, requests, limits, qos }
    Archive { name, bytes, refused }
    CheckReport { environments, idle, verdict, project_fault, stack, archive, sweep }
    SweepView { environment, releases, is_whole, breaks }
    ReleaseView { version, failed, breaks, words, compared }
    BreakView { rule, severity, objects, message, releases }
    EnvironmentReport { environment, failed, findings, silenced, prerequisites, totals, weaker }
    FindingView { rule, severity, place, places, message, reason, cure, field, change, elsewhere }
    ManifestChange { document, pointer, json }
    FixView { change, refused, path, key, json, value, was, file, lines, trial }
    PlaceView { document, file, object, line }
    SilencedView { finding, by, reason }
    Silence { rule, objects, files, environment, reason }
    Totals { replicas, requests_cpu, requests_memory, limits_cpu, limits_memory, security, storage, exposure, qos }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: Wire + PartialEq + std::fmt::Debug>(value: T) {
        let bytes = encode(&value);
        assert_eq!(decode::<T>(&bytes).as_ref(), Some(&value));
        // Cut off or with more behind it, it is none.
        for length in 0..bytes.len() {
            assert_eq!(decode::<T>(&bytes[..length]), None, "{length}");
        }
        assert_eq!(decode::<T>(&[&bytes[..], &[0]].concat()), None);
    }

    #[test]
    fn there_and_back() {
        check((u32::MAX, usize::MAX, -1.5));
        check(("ü".to_owned(), vec![Some(true), None], [0u32, 127, 128]));
        check(Action::Start { bundle: "{}".into(), dropped: Vec::new(), fragment: None, saved: Some(String::new()) });
        check(Action::AddChart(Dropped { name: "a".into(), content: DroppedContent::Files(vec![("b".into(), vec![0, 255])]) }));
        check(Action::Move { path: vec!["a".into()], from: 1, to: 300 });
        check(Control::Number { integer: true, minimum: None, maximum: Some(2.0), unit: "s".into() });
        check(Update { fields: Vec::new(), order: Some(vec!["a".into()]), ..Update::default() });
        check(Action::Prune(vec![("a".into(), vec!["b".into()])]));
        check(Update {
            insights: Some(Insights { pending: true, ..Insights::default() }),
            edit: Some(LineEdit::default()),
            ..Update::default()
        });
        let silence = Silence {
            rule: "a".into(),
            objects: vec!["b/c".into()],
            files: vec!["f".into()],
            environment: Some("d".into()),
            reason: "e".into(),
        };
        let silenced = SilencedView { by: SilencedBy::Me(silence.clone()), ..SilencedView::default() };
        check(CheckReport {
            environments: vec![EnvironmentReport { silenced: vec![silenced], ..EnvironmentReport::default() }],
            idle: vec![silence],
            verdict: Some((ManifestChange::default(), true)),
            project_fault: Some(String::new()),
            stack: Some(StackReport::default()),
            archive: Some(Archive { bytes: vec![0, 255], ..Archive::default() }),
            sweep: Some(vec![SweepView {
                releases: vec![ReleaseView { failed: Some("a".into()), ..ReleaseView::default() }],
                breaks: vec![BreakView { objects: vec!["b/c".into()], ..BreakView::default() }],
                ..SweepView::default()
            }]),
        });
    }

    #[test]
    fn what_is_none_reads_as_none() {
        assert_eq!(decode::<Action>(&[99]), None);
        assert_eq!(decode::<String>(&[1, 0xFF]), None);
        assert_eq!(decode::<Vec<String>>(&[0xFF; 12]), None);
        assert_eq!(decode::<u32>(&[0x80, 0x80, 0x80, 0x80, 0x10]), None);
    }
}
