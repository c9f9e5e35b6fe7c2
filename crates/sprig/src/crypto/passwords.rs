//! Password hashes, derived passwords and AES. Source: `sprig/crypto.go`.

use super::Answer;
use crate::args::{int, string};
use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use blowfish::Blowfish;
use chartwright_go::base64;
use chartwright_template::{CallError, Context, Reentry, Templates};
use chartwright_value::Value;
use hmac::{Hmac, Mac};
use scrypt::Params;
use sha2::Sha256;
use std::sync::Arc;

/// What a slow hash costs, so that a chart cannot ask for thousands.
const HASH_STEPS: u64 = 250_000;

/// How long a password may be for bcrypt.
const LONGEST_PASSWORD: usize = 72;

/// `golang.org/x/crypto/bcrypt`'s default cost.
const COST: u32 = 10;

/// What is kept of slow work: it depends on its inputs alone, the salt among them.
struct Text(String);

fn text(ctx: &mut Context<'_>, bytes: impl AsRef<[u8]>) -> Answer {
    string(ctx, bytes).map(Reentry::Value)
}

/// A bcrypt hash, or what Sprig returns instead.
fn hashed(ctx: &mut Context<'_>, templates: &mut Templates<'_>, password: Value) -> Result<Arc<Text>, CallError> {
    const FAILED: &str = "failed to encrypt string with bcrypt: ";
    ctx.charge(HASH_STEPS)?;
    let mut salt = [0; 16];
    ctx.host.random(ctx.file, &mut salt);
    let password = ctx.heap.str(password);
    if password.len() > LONGEST_PASSWORD {
        return Ok(Arc::new(Text(format!("{FAILED}bcrypt: password length exceeds 72 bytes"))));
    }
    let name = [b"bcrypt", &salt[..], password].concat();
    if let Some(kept) = templates.kept::<Text>(&name) {
        return Ok(kept);
    }
    let hash = Arc::new(Text(bcrypt_text(password, &salt)));
    templates.keep(&name, Arc::clone(&hash));
    Ok(hash)
}

/// `$2a$10$`, salt and hash. Source: `golang.org/x/crypto/bcrypt/bcrypt.go`.
fn bcrypt_text(password: &[u8], salt: &[u8; 16]) -> String {
    // The password with the zero that ends it in C.
    let key = [password, &[0]].concat();
    let mut state = Blowfish::bc_init_state();
    state.salted_expand_key(salt, &key);
    for _ in 0..1 << COST {
        state.bc_expand_key(&key);
        state.bc_expand_key(salt);
    }
    let mut hash = Vec::with_capacity(24);
    for chunk in b"OrpheanBeholderScryDoubt".as_chunks::<8>().0 {
        let [a, b, c, d, e, f, g, h] = *chunk;
        let mut words = [u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h])];
        for _ in 0..64 {
            words = state.bc_encrypt(words);
        }
        words.iter().for_each(|word| hash.extend_from_slice(&word.to_be_bytes()));
    }
    // The last byte is left out by tradition.
    format!("$2a${COST:02}${}{}", bcrypt_base64(salt), bcrypt_base64(&hash[..23]))
}

/// Base64 in bcrypt's alphabet, without padding.
fn bcrypt_base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let sum = chunk.iter().fold(0u32, |sum, &byte| sum << 8 | byte as u32) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).for_each(|place| out.push(ALPHABET[(sum >> (18 - 6 * place) & 63) as usize] as char));
    }
    out
}

pub(crate) fn bcrypt(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let hash = hashed(ctx, templates, args[0])?;
    text(ctx, &hash.0)
}

pub(crate) fn htpasswd(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    let user = ctx.heap.str(args[0]).to_vec();
    if user.contains(&b':') {
        return text(ctx, [b"invalid username: ", &user[..]].concat());
    }
    let hash = hashed(ctx, templates, args[1])?;
    text(ctx, [&user[..], b":", hash.0.as_bytes()].concat())
}

/// What each kind of password may look like, a letter for each class of characters.
fn shapes(kind: &[u8]) -> Option<&'static [&'static str]> {
    Some(match kind {
        b"maximum" => &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
        b"long" => &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
        b"medium" => &["CvcnoCvc", "CvcCvcno"],
        b"short" => &["Cvcn"],
        b"basic" => &["aaanaaan", "aannaaan", "aaannaaa"],
        b"pin" => &["nnnn"],
        _ => return None,
    })
}

