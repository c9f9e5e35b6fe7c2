//! Packaged charts: a gzipped tar file as its files (`pkg/chart/loader/archive/archive.go`). Only there with the feature `archives`,
//! so that who reads folders alone does not carry the decompressor.

use super::{Chart, SourceFile};
use crate::{HelmVersion, LoadError};
use flate2::read::GzDecoder;
use std::io::Read;

/// Helm's limit for all files of a chart together.
const MAX_BYTES: u64 = 100 << 20;

impl Chart {
    /// Reads a packaged chart.
    ///
    /// # Errors
    /// Helm's text for what it cannot load.
    pub fn load_archive(bytes: &[u8]) -> Result<Chart, LoadError> {
        Chart::load_archive_as(bytes, HelmVersion::V4)
    }

    /// The same as another Helm reads it.
    ///
    /// # Errors
    /// That Helm's text for what it cannot load.
    pub fn load_archive_as(bytes: &[u8], helm: HelmVersion) -> Result<Chart, LoadError> {
        let found = files(bytes);
        if helm == HelmVersion::V3 {
            return Chart::load_as(found?, helm);
        }
        // Helm 4 looks into the archive for Chart.yaml first, and says no more of what goes wrong there.
        let found = found.map_err(|_| LoadError::new("unable to load chart archive"))?;
        if !found.iter().any(|file| file.path == "Chart.yaml") {
            return Err(LoadError::new("unable to detect chart version, no Chart.yaml found"));
        }
        Chart::load_as(found, helm)
    }

    /// The files of a packaged chart below its one folder, as [`Chart::load`] takes them.
    ///
    /// # Errors
    /// Helm's text for what it cannot unpack.
    pub fn unpack(bytes: &[u8]) -> Result<Vec<SourceFile>, LoadError> {
        files(bytes)
    }
}

/// The files of an archive, below its one folder.
pub(super) fn files(archive: &[u8]) -> Result<Vec<SourceFile>, LoadError> {
    let mut tar = Vec::new();
    // What headers and padding add to the files is small against the limit.
    GzDecoder::new(archive).take(MAX_BYTES + (MAX_BYTES >> 3)).read_to_end(&mut tar).map_err(|error| LoadError::new(gzip_error(&error)))?;
    let mut found = Vec::new();
    let mut total = 0;
    let mut entries = Entries { rest: &tar, long_name: None };
    while let Some((name, content)) = entries.next()? {
        let path = path_below_base(&name)?;
        total += content.len() as u64;
        if total >= MAX_BYTES {
            return Err(LoadError::new(format!("decompressed chart is larger than the maximum size {MAX_BYTES}")));
        }
        found.push(SourceFile { path, bytes: content.to_vec() });
    }
    if found.is_empty() { Err(LoadError::new("no files in chart archive")) } else { Ok(found) }
}

/// What Go's `compress/gzip` says.
fn gzip_error(error: &std::io::Error) -> String {
    let text = error.to_string();
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => "unexpected EOF".to_owned(),
        _ if text.contains("incomplete") => "unexpected EOF".to_owned(),
        _ if text.contains("header") => "gzip: invalid header".to_owned(),
        _ if text.contains("checksum") => "gzip: invalid checksum".to_owned(),
        _ => format!("gzip: {text}"),
    }
}

fn path_below_base(name: &str) -> Result<String, LoadError> {
    let delimiter = if name.contains('\\') { '\\' } else { '/' };
    let (base, path) = name.split_once(delimiter).unwrap_or((name, ""));
    let path = path.replace(delimiter, "/");
    if path.starts_with('/') {
        return Err(LoadError::new("chart illegally contains absolute paths"));
    }
    let path = String::from_utf8_lossy(&chartwright_go::path::clean(path.as_bytes())).into_owned();
    if path == "." {
        let name = chartwright_go::quote::quoted(name.as_bytes());
        return Err(LoadError::new(format!("chart illegally contains content outside the base directory: {name}")));
    }
    if path.starts_with("..") {
        return Err(LoadError::new("chart illegally references parent directory"));
    }
    if path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic() {
        return Err(LoadError::new("chart contains illegally named files"));
    }
    if base == "Chart.yaml" {
        return Err(LoadError::new("chart yaml not in base directory"));
    }
    Ok(path)
}

const BLOCK: usize = 512;

/// The regular files of a tar archive.
struct Entries<'a> {
    rest: &'a [u8],
    long_name: Option<String>,
}

impl<'a> Entries<'a> {
    fn next(&mut self) -> Result<Option<(String, &'a [u8])>, LoadError> {
        let broken = || LoadError::new("archive/tar: invalid tar header");
        loop {
            let Some((header, rest)) = self.rest.split_at_checked(BLOCK) else {
                return Ok(None);
            };
            if header.iter().all(|byte| *byte == 0) {
                return Ok(None);
            }
            let size = number(&header[124..136]).ok_or_else(broken)?;
            let content = rest.get(..size).ok_or_else(|| LoadError::new("unexpected EOF"))?;
            self.rest = rest.get(size.next_multiple_of(BLOCK)..).unwrap_or_default();
            match header[156] {
                b'L' => self.long_name = Some(text(content)),
                b'x' => self.long_name = pax_path(content).or(self.long_name.take()),
                b'0' | 0 | b'7' => {
                    let name = self.long_name.take().unwrap_or_else(|| plain_name(header));
                    if !name.ends_with('/') {
                        return Ok(Some((name, content)));
                    }
                }
                b'g' => {}
                _ => self.long_name = None,
            }
        }
    }
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn plain_name(header: &[u8]) -> String {
    let name = text(&header[..100]);
    let prefix = if &header[257..263] == b"ustar\0" { text(&header[345..500]) } else { String::new() };
    if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
}

fn number(field: &[u8]) -> Option<usize> {
    if field[0] & 0x80 != 0 {
        return field[1..].iter().try_fold(usize::from(field[0] & 0x7f), |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)));
    }
    let digits = text(field);
    let digits = digits.trim_matches(' ');
    if digits.is_empty() { Some(0) } else { usize::from_str_radix(digits, 8).ok() }
}

/// `path` of a PAX header: lines of length, blank, `key=value`.
fn pax_path(content: &[u8]) -> Option<String> {
    let mut rest = content;
    let mut found = None;
    while !rest.is_empty() {
        let blank = rest.iter().position(|byte| *byte == b' ')?;
        let length: usize = std::str::from_utf8(&rest[..blank]).ok()?.parse().ok()?;
        let record = rest.get(blank + 1..length)?;
        rest = rest.get(length..)?;
        if let Some(path) = record.strip_prefix(b"path=") {
            found = Some(String::from_utf8_lossy(path.strip_suffix(b"\n").unwrap_or(path)).into_owned());
        }
    }
    found
}
