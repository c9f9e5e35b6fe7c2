//! Packaged charts: a gzipped tar file as its files (`pkg/chart/loader/archive/archive.go`). Only there with the feature `archives`,
//! so that who reads folders alone does not carry the decompressor.

use super::{Chart, MAX_CHART_BYTES, SourceFile};
use crate::{HelmVersion, LoadError};
use flate2::read::MultiGzDecoder;
use std::io::Read;

/// Helm's limit for all files of a chart together.
const MAX_BYTES: u64 = 100 << 20;

/// How many entries an archive may have. Helm has no such limit.
const MAX_ENTRIES: usize = 200_000;

/// How long a name may be that stands in an entry of its own.
const MAX_NAME: u64 = 1 << 20;

/// How much is unpacked at all: headers and padding add to the files, and what is no file is passed over.
const MAX_UNPACKED: u64 = 2 * MAX_BYTES;

impl Chart {
    /// Reads a packaged chart.
    ///
    /// # Errors
    /// Helm's text for what it cannot load.
    pub fn load_archive(archive: impl Read) -> Result<Chart, LoadError> {
        Chart::load_archive_as(archive, HelmVersion::V4)
    }

    /// The same as another Helm reads it.
    ///
    /// # Errors
    /// That Helm's text for what it cannot load.
    pub fn load_archive_as(archive: impl Read, helm: HelmVersion) -> Result<Chart, LoadError> {
        let found = files(archive);
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
    pub fn unpack(archive: impl Read) -> Result<Vec<SourceFile>, LoadError> {
        files(archive)
    }
}

/// The files of an archive, below its one folder.
pub(super) fn files(archive: impl Read) -> Result<Vec<SourceFile>, LoadError> {
    let mut found = Vec::new();
    let mut total = 0;
    let tar = MultiGzDecoder::new(archive).take(MAX_UNPACKED);
    let mut entries = Entries { tar, long_name: None, seen: 0 };
    while let Some((name, size)) = entries.next()? {
        let path = path_below_base(&name)?;
        total += size;
        if total >= MAX_BYTES {
            return Err(LoadError::new(format!("decompressed chart is larger than the maximum size {MAX_BYTES}")));
        }
        // Whether it is too large for Helm too is known at the end.
        if total > MAX_CHART_BYTES {
            found.clear();
            entries.skip(size)?;
            continue;
        }
        found.push(SourceFile { path, bytes: entries.content(size)? });
    }
    if total > MAX_CHART_BYTES {
        return Err(LoadError::new(format!("chart is larger than {MAX_CHART_BYTES} bytes")));
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

/// The regular files of a tar archive, which is read as it is unpacked.
struct Entries<R> {
    tar: R,
    long_name: Option<String>,
    seen: usize,
}

impl<R: Read> Entries<R> {
    /// The next file's name and size. Its content is to be taken before the one after it is asked for.
    fn next(&mut self) -> Result<Option<(String, u64)>, LoadError> {
        loop {
            let mut header = [0; BLOCK];
            if !self.fill(&mut header)? || header.iter().all(|byte| *byte == 0) {
                return Ok(None);
            }
            self.seen += 1;
            if self.seen > MAX_ENTRIES {
                return Err(LoadError::new(format!("chart archive holds more than {MAX_ENTRIES} entries")));
            }
            let size = number(&header[124..136]).ok_or_else(|| LoadError::new("archive/tar: invalid tar header"))?;
            match header[156] {
                b'L' | b'x' if size > MAX_NAME => return Err(LoadError::new("archive/tar: header field too long")),
                b'L' => self.long_name = Some(text(&self.content(size)?)),
                b'x' => self.long_name = pax_path(&self.content(size)?).or(self.long_name.take()),
                b'0' | 0 | b'7' => {
                    let name = self.long_name.take().unwrap_or_else(|| plain_name(&header));
                    if !name.ends_with('/') {
                        return Ok(Some((name, size)));
                    }
                    self.skip(size)?;
                }
                kind => {
                    self.skip(size)?;
                    if kind != b'g' {
                        self.long_name = None;
                    }
                }
            }
        }
    }

    /// Fills a buffer; false if there is nothing left.
    fn fill(&mut self, buffer: &mut [u8]) -> Result<bool, LoadError> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.tar.read(&mut buffer[filled..]) {
                Ok(0) if filled == 0 => return Ok(false),
                Ok(0) => return Err(LoadError::new("unexpected EOF")),
                Ok(more) => filled += more,
                Err(error) => return Err(LoadError::new(gzip_error(&error))),
            }
        }
        Ok(true)
    }

    /// The content of an entry of this size, without the padding after it.
    fn content(&mut self, size: u64) -> Result<Vec<u8>, LoadError> {
        let mut content = Vec::new();
        // What a header says of the size is not believed before the bytes are there.
        let read = self.tar.by_ref().take(size).read_to_end(&mut content);
        self.end(size, read.map(|read| read as u64))?;
        Ok(content)
    }

    fn skip(&mut self, size: u64) -> Result<(), LoadError> {
        let read = std::io::copy(&mut self.tar.by_ref().take(size), &mut std::io::sink());
        self.end(size, read)
    }

    /// Passes over the padding.
    fn end(&mut self, size: u64, read: std::io::Result<u64>) -> Result<(), LoadError> {
        if read.map_err(|error| LoadError::new(gzip_error(&error)))? < size {
            return Err(LoadError::new("unexpected EOF"));
        }
        let mut padding = [0; BLOCK];
        let rest = size.wrapping_neg() as usize % BLOCK;
        if rest > 0 {
            self.fill(&mut padding[..rest])?;
        }
        Ok(())
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

fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        // The binary form; a negative number is no size.
        return field[1..].iter().try_fold(u64::from(field[0] & 0x7f), |sum, byte| sum.checked_mul(256)?.checked_add(u64::from(*byte)));
    }
    let digits = text(field);
    let digits = digits.trim_matches(' ');
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
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
