//! The page: starts the app. Everything it shows comes from the session in the engine's worker; nothing is decided here.

#![expect(unreachable_pub, reason = "what the component macro writes is `pub` in a binary")]

mod browser;
mod chain;
mod compare;
mod editor;
mod findings;
mod form;
mod insights;
mod layers;
mod manifests;
mod notes;
mod result;
mod sections;
mod session;
mod shell;
mod stack;
mod state;
mod values;
mod view;

fn main() {
    browser::theme::restore();
    leptos::mount::mount_to_body(shell::App);
}
