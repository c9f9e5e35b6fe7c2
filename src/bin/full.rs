//! The engine's worker with all that is heavy and rare, loaded when a chart asks for it: as `engine.rs` beside it.

use gloo::worker::Registrable;

fn main() {
    chartwright_app::engine::Engine::registrar().register();
}
