//! What the folder is, and what to do with it.

use super::{Flavour, Order, Stack, values};
use std::fmt::Write;

/// The stack's README.
pub(super) fn readme(stack: &Stack, order: &Order<'_>, flavour: Flavour) -> String {
    let name = &stack.name;
    let mut out = format!(
        "# {name}\n\nPut this folder at the root of <{}>, on the branch `{}`, beside the charts' folders.\n\n| wave | release | namespace | chart | version | environment | values |\n| --- | --- | --- | --- | --- | --- | --- |\n",
        stack.repository, stack.revision
    );
    let mut members: Vec<usize> = (0..stack.members.len()).collect();
    chartwright_go::sort::by_key(&mut members, |member| order.wave(*member));
    for at in members {
        let member = &stack.members[at];
        let files: Vec<String> = values(stack, at).into_iter().map(|file| format!("[{0}]({0})", file)).collect();
        let files = if files.is_empty() { "the chart's own".to_owned() } else { files.join(", ") };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {} | {} | {} | `{}` | {} | {} | {files} |",
            order.wave(at),
            member.release,
            member.namespace,
            member.folder,
            member.version,
            member.environment
        );
    }
    out.push_str("\nReleases of one wave are installed together, after those of the waves before it.\n\n");
    out.push_str(&match flavour {
        Flavour::ArgoCd => "Then `kubectl apply -f argocd/applicationset.yaml`: Argo CD makes an Application of each row, and goes on from commits.\n".to_owned(),
        Flavour::Flux => format!(
            "Then `kubectl apply -f flux/`: Flux makes a release of each row, and goes on from commits. To have Flux keep these objects too:\n\n```sh\nflux create kustomization {name} --source=GitRepository/{name} --path=./{name}/flux --prune=true --interval=10m\n```\n"
        ),
        Flavour::Helmfile => "Then `helmfile apply` here: it builds the charts' dependencies, shows what would change (by the plug-in helm-diff, which `helmfile init` installs) and installs it.\n".to_owned(),
    });
    out
}
