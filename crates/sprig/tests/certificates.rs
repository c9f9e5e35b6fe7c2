//! Certificates against those that Go's Sprig made of the same keys (`testdata/certificates.tsv`), byte for byte: the host says the time
//! and the serial number that stand in Go's. Signatures on elliptic curves hold a random number, so they are verified instead.
#![cfg(feature = "rare")]
#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use chartwright_go::{base64, quote};
use chartwright_sprig::{FUNCTIONS, RARE};
use chartwright_template::{Budget, Context, Executor, FunctionTable, Host, LibraryBuilder, Limits, Options};
use chartwright_value::{Heap, Value};
use p256::ecdsa::signature::Verifier;
use std::sync::Arc;

/// A host that knows one moment and one serial number.
#[derive(Default)]
struct Known {
    serial: Vec<u8>,
    seconds: i64,
}

impl Host for Known {
    fn now(&mut self) -> (i128, i32, String) {
        (self.seconds as i128 * 1_000_000_000, 0, "UTC".to_owned())
    }

    fn random(&mut self, _: &str, buffer: &mut [u8]) {
        buffer.fill(7);
        if buffer.len() == 16 {
            buffer[16 - self.serial.len()..].copy_from_slice(&self.serial);
            buffer[..16 - self.serial.len()].fill(0);
        }
    }

    fn lookup(&mut self, heap: &mut Heap, _: &str, _: &str, _: &str, _: &str) -> Result<Value, String> {
        Ok(heap.map())
    }

    fn resolve(&mut self, _: &str) -> String {
        String::new()
    }
}

fn render(source: &[u8], host: &mut Known) -> Result<Vec<u8>, String> {
    let mut constants = Heap::default();
    let mut builder = LibraryBuilder::new(Arc::new(FunctionTable::new().with(FUNCTIONS).with_reentrant(RARE)));
    builder.add("case", source).map_err(|error| error.to_string())?;
    let library = builder.finish(&mut constants);
    let mut heap = Heap::new(Arc::new(constants.freeze()));
    let mut budget = Budget::new(Limits::default());
    let mut context = Context::new(&mut heap, host, &mut budget, "case");
    let mut executor = Executor::default();
    let rendered = executor.render(&library, "case", Value::NIL, &mut context, Options::default());
    rendered.map(<[u8]>::to_vec).map_err(|error| error.to_string())
}

/// The bytes of a PEM text, if it begins as a certificate.
fn certificate(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?.strip_prefix("-----BEGIN CERTIFICATE-----\n")?;
    base64::decode64(text.split("-----END").next()?.as_bytes()).ok()
}

/// Serial number and beginning of a certificate.
fn known(der: &[u8]) -> Known {
    // Two sequences, the version, the serial number's tag and length.
    let header = |at: usize| if der[at + 1] < 0x80 { 2 } else { 2 + (der[at + 1] & 0x7F) as usize };
    let at = header(0) + header(header(0)) + 5;
    let serial = &der[at + 2..at + 2 + der[at + 1] as usize];
    let serial = serial.strip_prefix(&[0]).unwrap_or(serial).to_vec();
    let at = der.windows(2).position(|pair| pair == [0x17, 13]).unwrap();
    let number = |place: usize| std::str::from_utf8(&der[at + 2 + place..at + 4 + place]).unwrap().parse::<i64>().unwrap();
    let clock = (number(6), number(8), number(10));
    let begin = chartwright_go::time::Moment::date(2000 + number(0), number(2), number(4), clock, 0, chartwright_go::time::Zone::utc());
    Known { serial, seconds: begin.seconds }
}

/// What is signed, and the signature, of a certificate signed on an elliptic curve.
fn parts(der: &[u8]) -> (&[u8], &[u8]) {
    let length = |at: usize| match der[at + 1] {
        short @ 0..=0x7F => 2 + short as usize,
        0x81 => 3 + der[at + 2] as usize,
        _ => 4 + (der[at + 2] as usize) * 256 + der[at + 3] as usize,
    };
    let start = if der[1] == 0x81 { 3 } else { 4 };
    let after = start + length(start);
    let bits = after + length(after);
    let header = if der[bits + 1] == 0x81 { 3 } else { 2 };
    (&der[start..after], &der[bits + header + 1..])
}

#[test]
fn certificates_are_gos() {
    let mut wrong = Vec::new();
    for row in include_str!("../testdata/certificates.tsv").lines() {
        let (source, expected) = row.split_once('\t').unwrap();
        let source = quote::unquote(source.as_bytes()).unwrap();
        let text = quote::unquote(expected.trim_start_matches('!').as_bytes()).unwrap();
        let der = certificate(&text);
        let mut host = der.as_deref().map(known).unwrap_or_default();
        let found = render(&source, &mut host);
        let same = match &found {
            Ok(found) if *found == text => !expected.starts_with('!'),
            Ok(found) => match (der, certificate(found)) {
                // On a curve, what is signed is the same, and the signature is as long, give or take its leading zeros.
                (Some(expected), Some(found)) => parts(&expected).0 == parts(&found).0 && parts(&expected).1 != parts(&found).1,
                _ => false,
            },
            Err(error) => expected.starts_with('!') && error.as_bytes() == text,
        };
        if !same {
            let found = found.map_or_else(|error| format!("!{error}"), |text| String::from_utf8_lossy(&text).into_owned());
            wrong.push(format!("{}\n is {found}\n for {}", String::from_utf8_lossy(&source), String::from_utf8_lossy(&text)));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn signatures_on_a_curve_verify() {
    let text = render(b"{{ (genCAWithKey `x` 1 (genPrivateKey `ecdsa`)).Cert }}", &mut Known { serial: vec![1], seconds: 0 }).unwrap();
    let der = certificate(&text).unwrap();
    let (message, signature) = parts(&der);
    let at = message.windows(4).position(|window| window == [0x03, 66, 0, 4]).unwrap();
    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&message[at + 3..at + 68]).unwrap();
    key.verify(message, &p256::ecdsa::Signature::from_der(signature).unwrap()).unwrap();
    assert!(key.verify(b"another", &p256::ecdsa::Signature::from_der(signature).unwrap()).is_err());
}

#[test]
fn new_keys_are_kept_by_their_randomness() {
    let both = render(b"{{ genPrivateKey `dsa` }}|{{ genPrivateKey `dsa` }}", &mut Known::default()).unwrap();
    let (first, second) = both.split_at(both.len() / 2);
    assert_eq!(first, &second[1..]);
    assert!(first.starts_with(b"-----BEGIN DSA PRIVATE KEY-----\nMII"));
}
