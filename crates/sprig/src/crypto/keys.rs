//! Private keys: made, read from PEM and written to it, and what signs with them. Source: `sprig/crypto.go`.
//! How they are read is in `keys/read`, what is signed in `x509`.

mod read;

pub(super) use read::dotted;

use super::der::{self, tag};
use super::pem;
use super::rng::{Seed, Stream};
use ed25519_dalek::Signer as _;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use read::{parse_dsa, parse_ec, parse_pkcs1, parse_pkcs8};
use rsa::BoxedUint;
use rsa::rand_core::Rng as _;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use sha2::{Digest, Sha256, Sha384, Sha512};

pub(super) const OID_RSA: &[u8] = &[0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1];
pub(super) const OID_EC: &[u8] = &[0x06, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1];
pub(super) const OID_ED25519: &[u8] = &[0x06, 3, 0x2B, 0x65, 0x70];
const OID_X25519: &[u8] = &[0x06, 3, 0x2B, 0x65, 0x6E];
const OID_RSA_SHA256: &[u8] = &[0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 11];
/// The object identifier of ECDSA with SHA-2, without its last number.
const OID_ECDSA_SHA2: [u8; 9] = [0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3];
pub(super) const NULL: &[u8] = &[tag::NULL, 0];
/// What stands before a SHA-256 hash in an RSA signature (RFC 8017, 9.2).
const SHA256_PREFIX: [u8; 19] = [0x30, 0x31, 0x30, 0x0D, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];

/// The elliptic curves whose keys can be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
    P521,
}

impl Curve {
    /// Its object identifier, whole.
    pub(super) const fn oid(self) -> &'static [u8] {
        match self {
            Curve::P256 => &[0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7],
            Curve::P384 => &[0x06, 5, 0x2B, 0x81, 4, 0, 34],
            Curve::P521 => &[0x06, 5, 0x2B, 0x81, 4, 0, 35],
        }
    }

    pub(super) fn from_oid(oid: &[u8]) -> Option<Curve> {
        [Curve::P256, Curve::P384, Curve::P521].into_iter().find(|curve| curve.oid() == oid)
    }

    /// Bytes of a private key.
    const fn size(self) -> usize {
        match self {
            Curve::P256 => 32,
            Curve::P384 => 48,
            Curve::P521 => 66,
        }
    }
}

enum Secret {
    Rsa(Box<rsa::PrivateKey>),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Ed25519(Box<ed25519_dalek::SigningKey>),
    /// DSA and X25519: Go reads and writes them, and signs with neither.
    Mute(&'static str),
}

/// A private key with its public half.
pub(super) struct PrivateKey {
    secret: Secret,
    /// The name of its PEM block.
    kind: &'static str,
    der: Vec<u8>,
    public: Public,
}

/// A public key as certificates hold it.
#[derive(PartialEq, Eq)]
pub(super) struct Public {
    /// The `AlgorithmIdentifier`.
    pub(super) algorithm: Vec<u8>,
    /// What the bit string holds.
    pub(super) bytes: Vec<u8>,
}

/// What can be made anew.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Rsa2048,
    Rsa4096,
    Dsa,
    Ecdsa,
    Ed25519,
}

impl Kind {
    /// What `genPrivateKey` is asked for.
    pub(super) fn named(name: &[u8]) -> Option<Kind> {
        match name {
            b"" | b"rsa" => Some(Kind::Rsa4096),
            b"dsa" => Some(Kind::Dsa),
            b"ecdsa" => Some(Kind::Ecdsa),
            b"ed25519" => Some(Kind::Ed25519),
            _ => None,
        }
    }

    /// Steps to charge: so that a chart cannot ask for hundreds of slow ones. They take longer than other steps do: some charts do ask
    /// for many.
    pub(super) const fn cost(self) -> u64 {
        match self {
            Kind::Rsa2048 => 1_250_000,
            Kind::Rsa4096 | Kind::Dsa => 10_000_000,
            Kind::Ecdsa | Kind::Ed25519 => 25_000,
        }
    }
}

