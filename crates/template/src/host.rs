//! What a template may ask of the world. The caller of a render hands it in, so that the engine itself stays pure.

use chartwright_value::{Heap, Value};

/// The world as a template sees it. The command gives the real one, the page a seeded one.
pub trait Host {
    /// Nanoseconds since the Unix epoch, and the local time zone's offset in seconds with its abbreviation.
    fn now(&mut self) -> (i128, i32, String);

    /// Nanoseconds since the program began, which Go's `now` prints beside the time.
    fn elapsed(&mut self) -> i64 {
        0
    }

    /// Fills a buffer with randomness. `file` is the template that asks, so that one file's output does not depend on another's.
    fn random(&mut self, file: &str, buffer: &mut [u8]);

    /// Helm's `lookup`: an object or a list from the cluster, built on the heap; an empty map where there is none.
    ///
    /// # Errors
    /// The text of the cluster's error.
    fn lookup(&mut self, heap: &mut Heap, api_version: &str, kind: &str, namespace: &str, name: &str) -> Result<Value, String>;

    /// Helm's `getHostByName`: an address, or the empty string.
    fn resolve(&mut self, name: &str) -> String;

    /// A line that a function of a template has to say beside what it gives: Helm's linter lets `required` and `fail` pass, and tells of them.
    fn tell(&mut self, _line: String) {}

    /// The document at a URL (`file`, `http` or `https`) that a values schema refers to.
    ///
    /// # Errors
    /// Why there is none, as Go tells it.
    fn load(&mut self, url: &str) -> Result<Vec<u8>, String> {
        Err(format!("{url} is outside of the chart, and nothing is loaded from there"))
    }
}

/// A world that stands still: time zero, zeros for randomness, no cluster, no network.
pub struct NoHost;

impl Host for NoHost {
    fn now(&mut self) -> (i128, i32, String) {
        (0, 0, "UTC".to_owned())
    }

    fn random(&mut self, _file: &str, buffer: &mut [u8]) {
        buffer.fill(0);
    }

    fn lookup(&mut self, heap: &mut Heap, _: &str, _: &str, _: &str, _: &str) -> Result<Value, String> {
        Ok(heap.map())
    }

    fn resolve(&mut self, _name: &str) -> String {
        String::new()
    }
}
