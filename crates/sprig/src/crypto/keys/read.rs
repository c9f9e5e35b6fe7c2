//! Private keys from PKCS #1, SEC 1, PKCS #8 and OpenSSL's format for DSA, with Go's errors. Source: `crypto/x509/pkcs1.go`, `sec1.go`,
//! `pkcs8.go`.

use super::{Curve, OID_EC, OID_ED25519, OID_RSA, OID_X25519, PrivateKey, pkcs1};
use crate::crypto::der::{self, Fields, tag};
use rsa::BoxedUint;

/// The formats that a text may turn out to be in another's place.
const USE_EC: &str = "x509: failed to parse private key (use ParseECPrivateKey instead for this key format)";
const USE_PKCS1: &str = "x509: failed to parse private key (use ParsePKCS1PrivateKey instead for this key format)";
const USE_PKCS8: &str = "x509: failed to parse private key (use ParsePKCS8PrivateKey instead for this key format)";

struct Pkcs1<'a> {
    version: i64,
    exponent: i64,
    /// Modulus, private exponent, both primes.
    numbers: [&'a [u8]; 4],
    /// How many bytes the structure takes.
    length: usize,
}

fn read_pkcs1(bytes: &[u8]) -> Result<Pkcs1<'_>, String> {
    let mut outer = Fields::new(bytes);
    let mut fields = Fields::new(outer.field(tag::SEQUENCE, "pkcs1PrivateKey")?);
    let version = fields.int()?;
    let modulus = fields.big()?;
    let exponent = fields.int()?;
    let numbers = [modulus, fields.big()?, fields.big()?, fields.big()?];
    for _ in 0..3 {
        fields.optional(tag::INTEGER)?;
    }
    Ok(Pkcs1 { version, exponent, numbers, length: bytes.len() - outer.rest().len() })
}

pub(super) fn parse_pkcs1(bytes: &[u8]) -> Result<PrivateKey, String> {
    let read = read_pkcs1(bytes).map_err(|error| match () {
        () if read_ec(bytes).is_ok() => USE_EC.to_owned(),
        () if read_pkcs8(bytes).is_ok() => USE_PKCS8.to_owned(),
        () => error,
    })?;
    if read.length < bytes.len() {
        return Err("asn1: syntax error: trailing data".to_owned());
    }
    if read.version > 1 {
        return Err("x509: unsupported private key version".to_owned());
    }
    if read.numbers.iter().any(|number| number[0] >= 0x80 || *number == [0]) {
        return Err("x509: private key contains zero or negative value".to_owned());
    }
    let [n, d, p, q] = read.numbers.map(BoxedUint::from_be_slice_vartime);
    let exponent = u64::try_from(read.exponent).map_err(|_| "crypto/rsa: public exponent too small or negative")?;
    let key = rsa::PrivateKey::from_components(n, BoxedUint::from(exponent), d, vec![p, q]).map_err(|error| match error {
        rsa::Error::InvalidModulus => "crypto/rsa: p * q != n",
        rsa::Error::InvalidPrime => "crypto/rsa: invalid prime",
        _ => "crypto/rsa: invalid CRT exponent",
    })?;
    let der = pkcs1(&key).ok_or("crypto/rsa: missing primes")?;
    Ok(PrivateKey::rsa(key, der))
}

struct Ec<'a> {
    version: i64,
    scalar: &'a [u8],
    oid: Option<&'a [u8]>,
}

fn read_ec(bytes: &[u8]) -> Result<Ec<'_>, String> {
    let mut fields = Fields::new(Fields::new(bytes).field(tag::SEQUENCE, "ecPrivateKey")?);
    let version = fields.int()?;
    let scalar = fields.field(tag::OCTET_STRING, "")?;
    let oid = fields.optional(0xA0)?;
    fields.optional(0xA1)?;
    Ok(Ec { version, scalar, oid })
}

