//! Edits of a manifest that cure a finding for certain: whoever applies one asks nothing, and holds the result to the checks again. How an edit becomes one of a
//! file, or of the values that made it, is not known here.

use chartwright_kube::node::Node;
pub use chartwright_yaml::edit::NewValue;

/// The edits that cure a finding, all of them together.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// In the order in which they are made.
    pub changes: Vec<Change>,
}

/// An edit at a JSON pointer within the finding's YAML document.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The node takes this value. It, and what leads to it, is made where it is not there.
    Set(String, NewValue),
    /// The node goes, with its key.
    Remove(String),
}

impl Fix {
    /// Sets the value at the end of a path of keys below a node.
    #[must_use]
    pub fn set(node: Node<'_>, path: &[&str], value: NewValue) -> Fix {
        Fix { changes: vec![Change::Set(below(node, path), value)] }
    }

    /// Takes a node out.
    #[must_use]
    pub fn remove(node: Node<'_>) -> Fix {
        Fix { changes: vec![Change::Remove(node.pointer())] }
    }

    /// Writes a scalar as the text that it is written as.
    #[must_use]
    pub fn quote(node: Node<'_>) -> Option<Fix> {
        let text = node.scalar()?;
        Some(Fix::set(node, &[], NewValue::String(text.to_owned())))
    }

    /// And then another.
    #[must_use]
    pub fn and(mut self, other: Fix) -> Fix {
        self.changes.extend(other.changes);
        self
    }

    /// What it does, as a sentence without its full stop.
    #[must_use]
    pub fn words(&self) -> String {
        let all: Vec<String> = self.changes.iter().map(Change::words).collect();
        all.join(", then ")
    }
}

impl Change {
    /// Where it is made.
    #[must_use]
    pub fn pointer(&self) -> &str {
        match self {
            Change::Set(pointer, _) | Change::Remove(pointer) => pointer,
        }
    }

    /// The keys and item numbers that lead there.
    #[must_use]
    pub fn path(&self) -> Vec<String> {
        self.pointer().split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect()
    }

    fn words(&self) -> String {
        match self {
            Change::Set(pointer, value) => format!("set {pointer} to {}", written(value)),
            Change::Remove(pointer) => format!("remove {pointer}"),
        }
    }
}

/// A value on one line, as JSON has it.
fn written(value: &NewValue) -> String {
    match value {
        NewValue::Null => "null".to_owned(),
        NewValue::Bool(truth) => truth.to_string(),
        NewValue::Int(number) => number.to_string(),
        NewValue::Float(number) => number.to_string(),
        NewValue::String(text) => format!("{text:?}"),
        NewValue::Json(json) => json.to_string(),
        NewValue::Yaml(text) => text.clone(),
    }
}

fn below(node: Node<'_>, path: &[&str]) -> String {
    path.iter().fold(node.pointer(), |pointer, key| pointer + "/" + &key.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        let set = |pointer: &str, value| Change::Set(pointer.to_owned(), value);
        let fix = Fix {
            changes: vec![
                Change::Remove("/spec/serviceAccount".to_owned()),
                set("/spec/serviceAccountName", NewValue::String("a".to_owned())),
            ],
        };
        assert_eq!(fix.words(), "remove /spec/serviceAccount, then set /spec/serviceAccountName to \"a\"");
        assert_eq!(set("/a~1b/~0c/0", NewValue::Bool(true)).path(), ["a/b", "~c", "0"]);
    }
}
