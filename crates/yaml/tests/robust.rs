//! Whatever comes in, nothing panics and everything ends.

use chartwright_value::Heap;
use chartwright_yaml::edit::{EditOptions, NewValue, RemoveOptions, remove, set};
use chartwright_yaml::{Tree, decode, decode_map_strict, encode, fast_head, head, split_documents};

const PIECES: &[&str] = &[
    "a",
    "b: ",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "  ",
    "\t",
    "#",
    " # c",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "<<: ",
    "!",
    "!!str ",
    "!!binary ",
    "|",
    ">-",
    "|2+",
    "? ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "%TAG ! x\n",
    "\"",
    "'",
    "\\",
    "\\x4",
    "\r\n",
    "\r",
    "\u{85}",
    "\u{2028}",
    "\u{FEFF}",
    "é",
    "😀",
    "\0",
    "\u{7F}",
    "1",
    "-",
    ".inf",
    "~",
    "0x",
    "kind: ",
    "metadata:\n  ",
];

#[test]
fn anything_may_come_in() {
    let mut seed = 1u64;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % limit
    };
    let mut heap = Heap::default();
    for round in 0..20_000 {
        let mut text: String = (0..below(24)).map(|_| PIECES[below(PIECES.len())]).collect();
        if round % 7 == 0 {
            text.insert(0, '\u{FEFF}');
        }
        let mut bytes = text.clone().into_bytes();
        if round % 3 == 0 && !bytes.is_empty() {
            let at = below(bytes.len());
            bytes[at] = below(256) as u8;
        }
        heap.reset();
        let decoded = decode(&mut heap, &bytes);
        if let Ok(value) = decoded {
            let mut out = Vec::new();
            // A key `<<` is written without quotes and read back as a merge: so does Go.
            if encode(&mut heap, value, &mut out, None).is_ok() && !text.contains("<<") {
                assert_eq!(decode(&mut heap, &out).map(|again| written(&mut heap, again)), Ok(out), "{text:?}");
            }
        }
        let _ = decode_map_strict(&mut heap, &bytes);
        for document in split_documents(&text) {
            // What the lines alone tell, the parser tells too.
            assert!(fast_head(document).is_none() || Tree::parse(document).is_ok(), "{document:?}");
            let _ = head(document);
        }
        if let Ok(trees) = Tree::parse_stream(&text) {
            for tree in &trees {
                let _ = (tree.to_json(tree.root()), tree.node_at_line(2), tree.comment_before(tree.root()));
            }
        }
        let path = [["a", "b", "kind"][below(3)].into(), "x".into()];
        let short = below(2) + 1;
        let _ = set(&text, &path[..short], &NewValue::String(text.clone()), &EditOptions { comment: Some(text.clone()) });
        let _ = remove(&text, &path[..short], &RemoveOptions { prune_empty: round % 2 == 0, comment: true });
    }
}

fn written(heap: &mut Heap, value: chartwright_value::Value) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = encode(heap, value, &mut out, None);
    out
}
