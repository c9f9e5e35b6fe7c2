//! The world that a preview sees: time stands still, and randomness depends only on the template that asks and how often it asked, so that
//! a render is the same from one key press to the next.

use chartwright_template::Host;
use chartwright_value::{Heap, Value};
use std::collections::HashMap;

/// 2026-01-01T00:00:00Z.
const NOW_NANOS: i128 = 1_767_225_600_000_000_000;

/// A seeded host. A new one for each render.
#[derive(Default)]
pub(crate) struct Preview {
    asked: HashMap<String, u64>,
}

impl Host for Preview {
    fn now(&mut self) -> (i128, i32, String) {
        (NOW_NANOS, 0, "UTC".to_owned())
    }

    fn random(&mut self, file: &str, buffer: &mut [u8]) {
        let calls = match self.asked.get_mut(file) {
            Some(calls) => calls,
            None => self.asked.entry(file.to_owned()).or_default(),
        };
        // FNV-1a of the file's name, then SplitMix64: evenly spread, and no secret.
        let mut state = file.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        state = state.wrapping_add(calls.wrapping_mul(0xd134_2543_de82_ef95));
        *calls += 1;
        for chunk in buffer.chunks_mut(8) {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            chunk.copy_from_slice(&z.to_le_bytes()[..chunk.len()]);
        }
    }

    fn lookup(&mut self, heap: &mut Heap, _: &str, _: &str, _: &str, _: &str) -> Result<Value, String> {
        Ok(heap.map())
    }

    fn resolve(&mut self, _name: &str) -> String {
        String::new()
    }
}
