//! Certificates: read as far as an issuer must be known, and made as Go makes them, field for field. Source: `crypto/x509/x509.go`,
//! `CreateCertificate` and `buildCertExtensions`; `parser.go`, `parseCertificate`.

use super::der::{self, Reader, tag};
use super::keys::{Curve, NULL, OID_EC, OID_ED25519, OID_RSA, PrivateKey, Public};
use chartwright_go::quote;
use chartwright_go::time::{Moment, Zone};
use sha2::{Digest, Sha256};
use std::net::IpAddr;

const OID_COMMON_NAME: &[u8] = &[0x06, 3, 0x55, 4, 3];
const OID_KEY_USAGE: &[u8] = &[0x06, 3, 0x55, 0x1D, 0x0F];
const OID_EXTENDED_KEY_USAGE: &[u8] = &[0x06, 3, 0x55, 0x1D, 0x25];
const OID_BASIC_CONSTRAINTS: &[u8] = &[0x06, 3, 0x55, 0x1D, 0x13];
const OID_SUBJECT_KEY_ID: &[u8] = &[0x06, 3, 0x55, 0x1D, 0x0E];
const OID_AUTHORITY_KEY_ID: &[u8] = &[0x06, 3, 0x55, 0x1D, 0x23];
const OID_ALTERNATIVE_NAMES: &[u8] = &[0x06, 3, 0x55, 0x1D, 0x11];
const OID_SERVER_AUTH: &[u8] = &[0x06, 8, 0x2B, 6, 1, 5, 5, 7, 3, 1];
const OID_CLIENT_AUTH: &[u8] = &[0x06, 8, 0x2B, 6, 1, 5, 5, 7, 3, 2];

/// A certificate as Sprig asks for it.
pub(super) struct Request {
    /// 128 random bits.
    pub(super) serial: [u8; 16],
    pub(super) common_name: Vec<u8>,
    pub(super) ips: Vec<IpAddr>,
    pub(super) names: Vec<Vec<u8>>,
    pub(super) not_before: Moment,
    pub(super) not_after: Moment,
    pub(super) is_ca: bool,
}

/// What of a certificate its issuing others needs.
pub(super) struct Issuer {
    subject: Vec<u8>,
    key_id: Vec<u8>,
    /// Nothing where Go does not know the algorithm.
    public: Option<Public>,
}

/// A certificate's issuer fields. Source: `crypto/x509/parser.go`, `parseCertificate`.
///
/// # Errors
/// Go's texts for what is malformed.
pub(super) fn parse(bytes: &[u8]) -> Result<Issuer, String> {
    let mut input = Reader { rest: bytes };
    let certificate = input.read(tag::SEQUENCE).ok_or("x509: malformed certificate")?;
    let trailing = !input.rest.is_empty();
    let mut outer = Reader { rest: certificate };
    let mut tbs = Reader { rest: outer.read(tag::SEQUENCE).ok_or("x509: malformed tbs certificate")? };
    let version = version(&mut tbs)?;
    if tbs.integer().ok_or("x509: malformed serial number")?[0] >= 0x80 {
        return Err("x509: negative serial number".to_owned());
    }
    let signature = tbs.read(tag::SEQUENCE).ok_or("x509: malformed signature algorithm identifier")?;
    let repeated = outer.read(tag::SEQUENCE).ok_or("x509: malformed algorithm identifier")?;
    if signature != repeated {
        return Err("x509: inner and outer signature algorithm identifiers don't match".to_owned());
    }
    algorithm(signature)?;
    name(tbs.element(tag::SEQUENCE).ok_or("x509: malformed issuer")?.0)?;
    validity(tbs.read(tag::SEQUENCE).ok_or("x509: malformed validity")?)?;
    let (subject, whole_subject) = tbs.element(tag::SEQUENCE).ok_or("x509: malformed issuer")?;
    name(subject)?;
    let mut key = Reader { rest: tbs.read(tag::SEQUENCE).ok_or("x509: malformed spki")? };
    let (inner, whole) = key.element(tag::SEQUENCE).ok_or("x509: malformed public key algorithm identifier")?;
    let (oid, parameters) = algorithm(inner)?;
    let bytes = key.bits().ok_or("x509: malformed subjectPublicKey")?;
    let known = check_public(oid, parameters, bytes)?;
    let public = known.then(|| Public { algorithm: whole.to_vec(), bytes: bytes.to_vec() });
    let key_id = extensions(&mut tbs, version)?;
    outer.bits().ok_or("x509: malformed signature")?;
    if trailing {
        return Err("x509: trailing data".to_owned());
    }
    Ok(Issuer { subject: whole_subject.to_vec(), key_id, public })
}

