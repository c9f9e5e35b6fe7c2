//! A rendered file to its documents, as Helm cuts it (`pkg/release/v1/util/manifest.go`, `SplitManifests`): by text, not by YAML.

/// The documents of a rendered file, in order, without the separators and the white space before them; empty ones are left out.
/// `---` begins a document wherever a line begins with it, so `---foo` is cut too.
pub fn split_documents(file: &str) -> Vec<&str> {
    let mut documents = Vec::new();
    let mut rest = file.trim_start();
    let mut from = 0;
    loop {
        let (document, next) = match find_separator(rest, from) {
            Some(at) => (&rest[..at], Some(rest[at + 3..].trim_start_matches([' ', '\t']))),
            None => (rest, None),
        };
        let document = document.trim_start();
        if !document.is_empty() {
            documents.push(document);
        }
        match next {
            Some(next) => rest = next,
            None => return documents,
        }
        // What follows a separator does not begin a line.
        from = 1;
    }
}

/// Where a line begins with `---`. `from` is 1 if the text does not begin a line.
fn find_separator(text: &str, from: usize) -> Option<usize> {
    if from == 0 && text.starts_with("---") {
        return Some(0);
    }
    text.match_indices("\n---").next().map(|(at, _)| at + 1)
}
