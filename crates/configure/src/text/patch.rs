//! A change as a unified patch, as `git apply` and `patch -p1` take it.

use super::diff::matches;
use std::fmt::Write;

const CONTEXT: usize = 3;

enum Op {
    Same(usize),
    Old(usize),
    New(usize),
}

/// The patch that makes `new` of `old`; empty where nothing differs. `path` is the file's path without `a/`. A file that did not exist
/// is made from `/dev/null`.
pub(crate) fn unified(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    // Line ends belong to the lines: a file whose last line has none differs in that line.
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let ops = operations(&matches(&a, &b), a.len());
    let mut out = if old.is_empty() { "--- /dev/null\n".to_owned() } else { format!("--- a/{path}\n") };
    _ = writeln!(out, "+++ b/{path}");
    let mut at = 0;
    while let Some(first) = (at..ops.len()).find(|at| !matches!(ops[*at], Op::Same(..))) {
        let start = first.saturating_sub(CONTEXT).max(at);
        let mut last = first;
        for (next, op) in ops.iter().enumerate().skip(first) {
            if !matches!(op, Op::Same(..)) {
                last = next;
            } else if next - last > 2 * CONTEXT {
                break;
            }
        }
        let end = (last + 1 + CONTEXT).min(ops.len());
        hunk(&ops[start..end], &ops[..start], &a, &b, &mut out);
        at = end;
    }
    out
}

fn operations(found: &[Option<usize>], old: usize) -> Vec<Op> {
    let mut ops = Vec::new();
    let mut next = 0;
    for (at, slot) in found.iter().enumerate() {
        match slot {
            Some(from) => {
                ops.extend((next..*from).map(Op::Old));
                ops.push(Op::Same(*from));
                next = from + 1;
            }
            None => ops.push(Op::New(at)),
        }
    }
    ops.extend((next..old).map(Op::Old));
    // Within a run of changes the old lines stand first, as in any patch.
    for run in ops.split_mut(|op| matches!(op, Op::Same(..))) {
        chartwright_go::sort::by_key(run, |op| matches!(op, Op::New(_)));
    }
    ops
}

fn hunk(ops: &[Op], before: &[Op], a: &[&str], b: &[&str], out: &mut String) {
    let old = |ops: &[Op]| ops.iter().filter(|op| !matches!(op, Op::New(_))).count();
    let new = |ops: &[Op]| ops.iter().filter(|op| !matches!(op, Op::Old(_))).count();
    let range = |start: usize, count: usize| match count {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        _ => format!("{},{count}", start + 1),
    };
    _ = writeln!(out, "@@ -{} +{} @@", range(old(before), old(ops)), range(new(before), new(ops)));
    for op in ops {
        let (sign, line) = match op {
            Op::Same(at) => (' ', a[*at]),
            Op::Old(at) => ('-', a[*at]),
            Op::New(at) => ('+', b[*at]),
        };
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(unified("v.yaml", old, new), expected);
    }

    #[test]
    fn cases() {
        check("a\n", "a\n", "");
        check("a\nb\nc\n", "a\nx\nc\n", "--- a/v.yaml\n+++ b/v.yaml\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
        check("a", "a\nb\n", "--- a/v.yaml\n+++ b/v.yaml\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n");
        check("", "a\n", "--- /dev/null\n+++ b/v.yaml\n@@ -0,0 +1 @@\n+a\n");
        check(
            "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n",
            "x\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\ny\n",
            "--- a/v.yaml\n+++ b/v.yaml\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -9,4 +9,4 @@\n 9\n 10\n 11\n-12\n+y\n",
        );
    }
}
