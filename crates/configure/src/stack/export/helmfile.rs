//! Helmfile: one file with a release for each member. Follows Helmfile's `docs/configuration.md` and `docs/releases.md`.

use super::yaml::word;
use super::{Order, Stack, values};
use std::fmt::Write;

/// The file. Its paths begin at the stack's folder, where it stands.
pub(super) fn helmfile(stack: &Stack, order: &Order<'_>) -> String {
    let mut out =
        format!("# {} by Helmfile: `helmfile apply` in this folder.\nhelmDefaults:\n  createNamespace: true\nreleases:\n", stack.name);
    for (at, member) in stack.members.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "  - name: {}\n    namespace: {}\n    chart: {}\n",
            word(&member.release),
            word(&member.namespace),
            word(&format!("../{}", member.folder))
        );
        let before = order.before(at);
        if !before.is_empty() {
            out.push_str("    needs:\n");
            for other in before.iter().filter_map(|other| stack.members.get(*other)) {
                let _ = writeln!(out, "      - {}", word(&format!("{}/{}", other.namespace, other.release)));
            }
        }
        let files = values(stack, at);
        if !files.is_empty() {
            out.push_str("    values:\n");
            for file in files {
                let _ = writeln!(out, "      - {}", word(&file));
            }
        }
    }
    out
}
