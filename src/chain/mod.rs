//! Where lines come from, in words, and the files that a chain leads to.

mod file;

pub(crate) use file::FileDialog;

use crate::state::source_word;
use chartwright_configure::protocol::{Chain, ChainValue, DocumentMarks, FilePlace, Marks};

/// How many values are named in a sentence.
const NAMED: usize = 3;

/// What a field makes, in a sentence.
pub(crate) fn field_words(marks: &Marks, key: &str) -> String {
    let count = |runs: fn(&DocumentMarks) -> &Vec<(u32, u32)>, documents: &[DocumentMarks]| {
        documents.iter().flat_map(runs).map(|(_, count)| count).sum::<u32>()
    };
    let mut parts = Vec::new();
    for one in &marks.environments {
        let (makes, steers) = (count(|one| &one.makes, &one.documents), count(|one| &one.steers, &one.documents));
        let text = match (makes, steers) {
            (0, 0) => "makes no line".to_owned(),
            (0, steers) => format!("decides about {}", lines(steers)),
            (makes, 0) => format!("makes {}", lines(makes)),
            (makes, steers) => format!("makes {}, decides about {steers} more", lines(makes)),
        };
        let of = one.documents.iter().filter(|one| makes == 0 || !one.makes.is_empty()).count();
        let of = if of > 1 { format!(" of {of} objects") } else { String::new() };
        let place = if marks.environments.len() > 1 { format!(" in {}", one.environment) } else { String::new() };
        parts.push(format!("{text}{of}{place}"));
    }
    format!("{key} {}", parts.join(", "))
}

fn lines(count: u32) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}

/// Where a line comes from, in a sentence.
pub(crate) fn line_words(chain: &Chain) -> String {
    let template = chain.template.as_ref().map(|template| format!("from {}", place(&template.place)));
    let made = (!chain.origins.is_empty()).then(|| format!("made by {}", named(&chain.origins)));
    let decided = (!chain.conditions.is_empty()).then(|| format!("decided by {}", named(&chain.conditions)));
    let parts: Vec<String> = [template, made, decided].into_iter().flatten().collect();
    format!("Line {} {}", chain.line, if parts.is_empty() { "comes from no template".to_owned() } else { parts.join(", ") })
}

fn named(values: &[ChainValue]) -> String {
    let mut names: Vec<String> = values.iter().take(NAMED).map(|value| format!("{} ({})", value.key, word(value))).collect();
    if values.len() > NAMED {
        names.push(format!("{} more", values.len() - NAMED));
    }
    names.join(", ")
}

/// The word for where a value comes from.
pub(crate) fn word(value: &ChainValue) -> String {
    match &value.place {
        None => "not set".to_owned(),
        Some(place) => source_word(value.source, &place.file),
    }
}

/// A place as people write it: `values.yaml:3`; of a template only the file's name and the folder that tells it apart.
pub(crate) fn place(place: &FilePlace) -> String {
    match (place.line, place.column) {
        (0, _) => place.file.clone(),
        (line, 0) => format!("{}:{line}", place.file),
        (line, column) => format!("{}:{line}:{column}", place.file),
    }
}

/// The lines that a value makes in the chosen environment, or decides about where it makes none.
pub(crate) fn targets(marks: &Marks) -> Vec<(String, u32)> {
    let documents = marks.environments.first().map(|one| one.documents.as_slice()).unwrap_or_default();
    let all = |runs: fn(&DocumentMarks) -> &Vec<(u32, u32)>| -> Vec<(String, u32)> {
        let each = |one: &DocumentMarks| {
            let document = one.document.clone();
            runs(one).iter().flat_map(|(first, count)| *first..first + count).map(move |line| (document.clone(), line)).collect::<Vec<_>>()
        };
        documents.iter().flat_map(each).collect()
    };
    let made = all(|one| &one.makes);
    if made.is_empty() { all(|one| &one.steers) } else { made }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartwright_configure::protocol::{EnvironmentMarks, Source, TemplateLine};

    fn marks() -> Marks {
        let of = |document: &str, makes: &[(u32, u32)], steers: &[(u32, u32)]| DocumentMarks {
            document: document.into(),
            makes: makes.to_vec(),
            steers: steers.to_vec(),
        };
        let environment = |name: &str, documents: Vec<DocumentMarks>| EnvironmentMarks { environment: name.into(), documents };
        let ours = vec![of("a", &[], &[(1, 9)]), of("b", &[(4, 2), (9, 1)], &[])];
        Marks { id: "/x".into(), environments: vec![environment("production", ours), environment("local", Vec::new())] }
    }

    #[test]
    fn a_field_in_words() {
        assert_eq!(field_words(&marks(), "x"), "x makes 3 lines, decides about 9 more in production, makes no line in local");
        let mut marks = marks();
        marks.environments.pop();
        marks.environments[0].documents.pop();
        assert_eq!(field_words(&marks, "x"), "x decides about 9 lines");
    }

    #[test]
    fn a_line_in_words() {
        let place = FilePlace { file: "a/templates/b.yaml".into(), line: 3, column: 5, layer: None };
        let value = |key: &str, source: Source| ChainValue {
            key: key.into(),
            source,
            place: Some(FilePlace { file: "values-staging.yaml".into(), ..FilePlace::default() }),
            ..ChainValue::default()
        };
        let chain = Chain {
            line: 7,
            template: Some(TemplateLine { place, ..TemplateLine::default() }),
            origins: vec![value("a.b", Source::File)],
            conditions: vec![ChainValue { key: "c".into(), ..ChainValue::default() }],
            ..Chain::default()
        };
        assert_eq!(line_words(&chain), "Line 7 from a/templates/b.yaml:3:5, made by a.b (staging), decided by c (not set)");
        assert_eq!(line_words(&Chain { line: 1, ..Chain::default() }), "Line 1 comes from no template");
    }

    #[test]
    fn lines_to_go_to() {
        let targets = targets(&marks());
        assert_eq!(targets, [("b".to_owned(), 4), ("b".to_owned(), 5), ("b".to_owned(), 9)]);
    }
}
