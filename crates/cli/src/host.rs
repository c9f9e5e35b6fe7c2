//! The real world for templates: this machine's clock, randomness and resolver. No cluster.

use chartwright_go::time::{Zone, zone_at};
use chartwright_template::Host;
use chartwright_value::{Heap, Value};
use std::io::Read;
use std::net::ToSocketAddrs;
use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// When the program began: the first call says so.
pub(crate) fn begin() -> Instant {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    *BEGUN.get_or_init(Instant::now)
}

/// This machine's zone at an instant, as Go finds it: by `TZ`, or by what `/etc/localtime` leads to. Source: `time/zoneinfo_unix.go`.
fn local_zone(seconds: i64) -> Zone {
    let name = match std::env::var("TZ") {
        Ok(name) => name.strip_prefix(':').unwrap_or(&name).to_owned(),
        Err(_) => std::fs::read_link("/etc/localtime").map_or_else(|_| String::new(), |place| place.to_string_lossy().into_owned()),
    };
    let name = name.split_once("zoneinfo/").map_or(&*name, |(_, name)| name);
    zone_at(name, seconds).unwrap_or_else(Zone::utc)
}

/// See the module.
pub(crate) struct Machine;

impl Host for Machine {
    fn now(&mut self) -> (i128, i32, String) {
        let nanoseconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as i128);
        let Zone { offset, name, .. } = local_zone(nanoseconds.div_euclid(1_000_000_000) as i64);
        (nanoseconds, offset, name)
    }

    fn elapsed(&mut self) -> i64 {
        i64::try_from(begin().elapsed().as_nanos()).unwrap_or(i64::MAX)
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

    fn load(&mut self, url: &str) -> Result<Vec<u8>, String> {
        crate::remote::load(url)
    }
}
