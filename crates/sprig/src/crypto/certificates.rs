//! `genPrivateKey`, `genCA` and their kin, and the certificate that they return. Source: `sprig/crypto.go`.
//!
//! Randomness and the clock are the host's. Keys and signatures are kept by what they were made from, so that a host that always says the
//! same (the page's) pays for them once.

use super::keys::{Kind, PrivateKey};
use super::x509::{self, Issuer, Request};
use super::{Answer, pem};
use crate::args::{int, print, string};
use crate::dates::clock;
use chartwright_go::base64;
use chartwright_template::{CallError, Context, Reentry, Templates};
use chartwright_value::{Field, GoKind, Heap, Object, Part, Type, Value};
use std::any::Any;
use std::net::IpAddr;
use std::sync::Arc;

/// `sprig.certificate`: two PEM texts.
pub(crate) struct Certificate {
    cert: Vec<u8>,
    key: Vec<u8>,
}

impl Object for Certificate {
    fn type_name(&self) -> &str {
        "sprig.certificate"
    }

    fn go_kind(&self) -> GoKind {
        GoKind::Struct
    }

    fn field(&self, heap: &mut Heap, name: &str) -> Option<Value> {
        match name {
            "Cert" => Some(heap.string(&self.cert)),
            "Key" => Some(heap.string(&self.key)),
            _ => None,
        }
    }

    fn parts(&self) -> Option<Part> {
        let text = |bytes: &[u8]| Part::Text(String::from_utf8_lossy(bytes).into_owned());
        Some(Part::Struct("sprig.certificate", vec![("Cert", text(&self.cert)), ("Key", text(&self.key))]))
    }

    fn is_stringer(&self) -> bool {
        false
    }

    fn format(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        out.extend_from_slice(&self.cert);
        out.push(b' ');
        out.extend_from_slice(&self.key);
        out.push(b'}');
    }

    fn fields(&self, heap: &mut Heap) -> Option<Vec<Field>> {
        Some(vec![Field::new("Cert", heap.string(&self.cert)), Field::new("Key", heap.string(&self.key))])
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        let map = heap.map();
        let (cert, key) = (heap.string(&self.cert), heap.string(&self.key));
        heap.put(map, "Cert", cert);
        heap.put(map, "Key", key);
        Ok(map)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What is kept of a signature.
struct Signature(Vec<u8>);

/// The steps of reading a key or signing with it.
const SIGN_STEPS: u64 = 12_500;

/// A new key from the host's randomness.
fn new_key(ctx: &mut Context<'_>, templates: &mut Templates<'_>, kind: Kind) -> Result<Arc<PrivateKey>, CallError> {
    ctx.charge(kind.cost())?;
    let mut seed = [0; 32];
    ctx.host.random(ctx.file, &mut seed);
    let name = [&[kind as u8], &seed[..]].concat();
    if let Some(kept) = templates.kept::<PrivateKey>(&name) {
        return Ok(kept);
    }
    let key = Arc::new(PrivateKey::generate(kind, seed)?);
    templates.keep(&name, Arc::clone(&key));
    Ok(key)
}

/// The key of a PEM text.
fn read_key(ctx: &mut Context<'_>, templates: &mut Templates<'_>, text: &[u8]) -> Result<Result<Arc<PrivateKey>, String>, CallError> {
    ctx.charge(SIGN_STEPS + text.len() as u64 / 64)?;
    let name = [b"PEM", text].concat();
    if let Some(kept) = templates.kept::<PrivateKey>(&name) {
        return Ok(Ok(kept));
    }
    Ok(PrivateKey::parse(text).map(|key| {
        let key = Arc::new(key);
        templates.keep(&name, Arc::clone(&key));
        key
    }))
}

fn rsa_key(ctx: &mut Context<'_>, templates: &mut Templates<'_>) -> Result<Arc<PrivateKey>, CallError> {
    new_key(ctx, templates, Kind::Rsa2048)
}

fn given_key(ctx: &mut Context<'_>, templates: &mut Templates<'_>, text: Value) -> Result<Arc<PrivateKey>, CallError> {
    let text = ctx.heap.str(text).to_vec();
    Ok(read_key(ctx, templates, &text)?.map_err(|error| format!("parsing private key: {error}"))?)
}

pub(crate) fn gen_private_key(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let Some(kind) = Kind::named(ctx.heap.str(args[0])) else {
        let text = [b"Unknown type ", ctx.heap.str(args[0])].concat();
        return string(ctx, text).map(Reentry::Value);
    };
    let key = new_key(ctx, templates, kind)?;
    string(ctx, key.to_pem()).map(Reentry::Value)
}

/// A list's elements, if each is a string.
fn strings(ctx: &Context<'_>, list: Value, wrong: &str) -> Result<Vec<Vec<u8>>, CallError> {
    let mut out = Vec::new();
    for &item in ctx.heap.items(list) {
        if item.ty() != Type::STRING {
            let mut text = Vec::new();
            print(ctx.heap, item, &mut text)?;
            return Err(CallError::Failed(format!("{wrong}: {} is not a string", String::from_utf8_lossy(&text))));
        }
        out.push(ctx.heap.str(item).to_vec());
    }
    Ok(out)
}

/// Source: `getBaseCertTemplate`. `names` are the addresses and the host names.
fn request(ctx: &mut Context<'_>, name: Value, names: Option<(Value, Value)>, days: Value) -> Result<Request, CallError> {
    const DAY: i64 = 24 * chartwright_go::duration::HOUR;
    let (mut ips, mut hosts) = (Vec::new(), Vec::new());
    if let Some((addresses, alternatives)) = names {
        for text in strings(ctx, addresses, "error parsing ip")? {
            let ip = std::str::from_utf8(&text).ok().and_then(|text| text.parse::<IpAddr>().ok());
            ips.push(ip.ok_or_else(|| format!("error parsing ip: {}", String::from_utf8_lossy(&text)))?);
        }
        hosts = strings(ctx, alternatives, "error processing alternate dns name")?;
    }
    let common_name = ctx.heap.str(name).to_vec();
    let mut serial = [0; 16];
    ctx.host.random(ctx.file, &mut serial);
    let (now, _) = clock(ctx);
    let not_after = now.plus(DAY.wrapping_mul(int(days)));
    Ok(Request { serial, common_name, ips, names: hosts, not_before: now, not_after, is_ca: false })
}

/// The certificate for a key. Source: `getCertAndKey`.
fn certificate(
    ctx: &mut Context<'_>,
    templates: &mut Templates<'_>,
    request: &Request,
    key: &PrivateKey,
    issuer: Option<(&Issuer, &PrivateKey)>,
) -> Answer {
    let failed = |error: String| CallError::Failed(format!("error creating certificate: {error}"));
    ctx.charge(SIGN_STEPS)?;
    let signer = issuer.map_or(key, |(_, signer)| signer);
    let body = x509::to_be_signed(request, issuer.map(|(issuer, _)| issuer), key, signer).map_err(failed)?;
    let name = [&body, signer.der()].concat();
    let signature = match templates.kept::<Signature>(&name) {
        Some(kept) => kept,
        None => {
            let signature = Arc::new(Signature(signer.sign(&body).map_err(failed)?));
            templates.keep(&name, Arc::clone(&signature));
            signature
        }
    };
    let whole = x509::signed(&body, signer, &signature.0).map_err(failed)?;
    let cert = pem::encode("CERTIFICATE", &whole);
    Ok(Reentry::Value(ctx.heap.new_object(Arc::new(Certificate { cert, key: key.to_pem() }))))
}

fn authority(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value], key: &PrivateKey) -> Answer {
    let request = Request { is_ca: true, ..request(ctx, args[0], None, args[1])? };
    certificate(ctx, templates, &request, key, None)
}

pub(crate) fn gen_ca(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let key = rsa_key(ctx, templates)?;
    authority(ctx, templates, args, &key)
}

pub(crate) fn gen_ca_with_key(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let key = given_key(ctx, templates, args[2])?;
    authority(ctx, templates, args, &key)
}

fn self_signed(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value], key: &PrivateKey) -> Answer {
    let request = request(ctx, args[0], Some((args[1], args[2])), args[3])?;
    certificate(ctx, templates, &request, key, None)
}

