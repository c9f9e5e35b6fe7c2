//! What the fuzzers ask: whatever the bytes are, reading them ends in a value or an ordinary error. The smoke test in
//! `crates/helm/tests/mutations.rs` asks the same of a small corpus.

#![allow(dead_code, reason = "each fuzzer takes one of these")]

use chartwright_helm::{Chart, Engine, HelmVersion, Request, SourceFile, ValuesLayer};
use chartwright_template::{Limits, NoHost};
use chartwright_value::Heap;

/// Limits that a fuzzer reaches.
const LIMITS: Limits =
    Limits { steps: 100_000, output_bytes: 1 << 20, heap_bytes: 8 << 20, value_bytes: 4 << 20, template_depth: 1_000, include_depth: 100 };

/// The bytes as the inside of an action.
pub(crate) fn lexer(bytes: &[u8]) {
    parser(&[b"{{ ", bytes, b" }}"].concat());
}

/// The bytes as a template: parsed, compiled, and rendered for a moment.
pub(crate) fn parser(bytes: &[u8]) {
    let file = |path: &str, bytes: &[u8]| SourceFile { path: path.to_owned(), bytes: bytes.to_vec() };
    let files = vec![
        file("Chart.yaml", b"apiVersion: v2\nname: fuzz\nversion: 0.1.0\n"),
        file("templates/fuzz.yaml", bytes),
        file("values.yaml", b"s: text\nl: [1, x, {y: z}]\nm: {x: 1}\n"),
    ];
    for helm in [HelmVersion::V4, HelmVersion::V3] {
        let Ok(chart) = Chart::load_as(files.clone(), helm) else { continue };
        let mut request = Request::new("fuzz", "default");
        request.limits = LIMITS;
        // An error is as good as an answer.
        let _ = Engine::compile(chart, helm).and_then(|mut engine| engine.render(&request, &mut NoHost));
    }
}

/// The bytes as YAML: read as values and as trees, and what was read written again.
pub(crate) fn yaml(bytes: &[u8]) {
    let mut heap = Heap::default();
    if let Ok(value) = chartwright_yaml::decode(&mut heap, bytes) {
        let mut written = Vec::new();
        if chartwright_yaml::encode(&mut heap, value, &mut written, None).is_ok() {
            assert!(chartwright_yaml::decode(&mut heap, &written).is_ok(), "what is written is not read again");
        }
        let _ = chartwright_yaml::encode_pretty(&mut heap, value, &mut written, None);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = chartwright_yaml::Tree::parse_stream(text);
        let _ = chartwright_yaml::head(text);
        let _ = chartwright_yaml::split_documents(text);
    }
}

/// The bytes as a packaged chart, or as what one holds when it is unpacked.
#[cfg(feature = "archives")]
pub(crate) fn archive(bytes: &[u8]) {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    if bytes.starts_with(b"\x1f\x8b") {
        let _ = Chart::load_archive(bytes);
        return;
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    if packed.write_all(bytes).is_ok()
        && let Ok(packed) = packed.finish()
    {
        let _ = Chart::load_archive(&packed[..]);
    }
}

/// The bytes as what `--set` and its kin take.
pub(crate) fn set(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let layers = [
        ValuesLayer::Set(&text),
        ValuesLayer::SetString(&text),
        ValuesLayer::SetJson(&text),
        ValuesLayer::SetLiteral(&text),
        ValuesLayer::SetFile { expression: &text, files: Vec::new() },
    ];
    for layer in layers {
        for helm in [HelmVersion::V4, HelmVersion::V3] {
            let _ = Engine::check_layers(std::slice::from_ref(&layer), helm);
        }
    }
}
