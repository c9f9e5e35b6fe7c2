//! The engine's web worker: a configuring session behind messages. The build asks the same module for what a first visitor sees.

use chartwright_configure::Session;
use chartwright_configure::protocol::{Action, wire};
use gloo::worker::Registrable;
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {
    chartwright_app::engine::Engine::registrar().register();
}

/// The answer to the start of a first visit, in bytes: `tools/finish-page.mjs` puts it beside the page, which shows it before the engine is there.
#[wasm_bindgen]
pub fn first_look(bundle: String) -> Vec<u8> {
    let start = Action::Start { bundle, dropped: Vec::new(), fragment: None, saved: None };
    wire::encode(&Session::new().act(start, &mut || 0.0))
}