/// From 1, as certificates are named.
fn version(tbs: &mut Reader<'_>) -> Result<u8, String> {
    let Some(explicit) = tbs.read(0xA0) else { return Ok(1) };
    let mut inner = Reader { rest: explicit };
    match inner.integer() {
        Some(&[number @ 0..3]) => Ok(number + 1),
        Some(bytes) if bytes[0] < 0x80 => Err("x509: invalid version".to_owned()),
        _ => Err("x509: malformed version".to_owned()),
    }
}

/// An algorithm's object identifier and parameters, whole.
fn algorithm(bytes: &[u8]) -> Result<(&[u8], &[u8]), String> {
    let mut reader = Reader { rest: bytes };
    let (_, oid) = reader.element(tag::OBJECT_ID).ok_or("x509: malformed OID")?;
    if reader.rest.is_empty() {
        return Ok((oid, &[]));
    }
    let (_, _, parameters) = reader.any().ok_or("x509: malformed parameters")?;
    Ok((oid, parameters))
}

fn name(bytes: &[u8]) -> Result<(), String> {
    const INVALID: &str = "x509: invalid RDNSequence";
    let mut sets = Reader { rest: bytes };
    while !sets.rest.is_empty() {
        let mut set = Reader { rest: sets.read(tag::SET).ok_or(INVALID)? };
        while !set.rest.is_empty() {
            let attribute = set.read(tag::SEQUENCE).ok_or_else(|| format!("{INVALID}: invalid attribute"))?;
            let mut attribute = Reader { rest: attribute };
            attribute.read(tag::OBJECT_ID).ok_or_else(|| format!("{INVALID}: invalid attribute type"))?;
            let (_, _, _) = attribute.any().ok_or_else(|| format!("{INVALID}: invalid attribute value"))?;
        }
    }
    Ok(())
}

fn validity(bytes: &[u8]) -> Result<(), String> {
    let mut reader = Reader { rest: bytes };
    for _ in 0..2 {
        let (kind, text, length) = match reader.any() {
            Some((tag::UTC_TIME, text, _)) => ("UTCTime", text, 12),
            Some((tag::GENERALIZED_TIME, text, _)) => ("GeneralizedTime", text, 14),
            _ => return Err("x509: unsupported time format".to_owned()),
        };
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(digits == length || digits + 2 == length && kind == "UTCTime") {
            return Err(format!("x509: malformed {kind}"));
        }
    }
    Ok(())
}

