//! `--output-dir`: documents as files (`pkg/action/action.go`, `pkg/cmd/template.go`, `writeToFile`).

use crate::load::os_error;
use chartwright_helm::{Document, Rendered};
use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes CRDs below one folder and the other documents below another, and tells so line by line.
///
/// # Errors
/// Go's text of what cannot be written. What was written before stays.
pub(crate) fn documents(rendered: &Rendered, folder: &str, below: &str, told: &mut String) -> Result<(), String> {
    let mut written: HashSet<&str> = HashSet::new();
    for document in &rendered.documents {
        let folder = if document.crd { folder } else { below };
        let path = format!("{folder}/{}", document.source);
        // Helm adds hooks to whatever file is there, from an earlier run too, and starts those of manifests anew.
        let append = if document.hook.is_some() { Path::new(&path).exists() } else { !written.insert(&document.source) };
        one(document, &path, append).map_err(|error| match document.hook {
            Some(_) => error,
            None => format!("{error}\n\nUse --debug flag to render out invalid YAML"),
        })?;
        told.push_str(&format!("wrote {path}\n"));
    }
    Ok(())
}

fn one(document: &Document, path: &str, append: bool) -> Result<(), String> {
    if let Some(parent) = Path::new(path).parent() {
        let shown = parent.display().to_string();
        match fs::metadata(parent) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(os_error("stat", &shown, &error)),
            _ => fs::create_dir_all(parent).map_err(|error| os_error("mkdir", &shown, &error))?,
        }
    }
    let mut options = OpenOptions::new();
    let opened = if append { options.append(true).open(path) } else { options.write(true).create(true).truncate(true).open(path) };
    let text = format!("---\n# Source: {}\n{}\n", document.source, document.content);
    opened.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| os_error("open", path, &error))
}