impl PrivateKey {
    /// A new key. The same seed makes the same key.
    ///
    /// # Errors
    /// The library's text; none is known to happen.
    pub(super) fn generate(kind: Kind, seed: Seed) -> Result<PrivateKey, String> {
        let mut rng = Stream::new(seed);
        match kind {
            Kind::Rsa2048 | Kind::Rsa4096 => {
                let bits = if kind == Kind::Rsa2048 { 2048 } else { 4096 };
                let key = rsa::PrivateKey::new(&mut rng, bits).map_err(|error| error.to_string())?;
                let der = pkcs1(&key).ok_or("crypto/rsa: missing precomputed values")?;
                Ok(PrivateKey::rsa(key, der))
            }
            Kind::Dsa => Ok(PrivateKey::dsa(&mut rng)),
            Kind::Ecdsa => {
                let scalar = loop {
                    let mut scalar = [0; 32];
                    rng.fill_bytes(&mut scalar);
                    if p256::ecdsa::SigningKey::from_slice(&scalar).is_ok() {
                        break scalar;
                    }
                };
                PrivateKey::ec(Curve::P256, &scalar)
            }
            Kind::Ed25519 => {
                let mut secret = [0; 32];
                rng.fill_bytes(&mut secret);
                Ok(PrivateKey::ed25519(&secret))
            }
        }
    }

    fn rsa(key: rsa::PrivateKey, der: Vec<u8>) -> PrivateKey {
        let algorithm = der::sequence(&[OID_RSA, NULL]);
        let bytes = der::sequence(&[&der::integer(&key.n_bytes()), &der::integer(&key.e_bytes())]);
        PrivateKey { secret: Secret::Rsa(Box::new(key)), kind: "RSA PRIVATE KEY", der, public: Public { algorithm, bytes } }
    }

    fn dsa(rng: &mut Stream) -> PrivateKey {
        let Ok(components) = dsa::Components::try_generate_from_rng_with_key_size(rng, dsa::KeySize::DSA_2048_256);
        let Ok(key) = dsa::SigningKey::try_generate_from_rng_with_components(rng, components);
        let (public, components) = (key.verifying_key(), key.verifying_key().components());
        let number = |number: &BoxedUint| der::integer(&number.to_be_bytes());
        let der = der::sequence(&[
            &der::integer(&[0]),
            &number(components.p()),
            &number(components.q()),
            &number(components.g()),
            &number(public.y()),
            &number(key.x()),
        ]);
        PrivateKey::mute("*dsa.PublicKey", "DSA PRIVATE KEY", der)
    }

    fn mute(public: &'static str, kind: &'static str, der: Vec<u8>) -> PrivateKey {
        PrivateKey { secret: Secret::Mute(public), kind, der, public: Public { algorithm: Vec::new(), bytes: Vec::new() } }
    }

    /// A key on a curve from its scalar of the curve's size.
    fn ec(curve: Curve, scalar: &[u8]) -> Result<PrivateKey, String> {
        const UNFIT: &str = "ecdsa: private key is zero";
        let (secret, bytes) = match curve {
            Curve::P256 => {
                let key = p256::ecdsa::SigningKey::from_slice(scalar).map_err(|_| UNFIT)?;
                let bytes = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
                (Secret::P256(key), bytes)
            }
            Curve::P384 => {
                let key = p384::ecdsa::SigningKey::from_slice(scalar).map_err(|_| UNFIT)?;
                let bytes = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
                (Secret::P384(key), bytes)
            }
            Curve::P521 => {
                let key = p521::ecdsa::SigningKey::from_slice(scalar).map_err(|_| UNFIT)?;
                let bytes = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
                (Secret::P521(key), bytes)
            }
        };
        let der = der::sequence(&[
            &der::integer(&[1]),
            &der::value(tag::OCTET_STRING, scalar),
            &der::value(0xA0, curve.oid()),
            &der::value(0xA1, &der::bits(&bytes)),
        ]);
        let algorithm = der::sequence(&[OID_EC, curve.oid()]);
        Ok(PrivateKey { secret, kind: "EC PRIVATE KEY", der, public: Public { algorithm, bytes } })
    }

    fn ed25519(seed: &[u8; 32]) -> PrivateKey {
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let inner = der::value(tag::OCTET_STRING, seed);
        let algorithm = der::sequence(&[OID_ED25519]);
        let der = der::sequence(&[&der::integer(&[0]), &algorithm, &der::value(tag::OCTET_STRING, &inner)]);
        let bytes = key.verifying_key().as_bytes().to_vec();
        PrivateKey { secret: Secret::Ed25519(Box::new(key)), kind: "PRIVATE KEY", der, public: Public { algorithm, bytes } }
    }

