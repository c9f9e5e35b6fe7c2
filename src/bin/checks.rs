//! The checks' web worker: findings and totals behind messages, loaded after the first manifest is shown.

use gloo::worker::Registrable;

fn main() {
    chartwright_app::checks::Checker::registrar().register();
}