pub(super) fn parse_ec(oid: Option<&[u8]>, bytes: &[u8]) -> Result<PrivateKey, String> {
    let read = read_ec(bytes).map_err(|error| match () {
        () if read_pkcs8(bytes).is_ok() => USE_PKCS8.to_owned(),
        () if read_pkcs1(bytes).is_ok() => USE_PKCS1.to_owned(),
        () => format!("x509: failed to parse EC private key: {error}"),
    })?;
    if read.version != 1 {
        return Err(format!("x509: unknown EC private key version {}", read.version));
    }
    let curve = oid.or(read.oid).and_then(Curve::from_oid).ok_or("x509: unknown elliptic curve")?;
    let size = curve.size();
    // Zeros too many and too few are both forgiven.
    let zeros = read.scalar.len().saturating_sub(size);
    if read.scalar[..zeros].iter().any(|&byte| byte != 0) {
        return Err("x509: invalid private key length".to_owned());
    }
    let mut scalar = vec![0; size];
    let given = &read.scalar[zeros..];
    scalar[size - given.len()..].copy_from_slice(given);
    PrivateKey::ec(curve, &scalar)
}

pub(super) fn parse_dsa(bytes: &[u8]) -> Result<PrivateKey, String> {
    let mut fields = Fields::new(Fields::new(bytes).field(tag::SEQUENCE, "DSAKeyFormat")?);
    let version = fields.int()?;
    let mut parts = der::integer(&[0]);
    let _ = version;
    for _ in 0..5 {
        parts.extend_from_slice(&der::value(tag::INTEGER, fields.big()?));
    }
    Ok(PrivateKey::mute("*dsa.PublicKey", "DSA PRIVATE KEY", der::value(tag::SEQUENCE, &parts)))
}

struct Pkcs8<'a> {
    oid: Vec<u8>,
    parameters: &'a [u8],
    key: &'a [u8],
}

fn read_pkcs8(bytes: &[u8]) -> Result<Pkcs8<'_>, String> {
    let mut fields = Fields::new(Fields::new(bytes).field(tag::SEQUENCE, "pkcs8")?);
    fields.int()?;
    let mut algorithm = Fields::new(fields.field(tag::SEQUENCE, "AlgorithmIdentifier")?);
    let oid = der::value(tag::OBJECT_ID, algorithm.field(tag::OBJECT_ID, "ObjectIdentifier")?);
    let parameters = algorithm.raw()?;
    Ok(Pkcs8 { oid, parameters, key: fields.field(tag::OCTET_STRING, "")? })
}

pub(super) fn parse_pkcs8(bytes: &[u8]) -> Result<PrivateKey, String> {
    let read = read_pkcs8(bytes).map_err(|error| match () {
        () if read_ec(bytes).is_ok() => USE_EC.to_owned(),
        () if read_pkcs1(bytes).is_ok() => USE_PKCS1.to_owned(),
        () => error,
    })?;
    let seed = |name: &str| {
        if !read.parameters.is_empty() {
            return Err(format!("x509: invalid {name} private key parameters"));
        }
        let key = Fields::new(read.key).field(tag::OCTET_STRING, "");
        key.map_err(|error| format!("x509: invalid {name} private key: {error}"))
    };
    match &read.oid[..] {
        OID_RSA => parse_pkcs1(read.key).map_err(|error| format!("x509: failed to parse RSA private key embedded in PKCS#8: {error}")),
        OID_EC => {
            let oid = read.parameters.starts_with(&[tag::OBJECT_ID]).then_some(read.parameters);
            parse_ec(oid, read.key).map_err(|error| format!("x509: failed to parse EC private key embedded in PKCS#8: {error}"))
        }
        OID_ED25519 => {
            let seed = seed("Ed25519")?;
            let seed = seed.try_into().map_err(|_| format!("x509: invalid Ed25519 private key length: {}", seed.len()))?;
            Ok(PrivateKey::ed25519(seed))
        }
        OID_X25519 => match seed("X25519")?.len() {
            32 => Ok(PrivateKey::mute("*ecdh.PublicKey", "PRIVATE KEY", bytes.to_vec())),
            _ => Err("crypto/ecdh: invalid private key size".to_owned()),
        },
        oid => Err(format!("x509: PKCS#8 wrapping contained private key with unknown algorithm: {}", dotted(&oid[2..]))),
    }
}

/// An object identifier's numbers. Source: `encoding/asn1`, `parseObjectIdentifier`.
pub(in crate::crypto) fn dotted(bytes: &[u8]) -> String {
    let mut numbers: Vec<u64> = Vec::new();
    let mut number = 0u64;
    for &byte in bytes {
        number = number << 7 | (byte & 0x7F) as u64;
        if byte < 0x80 {
            if numbers.is_empty() {
                let first = (number / 40).min(2);
                numbers.push(first);
                number -= 40 * first;
            }
            numbers.push(std::mem::take(&mut number));
        }
    }
    numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
}