    /// The key in a PEM text. Source: `sprig/crypto.go`, `parsePrivateKeyPEM`.
    ///
    /// # Errors
    /// Sprig's and Go's texts.
    pub(super) fn parse(text: &[u8]) -> Result<PrivateKey, String> {
        let (kind, bytes) = pem::decode(text).ok_or("no PEM data in input")?;
        if kind == b"PRIVATE KEY" {
            return parse_pkcs8(&bytes).map_err(|error| format!("decoding PEM as PKCS#8: {error}"));
        }
        let Some(short) = kind.strip_suffix(b" PRIVATE KEY") else {
            return Err(format!("no private key data in PEM block of type {}", String::from_utf8_lossy(kind)));
        };
        match short {
            b"RSA" => parse_pkcs1(&bytes).map_err(|error| format!("parsing RSA private key from PEM: {error}")),
            b"EC" => parse_ec(None, &bytes).map_err(|error| format!("parsing EC private key from PEM: {error}")),
            b"DSA" => parse_dsa(&bytes).map_err(|error| format!("parsing DSA private key from PEM: {error}")),
            _ => Err(format!("invalid private key type {}", String::from_utf8_lossy(kind))),
        }
    }

    /// As `pemBlockForKey` writes it.
    pub(super) fn to_pem(&self) -> Vec<u8> {
        pem::encode(self.kind, &self.der)
    }

    /// Its bytes, which no other key has.
    pub(super) fn der(&self) -> &[u8] {
        &self.der
    }

    /// The public half.
    ///
    /// # Errors
    /// Go's text where certificates cannot hold it.
    pub(super) fn public(&self) -> Result<&Public, String> {
        match self.secret {
            Secret::Mute(name) => Err(format!("x509: unsupported public key type: {name}")),
            _ => Ok(&self.public),
        }
    }

    /// The `AlgorithmIdentifier` of its signatures.
    ///
    /// # Errors
    /// Go's text for a key that cannot sign.
    pub(super) fn signature_algorithm(&self) -> Result<Vec<u8>, String> {
        let ecdsa = |last: u8| der::sequence(&[&[&OID_ECDSA_SHA2[..], &[last]].concat()]);
        Ok(match self.secret {
            Secret::Rsa(_) => der::sequence(&[OID_RSA_SHA256, NULL]),
            Secret::P256(_) => ecdsa(2),
            Secret::P384(_) => ecdsa(3),
            Secret::P521(_) => ecdsa(4),
            Secret::Ed25519(_) => der::sequence(&[OID_ED25519]),
            Secret::Mute(_) => return Err("x509: certificate private key does not implement crypto.Signer".to_owned()),
        })
    }

    /// A signature over a message.
    ///
    /// # Errors
    /// Go's text for keys that are too small; the library's for others.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, String> {
        fn text<E: ToString>(error: E) -> String {
            error.to_string()
        }
        match &self.secret {
            Secret::Rsa(key) => {
                let bits = key.n().bit_width_vartime();
                if bits < 1024 {
                    return Err(format!(
                        "crypto/rsa: {bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)"
                    ));
                }
                let hashed = [&SHA256_PREFIX[..], &Sha256::digest(message)].concat();
                key.sign(rsa::Pkcs1v15Sign::new_unprefixed(), &hashed).map_err(text)
            }
            Secret::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(&Sha256::digest(message)).map_err(text)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Secret::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign_prehash(&Sha384::digest(message)).map_err(text)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Secret::P521(key) => {
                let signature: p521::ecdsa::Signature = key.sign_prehash(&Sha512::digest(message)).map_err(text)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Secret::Ed25519(key) => Ok(key.sign(message).to_bytes().to_vec()),
            Secret::Mute(_) => self.signature_algorithm(),
        }
    }
}

/// PKCS #1, with the values that speed a key up.
fn pkcs1(key: &rsa::PrivateKey) -> Option<Vec<u8>> {
    let [p, q] = key.primes() else { return None };
    let numbers = [
        key.n_bytes(),
        key.e_bytes(),
        key.d().to_be_bytes(),
        p.to_be_bytes(),
        q.to_be_bytes(),
        key.dp()?.to_be_bytes(),
        key.dq()?.to_be_bytes(),
        key.qinv()?.retrieve().to_be_bytes(),
    ];
    let numbers: Vec<u8> = numbers.iter().flat_map(|number| der::integer(number)).collect();
    Some(der::sequence(&[&der::integer(&[0]), &numbers]))
}
