//! Checksums, as hexadecimal text (Adler-32 as decimal).

use crate::args::{Outcome, string};
use chartwright_template::Context;
use chartwright_value::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

fn digest<D: Digest>(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    ctx.charge(ctx.heap.str(args[0]).len() as u64 / 4)?;
    let mut out = Vec::with_capacity(128);
    for &byte in D::digest(ctx.heap.str(args[0])).iter() {
        out.extend_from_slice(&[HEX[(byte >> 4) as usize], HEX[(byte & 15) as usize]]);
    }
    string(ctx, out)
}

pub(crate) fn sha1sum(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    digest::<Sha1>(ctx, args)
}

pub(crate) fn sha256sum(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    digest::<Sha256>(ctx, args)
}

pub(crate) fn sha512sum(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    digest::<Sha512>(ctx, args)
}

pub(crate) fn adler32sum(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    const MODULUS: u32 = 65_521;
    let (mut low, mut high) = (1u32, 0u32);
    // So many sums fit into 32 bits before they must be reduced (zlib's NMAX).
    for chunk in ctx.heap.str(args[0]).chunks(5552) {
        for &byte in chunk {
            low += byte as u32;
            high += low;
        }
        (low, high) = (low % MODULUS, high % MODULUS);
    }
    string(ctx, (high << 16 | low).to_string())
}
