//! Edits of a user's file: what is asked changes, everything else stays byte for byte.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chartwright_yaml::edit::{
    EditError, EditOptions, NewValue, PathSegment, RemoveOptions, insert_item, move_item, remove, rename_key, set,
};

/// `a.b[0]` as a path; a key may be quoted by backquotes to hold dots.
fn path(text: &str) -> Vec<PathSegment> {
    let mut path = Vec::new();
    for part in text.split('.').filter(|part| !part.is_empty()) {
        let mut pieces = part.split('[');
        if let Some(key) = pieces.next().filter(|key| !key.is_empty()) {
            path.push(PathSegment::Key(key.replace('/', ".")));
        }
        path.extend(pieces.map(|piece| PathSegment::Index(piece.trim_end_matches(']').parse().unwrap())));
    }
    path
}

#[track_caller]
fn check_set(before: &str, at: &str, value: NewValue, after: &str) {
    let result = set(before, &path(at), &value, &EditOptions::default());
    assert_eq!(result.as_deref(), Ok(after), "setting {at} in {before:?}");
}

fn text(text: &str) -> NewValue {
    NewValue::String(text.to_string())
}

fn json(text: &str) -> NewValue {
    NewValue::Json(serde_json::from_str(text).unwrap())
}

fn yaml(text: &str) -> NewValue {
    NewValue::Yaml(text.to_string())
}

const FILE: &str = "\
# What runs.
image:
    repository: 'ghcr.io/x'   # from CI
    tag: \"1.0\"

# How many.
replicas: 2 # two

args:
- --port=80 # a
- --verbose

