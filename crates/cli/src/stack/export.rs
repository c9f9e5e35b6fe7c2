//! `chartwright stack export`: the files for a GitOps tool, as a folder or as an archive.

use super::member::{Loaded, failures};
use crate::flags::Parsed;
use crate::load;
use chartwright_configure::stack::{Checked, Flavour, Stack, files, zip};
use std::fs;
use std::path::Path;

/// Writes them; gives what is printed.
///
/// # Errors
/// Why they cannot be made or written.
pub(super) fn export(parsed: &Parsed, stack: &Stack, checked: &Checked, loaded: &[Loaded]) -> Result<String, String> {
    let names = Flavour::ALL.map(Flavour::name).join(", ");
    let wanted = parsed.text("for").ok_or_else(|| format!("--for says who is to install the stack: one of {names}"))?;
    let flavour = Flavour::ALL.into_iter().find(|flavour| flavour.name() == wanted);
    let flavour = flavour.ok_or_else(|| format!("--for is one of {names}, not {wanted:?}"))?;
    if let Some(error) = failures(loaded) {
        return Err(error);
    }
    let files = files(stack, checked, flavour)?;
    if let Some(folder) = parsed.text("output-dir") {
        let mut told = String::new();
        for (path, text) in &files {
            let path = format!("{folder}/{path}");
            write(&path, text.as_bytes())?;
            told.push_str(&format!("wrote {path}\n"));
        }
        return Ok(told);
    }
    let archive = zip(&files).ok_or("the archive would be too large")?;
    let target = Path::new(parsed.value("destination").unwrap_or(".")).join(format!("{}-{}.zip", stack.name, flavour.name()));
    let shown = load::clean(&std::path::absolute(&target).map_err(|error| error.to_string())?);
    write(&shown, &archive)?;
    Ok(format!("Successfully exported the stack and saved it to: {shown}\n"))
}

fn write(path: &str, bytes: &[u8]) -> Result<(), String> {
    if let Some(parent) = Path::new(path).parent() {
        fs::create_dir_all(parent).map_err(|error| load::os_error("mkdir", &parent.display().to_string(), &error))?;
    }
    fs::write(path, bytes).map_err(|error| load::os_error("open", path, &error))
}
