//! A line of the manifest that is typed otherwise: what would have to be set for it, what else that changes, or why it cannot be had.

use super::lines::key;
use crate::shell::use_link;
use crate::view::any;
use chartwright_configure::protocol::LineEdit;
use leptos::prelude::*;

/// A line under edit: what stands before its value, the value as typed, what stands behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    /// The document's id.
    pub(crate) document: String,
    /// The line, from 1.
    pub(crate) line: u32,
    before: String,
    /// The value, without quotes around it.
    pub(crate) typed: String,
    after: String,
    /// Whether it is to be set as soon as it is known how.
    pub(crate) wanted: bool,
}

impl Draft {
    /// Begins with a line as it is.
    pub(crate) fn new(document: &str, line: u32, text: &str) -> Self {
        let body = text.trim_start_matches([' ', '-']);
        // `- ` before a key or an item, and not the sign of a number.
        let body = if text.len() > body.len() && text[..text.len() - body.len()].ends_with('-') {
            &text[text.len() - body.len() - 1..]
        } else {
            body
        };
        let value = key(body).map_or(body, |(_, value)| value.trim_start());
        let quote = ['"', '\''].into_iter().find(|quote| value.len() > 1 && value.starts_with(*quote) && value.ends_with(*quote));
        let (open, close) = if quote.is_some() { (1, 1) } else { (0, 0) };
        let start = text.len() - value.len() + open;
        let end = text.len() - close;
        Self {
            document: document.to_owned(),
            line,
            before: text[..start].to_owned(),
            typed: text[start..end].to_owned(),
            after: text[end..].to_owned(),
            wanted: false,
        }
    }

    /// The whole line.
    pub(crate) fn text(&self) -> String {
        format!("{}{}{}", self.before, self.typed, self.after)
    }
}

/// The bar below the manifests, while a line is edited.
#[component]
pub(super) fn EditLine() -> impl IntoView {
    let link = use_link();
    let store = link.store;
    let submitted = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        link.set_line();
    };
    let pressed = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            link.end_line();
        }
    };
    // The bar is made anew for another line, not for each key press.
    let at = Memo::new(move |_| {
        store.draft.with(|draft| draft.as_ref().map(|draft| (draft.document.clone(), draft.line, draft.before.clone())))
    });
    let answer =
        move || store.edit.get().filter(|edit| store.draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.text() == edit.text)));
    let can = move || answer().is_some_and(|edit| edit.refused.is_none() && !edit.json.is_empty());
    move || {
        at.get().map(|(document, line, before)| {
            let typed = store.draft.with_untracked(|draft| draft.as_ref().map(|draft| draft.typed.clone()).unwrap_or_default());
            any! {
                <form class="edit-line" aria-label=format!("Line {line} of {document}") on:submit=submitted on:keydown=pressed>
                    <div class="edit-row">
                        <label for="edit-line"><code>{before.trim_start().to_owned()}</code><span class="sr">{format!("line {line} of {document}")}</span></label>
                        <input id="edit-line" data-own-undo="" type="text" autocomplete="off" spellcheck="false" aria-describedby="edit-told" value=typed on:input=move |event| link.type_line(&event_target_value(&event))/>
                        <button type="submit" class="primary" disabled=move || !can()>"Set"</button>
                        <button type="button" class="ghost" on:click=move |_| link.end_line()>"Cancel"</button>
                    </div>
                    <div id="edit-told" role="status">{move || answer().map(told)}</div>
                </form>
            }
        })
    }
}

fn told(edit: LineEdit) -> AnyView {
    if let Some(refused) = edit.refused {
        return any! { <p>{refused}</p> };
    }
    if edit.json.is_empty() {
        return any! { <p>"Made by "<code>{edit.key}</code></p> };
    }
    let along = match edit.along {
        0 => "Nothing else changes".to_owned(),
        1 => "1 other line changes along".to_owned(),
        more => format!("{more} other lines change along"),
    };
    let other = |(id, before, after): (String, String, String)| {
        let before = (!before.is_empty()).then(|| any! { <s>{before}</s>" " });
        any! { <li><small>{id}</small>" "<code>{before}{after}</code></li> }
    };
    any! {
        <p>"Sets "<code>{edit.key}</code>" to "<code>{edit.value}</code>{(!edit.was.is_empty()).then(|| any! { ", which was "<code>{edit.was}</code>"," })}" in "{edit.file}". "{along}</p>
        {(!edit.others.is_empty()).then(|| any! { <ul class="along">{edit.others.into_iter().map(other).collect::<Vec<_>>()}</ul> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, before: &str, typed: &str, after: &str) {
        let draft = Draft::new("Deployment/a", 3, line);
        assert_eq!((draft.before.as_str(), draft.typed.as_str(), draft.after.as_str()), (before, typed, after));
        assert_eq!(draft.text(), line);
    }

    #[test]
    fn the_value_of_a_line() {
        check("  replicas: 3", "  replicas: ", "3", "");
        check("  cpu: \"1\"", "  cpu: \"", "1", "\"");
        check("    - name: api", "    - name: ", "api", "");
        check("    - 10.0.0.0/8", "    - ", "10.0.0.0/8", "");
        check("  offset: -5", "  offset: ", "-5", "");
        check("- -5", "- ", "-5", "");
        check("    LOG=info", "    ", "LOG=info", "");
        check("spec:", "spec:", "", "");
    }
}