pub(crate) fn gen_self_signed_cert(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let key = rsa_key(ctx, templates)?;
    self_signed(ctx, templates, args, &key)
}

pub(crate) fn gen_self_signed_cert_with_key(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let key = given_key(ctx, templates, args[4])?;
    self_signed(ctx, templates, args, &key)
}

/// The issuer of a PEM text.
fn read_issuer(text: &[u8]) -> Result<Issuer, String> {
    let (_, bytes) = pem::decode(text).ok_or("unable to decode certificate")?;
    x509::parse(&bytes).map_err(|error| format!("error parsing certificate: decodedCert.Bytes: {error}"))
}

fn signed(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value], key: &PrivateKey) -> Answer {
    let object = ctx.heap.object(args[4]).ok_or("wrong type for value; expected sprig.certificate")?;
    let ca = object.as_any().downcast_ref::<Certificate>().ok_or("wrong type for value; expected sprig.certificate")?;
    let issuer = read_issuer(&ca.cert).map_err(|error| error.replace("decodedCert.", "decodedSignerCert."))?;
    let signer = read_key(ctx, templates, &ca.key)?.map_err(|error| format!("error parsing private key: {error}"))?;
    let request = request(ctx, args[0], Some((args[1], args[2])), args[3])?;
    certificate(ctx, templates, &request, key, Some((&issuer, &signer)))
}

pub(crate) fn gen_signed_cert(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let key = rsa_key(ctx, templates)?;
    signed(ctx, templates, args, &key)
}

pub(crate) fn gen_signed_cert_with_key(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let key = given_key(ctx, templates, args[5])?;
    signed(ctx, templates, args, &key)
}

pub(crate) fn build_custom_cert(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let decode = |value: Value, what: &str| {
        base64::decode64(ctx.heap.str(value)).map_err(|_| CallError::Failed(format!("unable to decode base64 {what}")))
    };
    let (cert, key) = (decode(args[0], "certificate")?, decode(args[1], "private key")?);
    read_issuer(&cert)?;
    read_key(ctx, templates, &key)?.map_err(|error| format!("error parsing private key: {error}"))?;
    Ok(Reentry::Value(ctx.heap.new_object(Arc::new(Certificate { cert, key }))))
}
