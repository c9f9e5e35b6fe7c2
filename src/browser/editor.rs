//! The YAML editor (`src/editor/editor.mjs`), loaded when first asked for.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

#[wasm_bindgen(module = "/src/browser/glue.js")]
extern "C" {
    #[wasm_bindgen(js_name = editor)]
    fn load() -> js_sys::Promise;
}

#[wasm_bindgen]
extern "C" {
    type Module;
    #[wasm_bindgen(method)]
    fn mount(
        this: &Module,
        element: &Element,
        text: &str,
        label: &str,
        change: &Closure<dyn FnMut(String)>,
        undo: &Closure<dyn FnMut(bool)>,
    ) -> View;

    /// A mounted editor, as the module gives it.
    type View;
    #[wasm_bindgen(method)]
    fn set(this: &View, text: &str);
    #[wasm_bindgen(method)]
    fn mine(this: &View, lines: Vec<u32>);
    #[wasm_bindgen(method)]
    fn fault(this: &View, message: &str, line: u32, column: u32);
    #[wasm_bindgen(method)]
    fn focus(this: &View, line: u32, column: u32);
    #[wasm_bindgen(method)]
    fn destroy(this: &View);
}

/// A mounted editor. Dropping it takes it off the page.
pub(crate) struct Editor {
    view: View,
    _change: Closure<dyn FnMut(String)>,
    _undo: Closure<dyn FnMut(bool)>,
}

impl Editor {
    /// Loads the editor and shows `text` in `element`. `change` hears each change by the user, `undo` each undo (false) and redo (true) asked for.
    pub(crate) async fn mount(
        element: &Element,
        text: &str,
        label: &str,
        change: impl FnMut(String) + 'static,
        undo: impl FnMut(bool) + 'static,
    ) -> Result<Self, String> {
        let module = JsFuture::from(load()).await.map_err(|_| "The editor could not be loaded".to_owned())?;
        let (change, undo) = (Closure::new(change), Closure::new(undo));
        let view = module.unchecked_into::<Module>().mount(element, text, label, &change, &undo);
        Ok(Self { view, _change: change, _undo: undo })
    }

    /// Shows another text; cursor and scroll stay where they can.
    pub(crate) fn set(&self, text: &str) {
        self.view.set(text);
    }

    /// Marks the lines (counted from 1) that are mine.
    pub(crate) fn mine(&self, lines: &[u32]) {
        self.view.mine(lines.to_vec());
    }

    /// Shows a fault at a place counted from 1; an empty message shows none.
    pub(crate) fn fault(&self, message: &str, line: u32, column: u32) {
        self.view.fault(message, line, column);
    }

    /// Puts the cursor at a place counted from 1.
    pub(crate) fn focus(&self, line: u32, column: u32) {
        self.view.focus(line, column);
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.view.destroy();
    }
}
