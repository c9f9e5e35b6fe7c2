//! What the quick reader takes, it reads as the full parser does.

use super::super::build::parse_fully;
use super::read;
use crate::scan::reader;
use std::sync::Arc;

/// Holds a text that the quick reader takes to what the full parser makes of it, positions included. Says whether it takes it.
#[track_caller]
fn check(text: &str) -> bool {
    let shared: Arc<str> = Arc::from(text);
    let (readable, fault) = reader::read_str(text);
    let Some(tree) = read(readable, &shared).filter(|_| fault.is_none()) else { return false };
    let full = parse_fully(text, None, &shared, usize::MAX, false);
    let full = full.map(|trees| format!("{trees:#?}")).map_err(|error| error.message);
    assert_eq!(Ok(format!("{:#?}", [tree])), full, "{text:?}");
    true
}

#[test]
fn ordinary_documents() {
    for text in [
        "a: 1\n",
        "a: 1",
        "---\na: 1\nb:\n- x\n- y: 2\n  z: \"q\"  # c\nc:\n  d: {}\n  e: []\n  f:\ng: 'h'\n",
        "# c\n\nkind: Pod\nspec:\n  - - a\n    - b\n  - c: 1\n\n    d: |\n      one\n\n       two  \n   \n\n  - x: |-\n      z\n# end\n",
        "a: |\n  one\n  two",
        "a: |\n  one\n\n\n",
        "a: |-\n  é \n\n  b\n   \nc: ü\n",
        "yes: no\n8: 010\n\"on\": 2001-01-01\nx: a#b # c\ny: a:b\n",
        "a:\n  {}\nb:\n  - --c=d\n  - :e\n  - [f, 8,\"g h\" , 'i']  # j\nk: [on]\nl:\n  []\n",
    ] {
        assert!(check(text), "the quick reader does not take {text:?}");
    }
}

#[test]
fn unusual_documents_are_left_to_the_full_parser() {
    for text in [
        "",
        "# c\n",
        "a: b\n c\n",
        "a: &x 1\n",
        "a: b: c\n",
        "a: >\n  x\n",
        "a: 1\n---\nb: 1\n",
        "- a\nb: 1\n",
        "a: [1, {}]\n",
        "a\n",
        "a: |\n",
    ] {
        assert!(!check(text), "the quick reader takes {text:?}");
    }
}

#[test]
fn texts_by_chance() {
    const PIECES: &[&str] = &[
        "a: ",
        "b:",
        "b: c",
        "\"d\": ",
        "'e'",
        "\"f\"",
        "- ",
        "-",
        "\n",
        "\n",
        "\n",
        "\n  ",
        "\n  ",
        "\n    ",
        "\n    ",
        "\n   ",
        " ",
        "# c",
        " # c",
        "|",
        "|-",
        "|\n",
        "|-\n",
        "{}",
        "[]",
        "x",
        "é",
        "\t",
        "---",
        "---\n",
        "...\n",
        "y",
        "1",
        "0x1",
        "<<: ",
        "~",
        "a.b/c-d: ",
        ": ",
        ":",
        "\\",
        "%",
        "[1, ",
        ", ",
        "?",
        "[",
        "&a ",
        "*a",
        "!t ",
        "{",
        "]",
    ];
    let mut state = 1u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut taken = 0;
    for _ in 0..200_000 {
        let text: String = (0..1 + next(20)).map(|_| PIECES[next(PIECES.len())]).collect();
        taken += usize::from(check(&text));
    }
    assert!(taken > 2_000, "{taken}");
}