/// Whether Go knows the algorithm; an error if the key does not fit it. Source: `parsePublicKey`.
fn check_public(oid: &[u8], parameters: &[u8], bytes: &[u8]) -> Result<bool, String> {
    let positive = |bytes: &[u8]| bytes[0] < 0x80 && bytes != [0];
    match oid {
        OID_RSA => {
            if parameters != NULL {
                return Err("x509: RSA key missing NULL parameters".to_owned());
            }
            let key = Reader { rest: bytes }.read(tag::SEQUENCE).ok_or("x509: invalid RSA public key")?;
            let mut key = Reader { rest: key };
            let modulus = key.integer().ok_or("x509: invalid RSA modulus")?;
            let exponent = key.integer().filter(|bytes| bytes.len() <= 8).ok_or("x509: invalid RSA public exponent")?;
            if !positive(modulus) {
                return Err("x509: RSA modulus is not a positive number".to_owned());
            }
            if !positive(exponent) {
                return Err("x509: RSA public exponent is not a positive number".to_owned());
            }
            Ok(true)
        }
        OID_EC => {
            if !parameters.starts_with(&[tag::OBJECT_ID]) {
                return Err("x509: invalid ECDSA parameters".to_owned());
            }
            Curve::from_oid(parameters).map(|_| true).ok_or_else(|| "x509: unsupported elliptic curve".to_owned())
        }
        OID_ED25519 if !parameters.is_empty() => Err("x509: Ed25519 key encoded with illegal parameters".to_owned()),
        OID_ED25519 if bytes.len() != 32 => Err("x509: wrong Ed25519 public key size".to_owned()),
        OID_ED25519 => Ok(true),
        _ => Ok(false),
    }
}

/// The subject key identifier among the extensions; empty if there is none.
fn extensions(tbs: &mut Reader<'_>, version: u8) -> Result<Vec<u8>, String> {
    const MALFORMED: &str = "x509: malformed extensions";
    let mut key_id = Vec::new();
    if version == 1 {
        return Ok(key_id);
    }
    tbs.read(0x81);
    tbs.read(0x82);
    let Some(explicit) = (if version == 3 { tbs.read(0xA3) } else { None }) else { return Ok(key_id) };
    let mut list = Reader { rest: Reader { rest: explicit }.read(tag::SEQUENCE).ok_or(MALFORMED)? };
    let mut seen: Vec<&[u8]> = Vec::new();
    while !list.rest.is_empty() {
        let mut extension = Reader { rest: list.read(tag::SEQUENCE).ok_or("x509: malformed extension")? };
        let (_, oid) = extension.element(tag::OBJECT_ID).ok_or("x509: malformed extension OID field")?;
        if extension.rest.first() == Some(&tag::BOOLEAN) {
            extension.read(tag::BOOLEAN).filter(|value| matches!(value, [0] | [0xFF])).ok_or("x509: malformed extension critical field")?;
        }
        let value = extension.read(tag::OCTET_STRING).ok_or("x509: malformed extension value field")?;
        if seen.contains(&oid) {
            let oid = super::keys::dotted(&oid[2..]);
            return Err(format!("x509: certificate contains duplicate extension with OID \"{oid}\""));
        }
        seen.push(oid);
        if oid == OID_SUBJECT_KEY_ID {
            let mut reader = Reader { rest: value };
            let id = reader.read(tag::OCTET_STRING).ok_or("x509: invalid subject key identifier")?;
            key_id = id.to_vec();
        }
    }
    Ok(key_id)
}

/// The certificate's part that is signed, made for a key and issued by another certificate, or by itself.
///
/// # Errors
/// Go's texts.
pub(super) fn to_be_signed(request: &Request, issuer: Option<&Issuer>, key: &PrivateKey, signer: &PrivateKey) -> Result<Vec<u8>, String> {
    let algorithm = signer.signature_algorithm()?;
    let public = key.public()?;
    let subject = subject(&request.common_name)?;
    let issued_by = issuer.map_or(&subject, |issuer| &issuer.subject);
    if let Some(Issuer { public: Some(expected), .. }) = issuer
        && signer.public()? != expected
    {
        return Err("x509: provided PrivateKey doesn't match parent's PublicKey".to_owned());
    }
    let authority = issuer.filter(|issuer| issuer.subject != subject).map_or(&[][..], |issuer| &issuer.key_id);
    let extensions = write_extensions(request, public, authority, subject.len() == 2)?;
    Ok(der::sequence(&[
        &der::value(0xA0, &der::integer(&[2])),
        &der::integer(&request.serial),
        &algorithm,
        issued_by,
        &der::sequence(&[&time(&request.not_before)?, &time(&request.not_after)?]),
        &subject,
        &der::sequence(&[&public.algorithm, &der::bits(&public.bytes)]),
        &der::value(0xA3, &der::sequence(&[&extensions])),
    ]))
}

