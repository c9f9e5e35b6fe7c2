//! The engine's web worker: a configuring session behind messages.

use gloo::worker::Registrable;

fn main() {
    chartwright_app::engine::Engine::registrar().register();
}
