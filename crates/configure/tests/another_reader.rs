//! A second opinion: what is downloaded reads the same by `serde_yaml`, which shares no code with ours, as by our own reader.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::protocol::{Action, Export};
use chartwright_yaml::Tree;
use serde_json::Value;
use user::{User, root, shipped};

#[track_caller]
fn agree(what: &str, text: &str) {
    let tree = Tree::parse(text).unwrap_or_else(|error| panic!("{what}: {error}"));
    let ours = tree.to_json(tree.root());
    let theirs: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(ours, theirs, "{what}");
}

#[test]
fn shipped_files_read_the_same() {
    let mut files = 0;
    for group in std::fs::read_dir(root().join("charts")).expect("charts/").flatten() {
        for chart in std::fs::read_dir(group.path()).into_iter().flatten().flatten() {
            for file in std::fs::read_dir(chart.path()).into_iter().flatten().flatten() {
                let path = file.path();
                if path.extension().is_some_and(|extension| extension == "yaml") {
                    agree(&path.display().to_string(), &std::fs::read_to_string(&path).expect("a text"));
                    files += 1;
                }
            }
        }
    }
    assert!(files >= 15, "{files}");
}

#[test]
fn edited_files_read_the_same() {
    let mut user = User::visits(&shipped());
    user.opens("applications/kaggle-data-api", "production");
    let edits: [(&[&str], &str); 6] = [
        (&["replicaCount"], "7"),
        (&["image", "tag"], "\"1.10\""),
        (&["config", "NOTES"], "\"two\\nlines: # and \\\"quotes\\\"\\n\""),
        (&["config", "EMPTY"], "\"\""),
        (&["config", "LIKE_A_NUMBER"], "\"0x1F\""),
        (&["podAnnotations"], "{\"a/b\": \"true\", \"c: d\": \"- e\"}"),
    ];
    for (path, json) in edits {
        user.does(Action::Set { path: path.iter().map(|key| (*key).to_owned()).collect(), json: json.to_owned() });
        let text = user.gets(Export::Values);
        agree(json, &text);
    }
}
