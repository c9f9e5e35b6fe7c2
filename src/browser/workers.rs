//! Workers that can be ended from outside: gloo's bridges, each with the browser's worker beside it.

use gloo::events::EventListener;
use gloo::worker::{Spawnable, Worker, WorkerBridge};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/browser/glue.js")]
extern "C" {
    fn capture(make: &mut dyn FnMut()) -> Option<web_sys::Worker>;
}

/// A running worker. Dropping it ends it, whatever it is doing.
pub(crate) struct Running<W: Worker> {
    bridge: WorkerBridge<W>,
    native: Option<web_sys::Worker>,
    _crash: Option<EventListener>,
}

impl<W> Running<W>
where
    W: Worker + Spawnable<Spawner = gloo::worker::WorkerSpawner<W>> + 'static,
    W::Input: Serialize + DeserializeOwned,
    W::Output: Serialize + DeserializeOwned,
{
    /// Starts the worker whose loader script is at `loader`. `answer` hears its outputs, `crash` that it trapped or could not be loaded.
    pub(crate) fn start(loader: &str, answer: impl Fn(W::Output) + 'static, mut crash: impl FnMut() + 'static) -> Option<Self> {
        let mut spawner = W::spawner();
        spawner.callback(answer).as_module(false).with_loader(true);
        let mut bridge = None;
        let native = capture(&mut || bridge = Some(spawner.spawn(loader)));
        let _crash = native.as_ref().map(|native| EventListener::new(native, "error", move |_| crash()));
        Some(Self { bridge: bridge?, native, _crash })
    }

    /// Hands it something to do.
    pub(crate) fn send(&self, input: W::Input) {
        self.bridge.send(input);
    }
}

impl<W: Worker> Drop for Running<W> {
    fn drop(&mut self) {
        if let Some(native) = &self.native {
            native.terminate();
        }
    }
}
