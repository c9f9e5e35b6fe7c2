//! The engine's worker: a [`Session`] behind messages. Starts in `bin/engine.rs`; with the feature `full`, that is with all that is heavy
//! and rare, in `bin/full.rs`. The first gives way to the second, in the same worker, when a chart asks for something that it leaves out.

use chartwright_configure::Session;
use chartwright_configure::protocol::wire::{self, Wire};
use chartwright_configure::protocol::{Action, Update};
use gloo::worker::{HandlerId, Worker, WorkerScope};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use wasm_bindgen::prelude::*;

/// What the worker's loader script (made by `tools/finish-page.mjs`) offers under this name.
#[wasm_bindgen(js_namespace = loader)]
extern "C" {
    /// Keeps the message at hand for another engine, instead of all before if it begins anew.
    fn keep(anew: bool);

    /// Fetches the full engine, tells it the kept messages, and hands it the message at hand with the state to go on from.
    #[wasm_bindgen(catch)]
    fn full(carried: &[u8], again: bool) -> Result<(), JsValue>;

    /// What an engine before this one has left: nothing, or its state and whether the message at hand is still to be acted on.
    fn left() -> Option<Left>;

    /// Whether a kept message is told, which was answered long ago.
    fn quiet() -> bool;

    type Left;

    #[wasm_bindgen(method, getter)]
    fn carried(this: &Left) -> Vec<u8>;

    #[wasm_bindgen(method, getter)]
    fn again(this: &Left) -> bool;
}

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

    fn received(&mut self, scope: &WorkerScope<Self>, Request { sequence, action }: Request, id: HandlerId) {
        let session = &mut self.0;
        if cfg!(feature = "full") {
            if quiet() {
                let _ = session.act(action, &mut micros);
                return;
            }
            if let Some(left) = left() {
                let carried = left.carried();
                let went_on = carried.is_empty() || session.go_on_from(&carried);
                if went_on && !left.again() {
                    scope.respond(id, Response { sequence, update: session.refresh(&mut micros) });
                    return;
                }
            }
            scope.respond(id, Response { sequence, update: session.act(action, &mut micros) });
            return;
        }
        let (anew, charts) = (matches!(action, Action::Start { .. }), matches!(action, Action::AddChart(_) | Action::RemoveChart(_)));
        // The full engine does these anew, so it goes on from what was before them.
        let before = if charts { session.carry() } else { Vec::new() };
        let mut update = session.act(action, &mut micros);
        if session.takes_more() {
            let again = anew || charts;
            let carried = if again { before } else { session.carry() };
            scope.respond(id, Response { sequence, update: Update { loading: true, ..Update::default() } });
            if full(&carried, again).is_ok() {
                return;
            }
            update.notice =
                Some("The part of the engine that this chart needs could not be fetched. Reload the page to try again.".to_owned());
        }
        if anew || charts {
            keep(anew);
        }
        scope.respond(id, Response { sequence, update });
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
