//! The few icons, drawn by one stroke each. Always beside a word or inside a control with a name.

use crate::view::any;
use leptos::prelude::*;

/// An icon of 16 by 16.
pub(crate) fn icon(name: &'static str) -> impl IntoView + use<> {
    let path = match name {
        "undo" => "M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H6",
        "redo" => "M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H10",
        "down" => "M4 6l4 4 4-4",
        "close" => "M4.5 4.5l7 7M11.5 4.5l-7 7",
        "plus" => "M8 3v10M3 8h10",
        "up-arrow" => "M8 13V3.5M4 7.5l4-4 4 4",
        "down-arrow" => "M8 3v9.5M4 8.5l4 4 4-4",
        "search" => "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.5 10.5 14 14",
        "theme" => "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
        _ => "M3.5 8h.01M8 8h.01M12.5 8h.01",
    };
    any! { <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d=path/></svg> }
}