/// The whole certificate.
///
/// # Errors
/// Those of the signer.
pub(super) fn signed(to_be_signed: &[u8], signer: &PrivateKey, signature: &[u8]) -> Result<Vec<u8>, String> {
    Ok(der::sequence(&[to_be_signed, &signer.signature_algorithm()?, &der::bits(signature)]))
}

/// A name of nothing but a common name. Source: `crypto/x509/pkix`, `ToRDNSequence`; `encoding/asn1`, `marshalField`.
fn subject(common_name: &[u8]) -> Result<Vec<u8>, String> {
    if common_name.is_empty() {
        return Ok(der::sequence(&[]));
    }
    let printable = common_name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"'() +,-./:=?".contains(byte));
    if !printable && std::str::from_utf8(common_name).is_err() {
        return Err("asn1: string not valid UTF-8".to_owned());
    }
    let text = der::value(if printable { tag::PRINTABLE_STRING } else { tag::UTF8_STRING }, common_name);
    let attribute = der::sequence(&[OID_COMMON_NAME, &text]);
    Ok(der::sequence(&[&der::value(tag::SET, &attribute)]))
}

fn time(moment: &Moment) -> Result<Vec<u8>, String> {
    let moment = moment.clone().within(Zone::utc());
    let text = |layout: &str| format!("{}Z", moment.formatted(layout)).into_bytes();
    match moment.civil().year {
        1950..2050 => Ok(der::value(tag::UTC_TIME, &text("060102150405"))),
        0..=9999 => Ok(der::value(tag::GENERALIZED_TIME, &text("20060102150405"))),
        _ => Err("asn1: structure error: cannot represent time as GeneralizedTime".to_owned()),
    }
}

fn extension(oid: &[u8], critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[tag::BOOLEAN, 1, 0xFF] } else { &[] };
    der::sequence(&[oid, critical, &der::value(tag::OCTET_STRING, value)])
}

fn write_extensions(request: &Request, public: &Public, authority: &[u8], nameless: bool) -> Result<Vec<u8>, String> {
    // Signatures and key encipherment; authorities also sign certificates. The first byte counts the unused bits.
    let usage: &[u8] = if request.is_ca { &[tag::BIT_STRING, 2, 2, 0xA4] } else { &[tag::BIT_STRING, 2, 5, 0xA0] };
    let constraints: &[u8] = if request.is_ca { &[tag::BOOLEAN, 1, 0xFF] } else { &[] };
    let mut out = extension(OID_KEY_USAGE, true, usage);
    out.extend(extension(OID_EXTENDED_KEY_USAGE, false, &der::sequence(&[OID_SERVER_AUTH, OID_CLIENT_AUTH])));
    out.extend(extension(OID_BASIC_CONSTRAINTS, true, &der::sequence(&[constraints])));
    if request.is_ca {
        let id = &Sha256::digest(&public.bytes)[..20];
        out.extend(extension(OID_SUBJECT_KEY_ID, false, &der::value(tag::OCTET_STRING, id)));
    }
    if !authority.is_empty() {
        out.extend(extension(OID_AUTHORITY_KEY_ID, false, &der::sequence(&[&der::value(0x80, authority)])));
    }
    if !request.names.is_empty() || !request.ips.is_empty() {
        let mut names = Vec::new();
        for name in &request.names {
            if !name.is_ascii() {
                return Err(format!("x509: {} cannot be encoded as an IA5String", quote::quoted(name)));
            }
            names.extend(der::value(0x82, name));
        }
        for ip in &request.ips {
            names.extend(match ip.to_canonical() {
                IpAddr::V4(ip) => der::value(0x87, &ip.octets()),
                IpAddr::V6(ip) => der::value(0x87, &ip.octets()),
            });
        }
        out.extend(extension(OID_ALTERNATIVE_NAMES, nameless, &der::sequence(&[&names])));
    }
    Ok(out)
}
