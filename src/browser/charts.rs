//! Charts from outside: read from what was dropped or chosen, and kept in the browser (`charts.js`).

use chartwright_configure::protocol::{Dropped, DroppedContent};
use gloo::file::File;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DataTransfer, HtmlInputElement};

#[wasm_bindgen(module = "/src/browser/charts.js")]
extern "C" {
    fn dropped(transfer: &DataTransfer) -> Array;
    fn chosen(input: &HtmlInputElement) -> Array;
    #[wasm_bindgen(js_name = read)]
    async fn read_given(given: Array) -> Found;
    #[wasm_bindgen(js_name = keep)]
    async fn keep_chart(id: &str, chart: &Chart) -> JsValue;
    #[wasm_bindgen(js_name = forget)]
    async fn forget_chart(id: &str);
    #[wasm_bindgen(js_name = kept)]
    async fn kept_charts() -> Array;
}

#[wasm_bindgen]
extern "C" {
    type Found;
    #[wasm_bindgen(method, getter)]
    fn charts(this: &Found) -> Array;
    #[wasm_bindgen(method, getter)]
    fn files(this: &Found) -> Array;
    #[wasm_bindgen(method, getter)]
    fn faults(this: &Found) -> Array;

    #[wasm_bindgen(extends = js_sys::Object)]
    type Chart;
    #[wasm_bindgen(method, getter)]
    fn id(this: &Chart) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Chart) -> Option<String>;
    #[wasm_bindgen(method, setter)]
    fn set_name(this: &Chart, name: &str);
    #[wasm_bindgen(method, getter)]
    fn archive(this: &Chart) -> Option<Uint8Array>;
    #[wasm_bindgen(method, setter)]
    fn set_archive(this: &Chart, bytes: &Uint8Array);
    #[wasm_bindgen(method, getter, js_name = files)]
    fn entries(this: &Chart) -> Option<Array>;
    #[wasm_bindgen(method, setter, js_name = files)]
    fn set_entries(this: &Chart, files: &Array);
}

/// What was dropped or chosen, not read yet.
pub(crate) struct Given(Array);

/// What it held.
pub(crate) struct Read {
    /// Folders and archives.
    pub(crate) charts: Vec<Dropped>,
    /// Other files.
    pub(crate) files: Vec<File>,
    /// What could not be read, in words.
    pub(crate) faults: Vec<String>,
}

impl Given {
    /// What was dropped. Only to be called within the event.
    pub(crate) fn dropped(transfer: &DataTransfer) -> Self {
        Self(dropped(transfer))
    }

    /// What was chosen in a file input, which is emptied.
    pub(crate) fn chosen(input: &HtmlInputElement) -> Self {
        Self(chosen(input))
    }

    /// Reads it.
    pub(crate) async fn read(self) -> Read {
        let found = read_given(self.0).await;
        Read {
            charts: found.charts().iter().filter_map(|chart| from_browser(&chart.unchecked_into())).collect(),
            files: found.files().iter().map(|file| File::from(file.unchecked_into::<web_sys::File>())).collect(),
            faults: found.faults().iter().filter_map(|fault| fault.as_string()).collect(),
        }
    }
}

/// Keeps a chart under an id. False where the browser refuses.
pub(crate) async fn keep(id: &str, chart: &Dropped) -> bool {
    keep_chart(id, &to_browser(chart)).await.is_truthy()
}

/// Forgets a chart.
pub(crate) async fn forget(id: &str) {
    forget_chart(id).await;
}

/// All kept charts with their ids.
pub(crate) async fn kept() -> Vec<(String, Dropped)> {
    let read = |chart: JsValue| {
        let chart: Chart = chart.unchecked_into();
        Some((chart.id()?, from_browser(&chart)?))
    };
    kept_charts().await.iter().filter_map(read).collect()
}

fn from_browser(chart: &Chart) -> Option<Dropped> {
    let content = match (chart.archive(), chart.entries()) {
        (Some(bytes), _) => DroppedContent::Archive(bytes.to_vec()),
        (None, Some(files)) => {
            let entry = |entry: JsValue| {
                let entry: Array = entry.unchecked_into();
                Some((entry.get(0).as_string()?, Uint8Array::from(entry.get(1)).to_vec()))
            };
            DroppedContent::Files(files.iter().filter_map(entry).collect())
        }
        (None, None) => return None,
    };
    Some(Dropped { name: chart.name()?, content })
}

fn to_browser(chart: &Dropped) -> Chart {
    let out: Chart = js_sys::Object::new().unchecked_into();
    out.set_name(&chart.name);
    match &chart.content {
        DroppedContent::Archive(bytes) => out.set_archive(&Uint8Array::from(bytes.as_slice())),
        DroppedContent::Files(files) => {
            let entry = |(path, bytes): &(String, Vec<u8>)| -> JsValue {
                Array::of2(&JsValue::from_str(path), &Uint8Array::from(bytes.as_slice()).into()).into()
            };
            out.set_entries(&files.iter().map(entry).collect());
        }
    }
    out
}
