//! What a pod mounts.

use super::Violation;
use crate::node::Node;
use crate::pod::Pod;

pub(super) fn host_paths<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    let volumes = pod.spec().items_at("volumes").filter_map(|volume| Some((volume, volume.get("hostPath")?)));
    volumes.map(|(volume, node)| Violation { node, message: format!("volume {} is a directory of the node", name(volume)) }).collect()
}

const ALLOWED: &[&str] =
    &["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];

pub(super) fn restricted<'t>(pod: Pod<'t>, _: u32) -> Vec<Violation<'t>> {
    let volumes = pod.spec().items_at("volumes").filter_map(|volume| {
        let sources: Vec<(&str, Node<'_>)> = volume.entries().filter(|(key, value)| *key != "name" && !value.is_null()).collect();
        if sources.iter().any(|(key, _)| ALLOWED.contains(key)) {
            return None;
        }
        // A volume without a source is an `emptyDir` by the time that admission looks at it.
        let (kind, node) = sources.first()?;
        Some(Violation { node: *node, message: format!("volume {} is of the type {kind}", name(volume)) })
    });
    volumes.collect()
}

fn name(volume: Node<'_>) -> &str {
    volume.str_at("name").unwrap_or_default()
}