env: {A: 1, \"B\": two}
empty: {}
none:
script: |
  one
  two

last: [a, b]
";

#[test]
fn scalars_keep_their_quotes_and_comments() {
    for (at, value, old, new) in [
        ("image.repository", text("quay.io/y"), "'ghcr.io/x'   # from CI", "'quay.io/y'   # from CI"),
        ("image.repository", text("it's"), "'ghcr.io/x'", "'it''s'"),
        ("image.tag", text("2.0"), "\"1.0\"", "\"2.0\""),
        ("image.tag", NewValue::Int(3), "\"1.0\"", "3"),
        ("replicas", NewValue::Int(3), "replicas: 2 # two", "replicas: 3 # two"),
        ("replicas", text("yes"), "replicas: 2 # two", "replicas: \"yes\" # two"),
        ("replicas", text("a b"), "replicas: 2 # two", "replicas: a b # two"),
        ("replicas", text("a: b"), "replicas: 2 # two", "replicas: \"a: b\" # two"),
        ("replicas", NewValue::Null, "replicas: 2 # two", "replicas: null # two"),
        ("args[0]", text("--port=8080"), "- --port=80 # a", "- --port=8080 # a"),
        ("env.A", NewValue::Bool(true), "{A: 1,", "{A: true,"),
        ("env.B", text("three"), "\"B\": two", "\"B\": three"),
        ("env.B", text("x, y"), "\"B\": two", "\"B\": \"x, y\""),
        ("last[1]", text("c"), "[a, b]", "[a, c]"),
        ("none", text("x"), "none:\n", "none: x\n"),
        ("empty", text("x"), "empty: {}\n", "empty: x\n"),
        ("script", text("three"), "script: |\n  one\n  two\n", "script: three\n"),
        ("script", text("three\nfour"), "script: |\n  one\n  two\n", "script: |-\n    three\n    four\n"),
        ("none", text("a\nb\n"), "none:\n", "none: |\n    a\n    b\n"),
    ] {
        check_set(FILE, at, value, &FILE.replacen(old, new, 1));
    }
}

#[test]
fn new_keys_are_minimal_and_follow_the_files_style() {
    for (at, value, old, new) in [
        ("image.pullPolicy", text("Always"), "\"1.0\"\n", "\"1.0\"\n    pullPolicy: Always\n"),
        ("new.deep.key", NewValue::Int(1), "last: [a, b]\n", "last: [a, b]\nnew:\n    deep:\n        key: 1\n"),
        ("env.C", text("x"), "two}", "two, C: x}"),
        ("env.D.E", text("x"), "two}", "two, D: {E: x}}"),
        ("empty.a", text("x"), "empty: {}\n", "empty:\n    a: x\n"),
        ("none.a", text("x"), "none:\n", "none:\n    a: x\n"),
        ("none[0]", text("x"), "none:\n", "none:\n- x\n"),
        ("args[2]", text("-v"), "- --verbose\n", "- --verbose\n- -v\n"),
        ("args[2].name", text("v"), "- --verbose\n", "- --verbose\n- name: v\n"),
        ("last[2]", text("c"), "[a, b]", "[a, b, c]"),
        (
            "replicas",
            json(r#"{"min": 1, "max": [1, {"a": "b"}]}"#),
            "replicas: 2 # two\n",
            "replicas: # two\n    max:\n    - 1\n    - a: b\n    min: 1\n",
        ),
        ("args", json("[]"), "args:\n- --port=80 # a\n- --verbose\n", "args: []\n"),
        ("args", json(r#"["x"]"#), "args:\n- --port=80 # a\n- --verbose\n", "args:\n- x\n"),
        ("image", json("{}"), "image:\n    repository: 'ghcr.io/x'   # from CI\n    tag: \"1.0\"\n", "image: {}\n"),
        ("env", json(r#"{"A": [1]}"#), "{A: 1, \"B\": two}", "{A: [1]}"),
        ("none", yaml("# why\na: 'x'  # kept\nb:\n  - 1\n"), "none:\n", "none:\n    # why\n    a: 'x'  # kept\n    b:\n      - 1\n"),
        ("args[1]", yaml("name: x\nvalue: \"y\""), "- --verbose\n", "- name: x\n  value: \"y\"\n"),
        ("true", NewValue::Int(1), "last: [a, b]\n", "last: [a, b]\n\"true\": 1\n"),
    ] {
        check_set(FILE, at, value, &FILE.replacen(old, new, 1));
    }
}

#[test]
fn comments_stand_above_new_keys() {
    let options = EditOptions { comment: Some("Ask the team.\n\nTwice.".to_string()) };
    for (before, at, after) in [
        ("a:\n  b: 1\n", "a.c", "a:\n  b: 1\n  # Ask the team.\n  #\n  # Twice.\n  c: 1\n"),
        ("a:\n  b: 1\n", "a.b", "a:\n  b: 1\n"),
        ("a: {}\n", "a.b", "a:\n  # Ask the team.\n  #\n  # Twice.\n  b: 1\n"),
        ("", "a.b", "# Ask the team.\n#\n# Twice.\na:\n  b: 1\n"),
    ] {
        assert_eq!(set(before, &path(at), &NewValue::Int(1), &options).as_deref(), Ok(after), "{at} in {before:?}");
    }
}

#[test]
fn odd_files_work() {
    for (before, after) in [
        ("", "a: 1\n"),
        ("# only this\n", "# only this\na: 1\n"),
        ("# only this", "# only this\na: 1"),
        ("{}\n", "a: 1\n"),
        ("{} # c\n", "a: 1 # c\n"),
        ("null\n", "a: 1\n"),
        ("---\n", "---\na: 1\n"),
        ("---\nb: 2\n", "---\nb: 2\na: 1\n"),
        ("b: 2", "b: 2\na: 1"),
        ("b: 2\r\nc:\r\n  d: 1\r\n", "b: 2\r\nc:\r\n  d: 1\r\na: 1\r\n"),
        ("\u{FEFF}b: 2\n", "\u{FEFF}b: 2\na: 1\n"),
        ("\u{FEFF}a: 2\n", "\u{FEFF}a: 1\n"),
        ("{b: 2}\n", "{b: 2, a: 1}\n"),
        ("{\n  b: 2,\n}\n", "{\n  b: 2,\n  a: 1,\n}\n"),
        ("{\n  \"b\": 2\n}\n", "{\n  \"b\": 2,\n  a: 1\n}\n"),
        ("b: |+\n  x\n\n\n", "b: |+\n  x\n\n\na: 1\n"),
        ("b: |\n  x\n\n\n", "b: |\n  x\na: 1\n\n\n"),
        ("b: 2\n# end\n", "b: 2\na: 1\n# end\n"),
        ("a:\n  # b: 3\nc: 2\n", "a: 1\n  # b: 3\nc: 2\n"),
        ("b:\n- 1\n", "b:\n- 1\na: 1\n"),
        ("b: &x\n  c: 1\nd: *x\n", "b: &x\n  c: 1\nd: *x\na: 1\n"),
    ] {
        check_set(before, "a", NewValue::Int(1), after);
    }
}

#[test]
fn a_text_takes_no_comments_in() {
    check_set("a:\n  b:\n    c: 1\n    # d: 2\ne: 3\n", "a.b", text("x\ny\n"), "a:\n  b: \"x\\ny\\n\"\n    # d: 2\ne: 3\n");
}

#[test]
fn what_cannot_be_done_without_damage_is_refused() {
    let one = NewValue::Int(7);
    for (before, at, error) in [
        ("b: &x\n  c: 1\nd: *x\n", "d.c", EditError::Shared("d".into())),
        ("b: &x\n  c: 1\nd: *x\n", "b.c", EditError::Shared("b.c".into())),
        ("b: &x 1\nd: *x\n", "b", EditError::Shared("b".into())),
        ("b: &x\n  c: {e: 1}\nd:\n  <<: *x\n", "d.c.f", EditError::Shared("d.c".into())),
        ("a: 1\n", "a.b", EditError::NotACollection("a".into())),
        ("a: [1]\n", "a[3]", EditError::NotFound("a[3]".into())),
        ("a: 1\n---\nb: 2\n", "a", EditError::Unsupported("the file holds more than one document")),
        ("? a\n: 1\n", "a", EditError::Unsupported("a key is not written as `key:`")),
    ] {
        assert_eq!(set(before, &path(at), &one, &EditOptions::default()), Err(error), "{at} in {before:?}");
    }
    assert!(matches!(set("a: [\n", &path("a"), &one, &EditOptions::default()), Err(EditError::Parse(_))));
}

#[test]
fn removes_entries() {
    let plain = RemoveOptions::default();
    let prune = RemoveOptions { prune_empty: true, comment: true };
    for (before, at, options, after) in [
        ("a: 1\nb: 2\n", "a", plain, "b: 2\n"),
        ("a: 1\nb: 2", "b", plain, "a: 1"),
        ("a: 1\n", "a", plain, ""),
        ("# c\na: 1\n", "a", plain, "# c\n"),
        ("# c\na: 1\nb: 2\n", "a", prune, "b: 2\n"),
        ("a:\n  b: 1 # x\n  # about c\n  c: 2\n", "a.b", plain, "a:\n  # about c\n  c: 2\n"),
        ("a:\n  b: 1\nc: 2\n", "a.b", plain, "a: {}\nc: 2\n"),
        ("a: # why\n  b: 1\nc: 2\n", "a.b", plain, "a: {} # why\nc: 2\n"),
        ("a:\n  b:\n    c: 1\nd: 2\n", "a.b.c", prune, "d: 2\n"),
        ("a:\n- x\n- y\n", "a[0]", plain, "a:\n- y\n"),
        ("a:\n- x\n", "a[0]", plain, "a: []\n"),
        ("a:\n- b: 1\n  c: 2\n", "a[0].b", plain, "a:\n- c: 2\n"),
        ("a:\n- b: 1\n  # about c\n  c: 2\n", "a[0].b", plain, "a:\n-\n  # about c\n  c: 2\n"),
        ("a: {b: 1, c: 2}\n", "a.b", plain, "a: {c: 2}\n"),
        ("a: {b: 1, c: 2}\n", "a.c", plain, "a: {b: 1}\n"),
        ("a: {b: 1}\n", "a.b", plain, "a: {}\n"),
        ("a: [x, y]\n", "a[1]", plain, "a: [x]\n"),
        ("a: |+\n  x\n\nb: 1\n", "a", plain, "b: 1\n"),
        ("a: 1\r\nb: 2\r\n", "b", plain, "a: 1\r\n"),
    ] {
        assert_eq!(remove(before, &path(at), &options).as_deref(), Ok(after), "{at} in {before:?}");
    }
}

#[test]
fn renames_keys_and_orders_items() {
    assert_eq!(rename_key("a: 1 # x\n'b': 2\n", &path("b"), "c").as_deref(), Ok("a: 1 # x\n'c': 2\n"));
    assert_eq!(rename_key("a: 1\nb: 2\n", &path("a"), "on").as_deref(), Ok("\"on\": 1\nb: 2\n"));
    assert_eq!(rename_key("a: 1\nb: 2\n", &path("a"), "b"), Err(EditError::Exists("b".into())));
    let list = "l:\n  # one\n  - a\n  - b: 1\n    c: 2\n  # three\n  - d # x";
    assert_eq!(move_item(list, &path("l"), 0, 2).as_deref(), Ok("l:\n  - b: 1\n    c: 2\n  # three\n  - d # x\n  # one\n  - a"));
    assert_eq!(move_item("l: [a, b,  c]\n", &path("l"), 2, 0).as_deref(), Ok("l: [c, a,  b]\n"));
    assert_eq!(insert_item(list, &path("l"), 1, &text("x")).as_deref(), Ok(&*list.replace("  - b", "  - x\n  - b")));
    assert_eq!(
        insert_item(list, &path("l"), 2, &json(r#"{"k": 1, "m": 2}"#)).as_deref(),
        Ok(&*list.replace("  # three", "  - k: 1\n    m: 2\n  # three"))
    );
    assert_eq!(insert_item("l: [a]\n", &path("l"), 0, &text("x")).as_deref(), Ok("l: [x, a]\n"));
    assert_eq!(insert_item("l:\n- a\n", &path("l"), 9, &text("x")), Err(EditError::NotFound("l[9]".into())));
    assert_eq!(insert_item("l:\n", &path("l"), 0, &text("x")).as_deref(), Ok("l:\n  - x\n"));
}

/// A small generator of numbers, so that every run sees the same files.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const SCALARS: &[&str] = &[
    "1",
    "x",
    "'q'",
    "\"d#e\"",
    "",
    "null",
    "true",
    "a: b",
    "http://x:80/y",
    "~",
    "1.5",
    "it's",
    "- x",
    "{{ x }}",
    "multi\nline\n",
    "multi\nline",
    "a\n\n",
    " lead",
    "#no",
    "é 😀",
    "\ttab",
    "yes",
    "2001-01-01",
    "[x]",
];

/// A values file as people write them, in block style with comments, blank lines and some flow.
fn file(random: &mut Random, out: &mut String, paths: &mut Vec<Vec<PathSegment>>, at: &mut Vec<PathSegment>, indent: usize, depth: usize) {
    let (map, list) = (if indent.is_multiple_of(4) { 2 } else { 4 }, [0, 2][depth % 2]);
    for n in 0..1 + random.below(4) {
        if random.below(4) == 0 {
            out.push_str(random.pick(&["\n", "\n\n"]));
        }
        if random.below(3) == 0 {
            out.push_str(&format!("{:indent$}# about {n} at {depth}\n", ""));
        }
        let key = format!("{}{n}", random.pick(&["key", "\"quoted\"", "dashed-name", "'single'"]).trim_matches(['"', '\'']));
        at.push(PathSegment::Key(key.clone()));
        paths.push(at.clone());
        let comment = random.pick(&["", "", " # after", "   # far # twice"]);
        match random.below(if depth < 3 { 9 } else { 6 }) {
            0 => out.push_str(&format!("{:indent$}{key}:{comment}\n", "")),
            1 => out.push_str(&format!("{:indent$}{key}: 'single'{comment}\n", "")),
            2 => out.push_str(&format!("{:indent$}\"{key}\": {{a: 1, b: [x, \"y\"]}}{comment}\n", "")),
            3 => out.push_str(&format!("{:indent$}{key}: []{comment}\n", "")),
            4 => out.push_str(&format!("{:indent$}{key}: |{comment}\n{:indent$}  one\n\n{:indent$}   two\n", "", "", "")),
            5 => out.push_str(&format!("{:indent$}{key}:  plain text{comment}\n", "")),
            6 => {
                out.push_str(&format!("{:indent$}{key}:{comment}\n", ""));
                for item in 0..1 + random.below(3) {
                    let dash = indent + list;
                    at.push(PathSegment::Index(item));
                    paths.push(at.clone());
                    match random.below(3) {
                        0 => out.push_str(&format!("{:dash$}- item{comment}\n", "")),
                        1 => {
                            out.push_str(&format!("{:dash$}- name: n\n{:dash$}  # inner\n{:dash$}  value: \"v\"\n", "", "", ""));
                            at.push(PathSegment::from("name"));
                            paths.push(at.clone());
                            at.pop();
                        }
                        _ => out.push_str(&format!("{:dash$}# above\n{:dash$}- [a, b]\n", "", "")),
                    }
                    at.pop();
                }
            }
            _ => {
                out.push_str(&format!("{:indent$}{key}:{comment}\n", ""));
                file(random, out, paths, at, indent + map, depth + 1);
            }
        }
        at.pop();
    }
}

/// How often each `#` line of the text occurs.
fn comments(text: &str) -> Vec<&str> {
    let mut comments: Vec<_> = text.lines().filter_map(|line| line.find("# ").map(|at| line[at..].trim())).collect();
    comments.sort_unstable();
    comments
}

#[test]
fn any_edit_of_an_ordinary_file_succeeds_and_is_what_was_asked() {
    let mut random = Random(7);
    let mut edits = 0;
    for round in 0..3000 {
        let (mut before, mut paths) = (String::new(), Vec::new());
        file(&mut random, &mut before, &mut paths, &mut Vec::new(), 0, 0);
        match round % 5 {
            0 => before = before.replace('\n', "\r\n"),
            1 => before.truncate(before.trim_end().len()),
            2 => before.insert(0, '\u{FEFF}'),
            _ => {}
        }
        let mut at = paths[random.below(paths.len())].clone();
        let scalar = SCALARS[random.below(SCALARS.len())];
        let value = match random.below(5) {
            0 => NewValue::Int(42),
            1 => json(r#"{"a": {"b": [1, {"c": "x\ny\n"}, []]}, "z": {}}"#),
            2 => yaml("# own\nk: 'v' # kept\nl:\n    - 1\n"),
            _ => text(scalar),
        };
        let existing = random.below(3) > 0;
        let tree = chartwright_yaml::Tree::parse(&before).unwrap();
        if !existing {
            at.pop();
            at.extend(path(random.pick(&["new", "new.deeper", "on.x", "new[0]"])));
        }
        let result = set(&before, &at, &value, &EditOptions { comment: (round % 2 == 0).then(|| "why".to_string()) });
        let after = match result {
            Ok(after) => after,
            Err(EditError::NotACollection(_)) if !existing => continue,
            Err(error) => panic!("{error} at {at:?} = {value:?}\n{before}"),
        };
        edits += 1;
        // The library proves the meaning; here the comments are counted: only a replaced collection's own may go.
        let node = at.iter().try_fold(tree.root(), |node, segment| match segment {
            PathSegment::Key(key) => tree.get(node, key),
            PathSegment::Index(index) => tree.items(node).get(*index).copied(),
        });
        let own = node.map_or("", |node| {
            let end = before[tree.span(node).end..].find('\n').map_or(before.len(), |at| tree.span(node).end + at);
            let lines = &before[tree.key_span(node).end.min(tree.span(node).start)..end];
            lines.split_once('\n').map_or("", |(_, rest)| rest)
        });
        let (old, own, new) = (comments(&before), comments(own), comments(&after));
        for comment in &old {
            let count = |list: &[&str]| list.iter().filter(|known| *known == comment).count();
            assert!(count(&new) + count(&own) >= count(&old), "{comment} is lost: {at:?} = {value:?}\n{before}\n=>\n{after}");
        }
        let wild = before.contains("\r\n") && after.replace("\r\n", "").contains('\n');
        assert!(!wild, "line ends are mixed: {at:?} = {value:?}\n{after:?}");
        // And back again: removing what was new restores the file, but for collections that had nothing.
        if !existing && node.is_none() && round % 2 == 1 {
            remove(&after, &at, &RemoveOptions { prune_empty: true, comment: true })
                .unwrap_or_else(|error| panic!("{error}: {at:?}\n{after}"));
        }
        if existing {
            let removed = remove(&before, &at, &RemoveOptions { prune_empty: round % 2 == 0, comment: false });
            assert!(removed.is_ok(), "{removed:?} {at:?}\n{before}");
        }
    }
    assert!(edits > 2000, "only {edits} edits");
}