fn characters(class: u8) -> &'static [u8] {
    match class {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

/// The master password algorithm: scrypt of user and password, then a code over site and counter.
pub(crate) fn derive_password(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Answer {
    const SEED: &[u8] = b"com.lyndir.masterpassword";
    const FAILED: &str = "failed to derive password: ";
    let counter = int(args[0]) as u32;
    let Some(shapes) = shapes(ctx.heap.str(args[1])) else {
        let message = [b"cannot find password template ", ctx.heap.str(args[1])].concat();
        return text(ctx, message);
    };
    ctx.charge(HASH_STEPS)?;
    let named = |name: &[u8]| [SEED, &(name.len() as u32).to_be_bytes(), name].concat();
    let (password, user) = (ctx.heap.str(args[2]), ctx.heap.str(args[3]));
    let name = [&named(user), password].concat();
    let key = match templates.kept::<MasterKey>(&name) {
        Some(kept) => Ok(kept.0),
        None => {
            let key = master_key(password, &named(user));
            if let Ok(key) = &key {
                templates.keep(&name, Arc::new(MasterKey(*key)));
            }
            key
        }
    };
    let mac = |key: [u8; 64]| <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&key).map_err(|error| error.to_string());
    let mut mac = match key.and_then(mac) {
        Ok(mac) => mac,
        Err(error) => return text(ctx, format!("{FAILED}{error}")),
    };
    mac.update(&named(ctx.heap.str(args[4])));
    mac.update(&counter.to_be_bytes());
    let seed = mac.finalize().into_bytes();
    let shape = shapes[seed[0] as usize % shapes.len()];
    let password: Vec<u8> = shape
        .bytes()
        .zip(&seed[1..])
        .map(|(class, &number)| {
            let characters = characters(class);
            characters[number as usize % characters.len()]
        })
        .collect();
    text(ctx, password)
}

/// What scrypt makes of a master password, kept because it is slow.
struct MasterKey([u8; 64]);

fn master_key(password: &[u8], salt: &[u8]) -> Result<[u8; 64], String> {
    let mut key = [0; 64];
    let params = Params::new(15, 8, 2).map_err(|error| error.to_string())?;
    scrypt::scrypt(password, salt, &params, &mut key).map_err(|error| error.to_string())?;
    Ok(key)
}

/// The size of a block, and of what stands in front of the first.
const BLOCK: usize = 16;

/// The cipher of a password, cut or filled with zeros to 32 bytes.
fn cipher(password: &[u8]) -> Aes256 {
    let mut key = [0; 32];
    let length = password.len().min(key.len());
    key[..length].copy_from_slice(&password[..length]);
    Aes256::new(&key.into())
}

/// AES-256 in CBC mode with PKCS #7 padding, the initialisation vector in front.
pub(crate) fn encrypt_aes(ctx: &mut Context<'_>, _: &mut Templates<'_>, args: &[Value]) -> Answer {
    let mut content = ctx.heap.str(args[1]).to_vec();
    if content.is_empty() {
        return Ok(Reentry::Value(Value::EMPTY));
    }
    ctx.charge_bytes(content.len() * 2)?;
    let padding = BLOCK - content.len() % BLOCK;
    content.resize(content.len() + padding, padding as u8);
    let mut before = [0; BLOCK];
    ctx.host.random(ctx.file, &mut before);
    let cipher = cipher(ctx.heap.str(args[0]));
    let mut out = before.to_vec();
    for chunk in content.as_chunks::<BLOCK>().0 {
        let mut block = *chunk;
        block.iter_mut().zip(before).for_each(|(byte, other)| *byte ^= other);
        let mut block = block.into();
        cipher.encrypt_block(&mut block);
        before = block.into();
        out.extend_from_slice(&before);
    }
    text(ctx, base64::encode64(&out))
}

pub(crate) fn decrypt_aes(ctx: &mut Context<'_>, _: &mut Templates<'_>, args: &[Value]) -> Answer {
    if ctx.heap.str(args[1]).is_empty() {
        return Ok(Reentry::Value(Value::EMPTY));
    }
    let coded = base64::decode64(ctx.heap.str(args[1])).map_err(|at| format!("illegal base64 data at input byte {at}"))?;
    let (head, rest) = coded.as_chunks::<BLOCK>();
    let Some((mut before, blocks)) = head.split_first().map(|(first, blocks)| (*first, blocks)) else {
        return Err(
            format!("runtime error: slice bounds out of range [:{BLOCK}] with capacity {}", ctx.heap.str(args[1]).len() / 4 * 3).into()
        );
    };
    if !rest.is_empty() {
        return Err("crypto/cipher: input not full blocks".into());
    }
    ctx.charge_bytes(coded.len())?;
    let cipher = cipher(ctx.heap.str(args[0]));
    let mut out = Vec::with_capacity(coded.len());
    for chunk in blocks {
        let mut block = (*chunk).into();
        cipher.decrypt_block(&mut block);
        let plain: [u8; BLOCK] = block.into();
        out.extend(plain.iter().zip(before).map(|(byte, other)| byte ^ other));
        before = *chunk;
    }
    let Some(&padding) = out.last() else {
        return Err("runtime error: index out of range [-1]".into());
    };
    match out.len().checked_sub(padding as usize) {
        Some(length) => {
            out.truncate(length);
            text(ctx, out)
        }
        None => Err(format!("runtime error: slice bounds out of range [:{}]", out.len() as i64 - padding as i64).into()),
    }
}
