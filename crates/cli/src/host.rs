//! The real world for templates: this machine's clock, randomness and resolver. No cluster.

use chartwright_template::Host;
use chartwright_value::{Heap, Value};
use std::io::Read;
use std::net::ToSocketAddrs;
use std::time::{SystemTime, UNIX_EPOCH};

/// See the module.
pub(crate) struct Machine;

impl Host for Machine {
    fn now(&mut self) -> (i128, i32, String) {
        let nanoseconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as i128);
        (nanoseconds, 0, "UTC".to_owned())
    }

    fn random(&mut self, _file: &str, buffer: &mut [u8]) {
        let filled = std::fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(buffer));
        if filled.is_err() {
            // Systems without that file: the standard library's hasher is seeded by the system at random.
            for chunk in buffer.chunks_mut(8) {
                use std::hash::{BuildHasher, Hasher};
                let number = std::hash::RandomState::new().build_hasher().finish().to_le_bytes();
                chunk.copy_from_slice(&number[..chunk.len()]);
            }
        }
    }

    fn lookup(&mut self, heap: &mut Heap, _: &str, _: &str, _: &str, _: &str) -> Result<Value, String> {
        Ok(heap.map())
    }

    fn resolve(&mut self, name: &str) -> String {
        (name, 0).to_socket_addrs().ok().and_then(|mut found| found.next()).map_or_else(String::new, |address| address.ip().to_string())
    }
}
