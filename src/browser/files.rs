//! Files in and out: charts fetched, values files dropped in, downloads handed out.

use super::charts::Given;
use super::dom;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::file::{Blob, File, ObjectUrl, futures::read_as_text};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, HtmlAnchorElement, Response};

/// Larger values files are refused: nobody writes them by hand, and the engine has its own limit.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// The text at an address of our own origin.
pub(crate) async fn fetch_text(address: &str) -> Result<String, String> {
    let response = fetch(address).await?;
    let text = response.text().map(JsFuture::from).map_err(|_| failed(address))?.await;
    text.ok().and_then(|text| text.as_string()).ok_or_else(|| failed(address))
}

/// The bytes at an address of our own origin.
pub(crate) async fn fetch_bytes(address: &str) -> Result<Vec<u8>, String> {
    let response = fetch(address).await?;
    let bytes = response.array_buffer().map(JsFuture::from).map_err(|_| failed(address))?.await;
    bytes.map(|bytes| js_sys::Uint8Array::new(&bytes).to_vec()).map_err(|_| failed(address))
}

fn failed(address: &str) -> String {
    format!("{address} could not be loaded")
}

async fn fetch(address: &str) -> Result<Response, String> {
    let failed = || failed(address);
    let response: Response =
        JsFuture::from(dom::window().fetch_with_str(address)).await.map_err(|_| failed())?.dyn_into().map_err(|_| failed())?;
    if !response.ok() {
        return Err(format!("{} (status {})", failed(), response.status()));
    }
    Ok(response)
}

/// Hands a text to the user as a file to save.
pub(crate) fn download(name: &str, text: &str) {
    save(name, ObjectUrl::from(Blob::new_with_options(text, Some("application/yaml"))));
}

/// The same with bytes of a type.
pub(crate) fn download_bytes(name: &str, bytes: &[u8], kind: &str) {
    save(name, ObjectUrl::from(Blob::new_with_options(bytes, Some(kind))));
}

fn save(name: &str, url: ObjectUrl) {
    let Some(link) = dom::document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads the object after this turn: it may be let go later only.
    gloo::timers::callback::Timeout::new(10_000, move || drop(url)).forget();
}

/// Name and text of a file, or why it cannot be taken.
pub(crate) async fn read(file: File) -> Result<(String, String), String> {
    let name = file.name();
    if file.size() > LARGEST_FILE {
        return Err(format!("{name} is larger than {} MiB: a values file is smaller", LARGEST_FILE / 1024 / 1024));
    }
    let text = read_as_text(&file).await.map_err(|_| format!("{name} could not be read"))?;
    if text.contains('\0') || text.contains('\u{fffd}') {
        return Err(format!("{name} is not a text file: drop a YAML values file"));
    }
    Ok((name, text))
}

/// Calls `over` when files are dragged over the page or no longer are, and `dropped` with what is let go.
pub(crate) fn on_drop(over: impl Fn(bool) + Clone + 'static, dropped: impl Fn(Given) + 'static) {
    let document = dom::document();
    let options = EventListenerOptions::enable_prevent_default();
    let has_files = |event: &web_sys::Event| {
        event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).is_some_and(|data| data.types().includes(&"Files".into(), 0))
    };
    let enter = over.clone();
    EventListener::new_with_options(&document, "dragover", options, move |event| {
        if has_files(event) {
            event.prevent_default();
            enter(true);
        }
    })
    .forget();
    let leave = over.clone();
    EventListener::new(&document, "dragleave", move |event| {
        // Only leaving the window has nothing it goes to.
        if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
            leave(false);
        }
    })
    .forget();
    EventListener::new_with_options(&document, "drop", options, move |event| {
        over(false);
        let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) else { return };
        if data.types().includes(&"Files".into(), 0) {
            event.prevent_default();
            dropped(Given::dropped(&data));
        }
    })
    .forget();
}
