//! Makes hostile charts from their short descriptions. Not here: what is expected of them.
//!
//! A content is a text, a list of contents, or an object: `{"times": n, "of": content}`, `{"count": n, "of": content}` with each `#`
//! replaced by the index, `{"hex": digits}`, or `{"steps": n}` for n keys of YAML, each nested one deeper.

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value as Json;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The bytes that a content describes.
pub(crate) fn content(described: &Json) -> Vec<u8> {
    let number = |field: &str| described.get(field).and_then(Json::as_u64).map(|n| n as usize);
    match described {
        Json::String(text) => text.clone().into_bytes(),
        Json::Array(parts) => parts.iter().flat_map(content).collect(),
        _ => {
            if let Some(times) = number("times") {
                return content(&described["of"]).repeat(times);
            }
            if let Some(count) = number("count") {
                let of = String::from_utf8(content(&described["of"])).unwrap();
                return (0..count).flat_map(|i| of.replace('#', &i.to_string()).into_bytes()).collect();
            }
            if let Some(steps) = number("steps") {
                return (0..steps).flat_map(|depth| format!("{}a:\n", " ".repeat(depth)).into_bytes()).collect();
            }
            let digits = described["hex"].as_str().unwrap();
            (0..digits.len() / 2).map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap()).collect()
        }
    }
}

const CHART: &str = "apiVersion: v2\nname: hostile\nversion: 0.1.0\n";

/// Writes a case's chart below `place` and gives what the command is to be told of it.
pub(crate) fn write(place: &Path, case: &Json) -> String {
    if let Some(entries) = case.get("archive") {
        fs::write(place.join("hostile.tgz"), archive(entries)).unwrap();
        return "hostile.tgz".to_owned();
    }
    if let Some(raw) = case.get("raw") {
        fs::write(place.join("hostile.tgz"), content(raw)).unwrap();
        return "hostile.tgz".to_owned();
    }
    let chart = place.join("hostile");
    write_file(&chart.join("Chart.yaml"), CHART.as_bytes());
    for (path, described) in case["files"].as_object().unwrap() {
        if let Some(charts) = described.get("charts").and_then(Json::as_u64) {
            for i in 0..charts {
                let text = format!("apiVersion: v2\nname: c{i}\nversion: 0.1.0\n");
                write_file(&chart.join(format!("{path}/c{i}/Chart.yaml")), text.as_bytes());
            }
        } else if let Some(files) = described.get("files").and_then(Json::as_u64) {
            for i in 0..files {
                write_file(&chart.join(format!("{path}/{i}")), b"x");
            }
        } else {
            write_file(&chart.join(path), &content(described));
        }
    }
    let mut nested = chart;
    for _ in 0..case.get("nested").and_then(Json::as_u64).unwrap_or(0) {
        nested = nested.join("charts/hostile");
        write_file(&nested.join("Chart.yaml"), CHART.as_bytes());
    }
    "hostile".to_owned()
}

fn write_file(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A packed tar file. An entry has a `name` and a `text`, or `megabytes` of zeros, or an `archive` of its own; it may have a tar `type`,
/// a `link`, a `size` that lies, and a `count` of copies with `#` in the name replaced by the index.
fn archive(entries: &Json) -> Vec<u8> {
    let mut packed = Vec::new();
    let mebibyte = pack(&[0; 1 << 20]);
    for entry in entries.as_array().unwrap() {
        let number = |field: &str| entry.get(field).and_then(Json::as_i64);
        let text = match entry.get("archive") {
            Some(inner) => archive(inner),
            None => content(entry.get("text").unwrap_or(&Json::String(String::new()))),
        };
        let megabytes = number("megabytes").unwrap_or(0);
        let size = number("size").unwrap_or(text.len() as i64 + (megabytes << 20));
        let mut headers = Vec::new();
        for i in 0..number("count").unwrap_or(1) {
            let name = entry["name"].as_str().unwrap().replace('#', &i.to_string());
            let kind = entry.get("type").and_then(Json::as_str).unwrap_or("0");
            headers.extend(header(&name, size, kind.as_bytes()[0], entry.get("link").and_then(Json::as_str).unwrap_or("")));
            headers.extend_from_slice(&text);
            headers.resize(headers.len().next_multiple_of(512), 0);
            if megabytes > 0 || headers.len() > 1 << 20 {
                packed.extend(pack(&headers));
                headers.clear();
            }
            // A gzip file may have many members, so a mebibyte is packed but once.
            (0..megabytes).for_each(|_| packed.extend_from_slice(&mebibyte));
        }
        packed.extend(pack(&headers));
    }
    packed.extend(pack(&[0; 1024]));
    packed
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn header(name: &str, size: i64, kind: u8, link: &str) -> [u8; 512] {
    let mut header = [0; 512];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, name.as_bytes());
    put(100, b"0000644\0");
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    if (0..1 << 33).contains(&size) {
        put(124, format!("{size:011o}\0").as_bytes());
    } else {
        // The binary form, for numbers that octal digits cannot hold.
        put(124, &[if size < 0 { 0xFF } else { 0x80 }, 0, 0, 0]);
        put(125, &[if size < 0 { 0xFF } else { 0 }; 3]);
        put(128, &size.to_be_bytes());
    }
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, &[kind]);
    put(157, link.as_bytes());
    put(257, b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}
