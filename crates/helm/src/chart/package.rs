//! A chart as an archive: the files that `helm package` puts into one, in its order (`pkg/chart/v2/util/save.go`). Times are the caller's,
//! so that the same chart gives the same bytes.

use super::{Chart, Metadata, describe};
use crate::LoadError;
use flate2::{Compression, GzBuilder};
use std::io::Write;

/// By these Helm knows archives of its own again.
const EXTRA: &[u8] = b"rr\x28\x00aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo=";
const COMMENT: &str = "Helm";

const BLOCK: usize = 512;

impl Chart {
    /// The name of the chart's archive: `NAME-VERSION.tgz`.
    pub fn archive_name(&self) -> String {
        format!("{}-{}.tgz", self.metadata.name, self.metadata.version)
    }

    /// Changes the chart's version and application version, as `helm package --version --app-version` does.
    ///
    /// # Errors
    /// The text of `Masterminds/semver` for what is no version.
    pub fn set_versions(&mut self, version: Option<&str>, app_version: Option<&str>) -> Result<(), LoadError> {
        if let Some(version) = version {
            version.clone_into(&mut self.metadata.version);
        }
        chartwright_sprig::semver::Version::parse(&self.metadata.version).map_err(|error| LoadError::new(error.to_string()))?;
        if let Some(version) = app_version {
            version.clone_into(&mut self.metadata.app_version);
        }
        Ok(())
    }

    /// The chart as a gzipped tar archive whose files are all of one time, in seconds since 1970.
    ///
    /// # Errors
    /// A schema that is no JSON.
    pub fn package(&self, modified: u64) -> Result<Vec<u8>, LoadError> {
        let mut tar = Vec::new();
        self.write(&mut tar, "", modified)?;
        tar.resize(tar.len() + 2 * BLOCK, 0);
        let mut gzip = GzBuilder::new().extra(EXTRA).comment(COMMENT).write(Vec::new(), Compression::default());
        let packed = gzip.write_all(&tar).and_then(|()| gzip.finish());
        packed.map_err(|error| LoadError::new(error.to_string()))
    }

    fn write(&self, tar: &mut Vec<u8>, above: &str, modified: u64) -> Result<(), LoadError> {
        let base = format!("{above}{}", self.name());
        let mut file = |path: &str, bytes: &[u8]| entry(tar, &format!("{base}/{path}"), bytes, modified);
        let is_old = self.metadata.api_version == "v1";
        file("Chart.yaml", &describe::yaml(|heap| describe::metadata(heap, &self.metadata, !is_old)));
        if let Some(lock) = self.lock.as_deref().filter(|_| self.metadata.api_version == "v2") {
            file("Chart.lock", &lock_yaml(lock)?);
        }
        if let Some(values) = self.values_file() {
            file("values.yaml", values.as_bytes());
        }
        if let Some(schema) = &self.schema {
            if serde_json::from_str::<serde_json::Value>(schema).is_err() {
                return Err(LoadError::new("invalid JSON in values.schema.json"));
            }
            file("values.schema.json", schema.as_bytes());
        }
        self.templates.iter().chain(&self.files).for_each(|source| file(&source.path, &source.bytes));
        for subchart in &self.dependencies {
            subchart.write(tar, &format!("{base}/charts/"), modified)?;
        }
        Ok(())
    }
}

fn lock_yaml(text: &str) -> Result<Vec<u8>, LoadError> {
    // Its dependencies are written like those of Chart.yaml.
    let needed = Metadata::parse(text)?.dependencies;
    let tree = chartwright_yaml::Tree::parse(text).map_err(|error| LoadError::new(format!("cannot load Chart.lock: {}", error.message)))?;
    let json = tree.to_json(tree.root());
    Ok(describe::yaml(|heap| {
        let map = heap.map();
        for key in ["generated", "digest"] {
            let text = heap.string(json.get(key).and_then(serde_json::Value::as_str).unwrap_or_default());
            heap.put(map, key, text);
        }
        let needed: Vec<_> = needed.iter().map(|needed| describe::dependency(heap, needed)).collect();
        let needed = heap.list(&needed);
        heap.put(map, "dependencies", needed);
        map
    }))
}

/// One file of a tar archive: a USTAR header, with a PAX record before it where the name is too long for one.
fn entry(tar: &mut Vec<u8>, name: &str, bytes: &[u8], modified: u64) {
    match ustar_name(name) {
        Some((prefix, rest)) => header(tar, b'0', prefix, rest, bytes.len(), modified),
        None => {
            let record = pax_record("path", name);
            header(tar, b'x', "", "PaxHeaders.0/file", record.len(), 0);
            content(tar, record.as_bytes());
            header(tar, b'0', "", "file", bytes.len(), modified);
        }
    }
    content(tar, bytes);
}

/// A name in the two fields of a USTAR header, if it fits.
fn ustar_name(name: &str) -> Option<(&str, &str)> {
    if !name.is_ascii() {
        return None;
    }
    if name.len() <= 100 {
        return Some(("", name));
    }
    name.match_indices('/').map(|(at, _)| (&name[..at], &name[at + 1..])).find(|(prefix, rest)| prefix.len() <= 155 && rest.len() <= 100)
}

/// `LENGTH KEY=VALUE`, where the length counts itself.
fn pax_record(key: &str, value: &str) -> String {
    let rest = format!(" {key}={value}\n");
    let mut length = rest.len();
    loop {
        let text = format!("{length}{rest}");
        if text.len() == length {
            return text;
        }
        length = text.len();
    }
}

fn header(tar: &mut Vec<u8>, kind: u8, prefix: &str, name: &str, size: usize, modified: u64) {
    let mut block = [0_u8; BLOCK];
    let mut put = |at: usize, text: &str| block[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size:011o}"));
    put(136, &format!("{modified:011o}"));
    put(148, "        ");
    put(257, "ustar\0");
    put(263, "00");
    put(329, "0000000");
    put(337, "0000000");
    put(345, prefix);
    block[156] = kind;
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    tar.extend_from_slice(&block);
}

fn content(tar: &mut Vec<u8>, bytes: &[u8]) {
    tar.extend_from_slice(bytes);
    tar.resize(tar.len().next_multiple_of(BLOCK), 0);
}
