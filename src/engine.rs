//! The engine's worker: a [`Session`] behind messages. Starts in `bin/engine.rs`.

use chartwright_configure::Session;
use chartwright_configure::protocol::wire::{self, Wire};
use chartwright_configure::protocol::{Action, Update};
use gloo::worker::{HandlerId, Worker, WorkerScope};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use wasm_bindgen::JsCast;

/// An action with its number, by which the page knows what has been answered.
#[derive(Debug)]
pub struct Request {
    /// Counted up by the page.
    pub sequence: u32,
    /// What the user did.
    pub action: Action,
}

/// The answer to a [`Request`].
#[derive(Debug)]
pub struct Response {
    /// The request's number.
    pub sequence: u32,
    /// What changed.
    pub update: Update,
}

macro_rules! message {
    ($name:ident { $number:ident, $content:ident }) => {
        impl Wire for $name {
            fn put(&self, out: &mut Vec<u8>) {
                self.$number.put(out);
                self.$content.put(out);
            }

            fn take(input: &mut &[u8]) -> Option<Self> {
                Some($name { $number: Wire::take(input)?, $content: Wire::take(input)? })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                wire::serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                wire::deserialize(deserializer)
            }
        }
    };
}
message!(Request { sequence, action });
message!(Response { sequence, update });

/// The worker: one session.
pub struct Engine(Session);

impl Worker for Engine {
    type Message = ();
    type Input = Request;
    type Output = Response;

    fn create(_: &WorkerScope<Self>) -> Self {
        Self(Session::new())
    }

    fn update(&mut self, _: &WorkerScope<Self>, (): ()) {}

    fn received(&mut self, scope: &WorkerScope<Self>, request: Request, id: HandlerId) {
        let update = self.0.act(request.action, &mut micros);
        scope.respond(id, Response { sequence: request.sequence, update });
    }
}

/// The worker's clock, for how long a render took.
fn micros() -> f64 {
    js_sys::global()
        .dyn_into::<web_sys::WorkerGlobalScope>()
        .ok()
        .and_then(|scope| scope.performance())
        .map_or(0.0, |performance| performance.now() * 1000.0)
}
