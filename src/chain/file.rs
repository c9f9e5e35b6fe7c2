//! A file of the chart, as a chain leads to it: a template, or a chart's defaults.

use std::fmt::Write as _;

use crate::browser::dom;
use crate::manifests::lines::escape;
use crate::shell::{icon, use_link};
use crate::view::any;
use leptos::prelude::*;

/// The dialog that shows it.
#[component]
pub(crate) fn FileDialog() -> impl IntoView {
    let store = use_link().store;
    let name = move || store.file.with(|(view, _)| view.file.clone());
    let html = move || store.file.with(|(view, line)| lines(&view.text, *line));
    any! {
        <dialog id="file" class="file" aria-labelledby="file-name">
            <div class="dialog-head">
                <h2 id="file-name"><code>{name}</code></h2>
                <button type="button" class="ghost square" aria-label="Close" on:click=move |_| dom::toggle_dialog("file")>{icon("close")}</button>
            </div>
            <pre class="scroll excerpt" tabindex="0" aria-label="The file's text" inner_html=html></pre>
        </dialog>
    }
}

fn lines(text: &str, marked: u32) -> String {
    let mut out = String::with_capacity(text.len() + 32 * text.lines().count());
    for (number, line) in (1..).zip(text.lines()) {
        let (class, current) = if number == marked { ("l at", " aria-current=true") } else { ("l", "") };
        // Writing to a string cannot fail.
        let _ = write!(out, "<div class=\"{class}\"{current}><u>{number}</u>{}</div>", escape(line));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_marked() {
        let html = lines("a\n<b>\nc", 2);
        assert_eq!(html.matches("class=\"l\"").count(), 2);
        assert!(html.contains("<div class=\"l at\" aria-current=true><u>2</u>&lt;b&gt;</div>"), "{html}");
    }
}
