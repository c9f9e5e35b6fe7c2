//! What a render gives: documents in install order, notes, warnings; and their text as `helm template` prints it.

use crate::HelmVersion;
use std::sync::Arc;

/// One document of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The template that made it, with its chart's path: `kaggle-data-api/templates/deployment.yaml`.
    pub source: Arc<str>,
    /// Its `apiVersion`, empty if there is none.
    pub api_version: Arc<str>,
    /// Its `kind`, empty if there is none.
    pub kind: Arc<str>,
    /// Its `metadata.name`, empty if there is none.
    pub name: Arc<str>,
    /// Its text, without the line `---` and the comment that names the source. Documents whose text did not change from one render
    /// to the next share it.
    pub content: Arc<str>,
    /// Where its text begins in what the template wrote, in bytes.
    pub offset: u32,
    /// What makes it a hook.
    pub hook: Option<Arc<Hook>>,
    /// Whether it comes from the chart's `crds/`.
    pub crd: bool,
}

/// What Helm knows of a hook (`pkg/release/v1/hook.go`).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Hook {
    /// The events, as in `helm.sh/hook`; `test-success` reads as `test`.
    pub events: Vec<String>,
    /// `helm.sh/hook-weight`.
    pub weight: i64,
    /// `helm.sh/hook-delete-policy`.
    pub delete_policies: Vec<String>,
}

impl Hook {
    /// Whether `helm test` runs it.
    pub fn is_test(&self) -> bool {
        self.events.iter().any(|event| event == "test")
    }
}

/// The result of a render.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// CRDs (if asked for), then manifests in install order, then hooks.
    pub documents: Vec<Document>,
    /// The chart's NOTES.txt, rendered; `None` if it has none.
    pub notes: Option<String>,
    /// What Helm would write to stderr, a line each, as it writes it.
    pub warnings: Vec<String>,
}

impl Rendered {
    /// What `helm template` writes to stdout (`pkg/action/action.go`, `pkg/cmd/template.go`).
    pub fn manifest(&self) -> String {
        let size = self.documents.iter().map(|d| d.content.len() + d.source.len() + 24).sum::<usize>();
        let mut text = String::with_capacity(size + 1);
        let plain = self.documents.iter().take_while(|d| d.hook.is_none()).count();
        self.documents[..plain].iter().for_each(|document| document.write(&mut text));
        let trimmed = text.trim_end_matches(go_space).len();
        text.truncate(trimmed);
        text.push('\n');
        self.documents[plain..].iter().for_each(|document| document.write(&mut text));
        text
    }
}

impl Document {
    fn write(&self, out: &mut String) {
        out.push_str("---\n# Source: ");
        out.push_str(&self.source);
        out.push('\n');
        out.push_str(&self.content);
        out.push('\n');
    }
}

/// Go's `unicode.IsSpace`.
pub(crate) fn go_space(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Go's `strings.TrimSpace`.
pub fn trim_space(text: &str) -> &str {
    text.trim_matches(go_space)
}

/// The documents of `--show-only`, as `helm template` picks them by their sources (`pkg/cmd/template.go`).
///
/// # Errors
/// `could not find template FILE in chart`.
pub fn show_only(manifest: &str, files: &[String], helm: HelmVersion) -> Result<String, String> {
    let documents = crate::engine::split_documents(manifest, helm);
    let mut text = String::new();
    for file in files {
        let mut found = false;
        for document in &documents {
            let Some(source) = source_of(document) else {
                continue;
            };
            if crate::glob::path_match(file, source) == Ok(true) {
                text.push_str(&format!("---\n{document}\n"));
                found = true;
            }
        }
        if !found {
            return Err(format!("could not find template {file} in chart"));
        }
    }
    Ok(text)
}

/// What follows `# Source: CHART/` first (`# Source: [^/]+/(.+)`).
fn source_of(document: &str) -> Option<&str> {
    let mut rest = document;
    while let Some(at) = rest.find("# Source: ") {
        rest = &rest[at + "# Source: ".len()..];
        let slash = rest.find('/')?;
        let path = rest[slash + 1..].lines().next().unwrap_or_default();
        if slash > 0 && !path.is_empty() {
            return Some(path);
        }
    }
    None
}
