//! What a change does to a cluster: which objects differ, whose pods are replaced, and what an upgrade would be refused on.

use crate::protocol::{Change, Touched};
use crate::session::ids;
use crate::values::{Node, Value, read_yaml};
use chartwright_helm::{Document, Rendered};
use chartwright_kube::immutable;
use chartwright_kube::node::Node as Place;
use chartwright_yaml::Tree;
use std::collections::HashMap;

/// The controllers that replace pods when their template changes.
const ROLLING: &[&str] = &["Deployment", "DaemonSet", "StatefulSet"];

/// The objects that differ between two renders, in the order of the new one; those that are gone stand last.
pub(crate) fn blast(old: &Rendered, new: &Rendered) -> Vec<Touched> {
    let before: HashMap<String, &Document> = ids(old).into_iter().zip(&old.documents).collect();
    let after: Vec<(String, &Document)> = ids(new).into_iter().zip(&new.documents).collect();
    let mut found = Vec::new();
    // Configurations that changed, and the workloads whose pods stay.
    let mut configured: Vec<(usize, &Document)> = Vec::new();
    for (id, document) in &after {
        match before.get(id) {
            Some(was) if was.content == document.content => continue,
            Some(was) => found.push(changed(id, was, document)),
            None => found.push(touched(id, document, Change::Right)),
        }
        if matches!(&*document.kind, "ConfigMap" | "Secret") && before.contains_key(id) {
            configured.push((found.len() - 1, document));
        }
    }
    for (at, document) in configured {
        let still: Vec<&str> = after
            .iter()
            .filter(|(id, user)| {
                let restarts = found.iter().any(|touched| touched.id == *id && touched.restarts);
                !restarts && before.contains_key(id) && reads(user, &document.kind, &document.name)
            })
            .map(|(id, _)| id.as_str())
            .collect();
        if !still.is_empty() {
            found[at].notes.push(format!("The pods of {} go on with what they read when they started", still.join(", ")));
        }
    }
    let gone = old.documents.iter().zip(ids(old)).filter(|(_, id)| !after.iter().any(|(known, _)| known == id));
    for (document, id) in gone {
        let mut one = touched(&id, document, Change::Left);
        if is_kept(document) {
            one.notes.push("Stays in the cluster: its resource policy is keep".to_owned());
        } else if &*document.kind == "PersistentVolumeClaim" {
            one.notes.push("Its data may go with it".to_owned());
        }
        found.push(one);
    }
    found
}

fn touched(id: &str, document: &Document, change: Change) -> Touched {
    let mut notes = Vec::new();
    if let Some(hook) = &document.hook {
        notes.push(if hook.is_test() {
            "Runs with helm test only".to_owned()
        } else {
            format!("A hook: it is made anew at {}", hook.events.join(", "))
        });
    }
    Touched { id: id.to_owned(), kind: document.kind.to_string(), change, restarts: false, notes, refused: Vec::new() }
}

fn changed(id: &str, was: &Document, is: &Document) -> Touched {
    let mut one = touched(id, is, Change::Changed);
    // Hooks are deleted and made again, never patched.
    if is.hook.is_some() || was.hook.is_some() {
        return one;
    }
    let (Some(old), Some(new)) = (read(&was.content), read(&is.content)) else { return one };
    one.refused = refused(was, is);
    if old == new {
        one.notes.push("Comments or spelling alone: the cluster sees no change".to_owned());
    }
    let kind: &str = &is.kind;
    if ROLLING.contains(&kind) && is.api_version.starts_with("apps/") && at(&old, &["spec", "template"]) != at(&new, &["spec", "template"])
    {
        let text = |path: &[&str]| at(&new, path).and_then(Node::str);
        if text(&["spec", "updateStrategy", "type"]) == Some("OnDelete") {
            one.notes.push("Its pods change when they are deleted: the update strategy is OnDelete".to_owned());
        } else {
            one.restarts = true;
            if text(&["spec", "strategy", "type"]) == Some("Recreate") {
                one.notes.push("All pods end before new ones start: the strategy is Recreate".to_owned());
            }
        }
    }
    if kind == "CronJob" && at(&old, &["spec", "jobTemplate"]) != at(&new, &["spec", "jobTemplate"]) {
        one.notes.push("Takes effect with its next run".to_owned());
    }
    let replicas = |node: &Node| at(node, &["spec", "replicas"]).map(crate::values::to_text);
    if let (Some(from), Some(to)) = (replicas(&old), replicas(&new))
        && from != to
    {
        one.notes.push(format!("Scaled from {from} to {to}"));
    }
    one
}

/// The fields that the API server refuses to change, each with what it says of it first.
fn refused(was: &Document, is: &Document) -> Vec<(String, String)> {
    let (Ok(old), Ok(new)) = (Tree::parse(&was.content), Tree::parse(&is.content)) else { return Vec::new() };
    let mut fields: Vec<(String, String)> = Vec::new();
    for refusal in immutable::refused(&is.api_version, &is.kind, Place::new(&old, old.root()), Place::new(&new, new.root())) {
        if !fields.iter().any(|(field, _)| *field == refusal.field) {
            fields.push((refusal.field, refusal.says));
        }
    }
    fields
}

fn read(content: &str) -> Option<Node> {
    read_yaml(&Tree::parse(content).ok()?).ok()
}

fn at<'n>(node: &'n Node, path: &[&str]) -> Option<&'n Node> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

fn is_kept(document: &Document) -> bool {
    // Most documents have no such annotation: then nothing is parsed.
    document.content.contains("helm.sh/resource-policy")
        && read(&document.content)
            .is_some_and(|node| at(&node, &["metadata", "annotations", "helm.sh/resource-policy"]).and_then(Node::str) == Some("keep"))
}

/// Whether a workload's pods read a configuration by its name.
fn reads(document: &Document, kind: &str, name: &str) -> bool {
    if !ROLLING.contains(&&*document.kind) || !document.content.contains(name) {
        return false;
    }
    let keys: &[&str] =
        if kind == "Secret" { &["secret", "secretRef", "secretKeyRef"] } else { &["configMap", "configMapRef", "configMapKeyRef"] };
    let Some(root) = read(&document.content) else { return false };
    let mut open = vec![&root];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Map(pairs) => {
                let named = |node: &Node| ["name", "secretName"].iter().any(|key| node.get(key).and_then(Node::str) == Some(name));
                if pairs.iter().any(|(key, node)| keys.contains(&&**key) && named(node)) {
                    return true;
                }
                open.extend(pairs.iter().map(|(_, node)| node));
            }
            Value::List(items) => open.extend(items),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn rendered(documents: &[&str]) -> Rendered {
        let document = |text: &&str| {
            let node = read(text).expect("YAML");
            let get = |path: &[&str]| -> Arc<str> { at(&node, path).and_then(Node::str).unwrap_or_default().into() };
            Document {
                source: "c/templates/a.yaml".into(),
                api_version: get(&["apiVersion"]),
                kind: get(&["kind"]),
                name: get(&["metadata", "name"]),
                content: (*text).into(),
                offset: 0,
                hook: None,
                crd: false,
            }
        };
        Rendered { documents: documents.iter().map(document).collect(), ..Rendered::default() }
    }

    const CONFIG: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n";
    const KEPT: &str =
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: p, annotations: {helm.sh/resource-policy: keep}}\nspec: {}\n";

    fn deployment(replicas: u32, image: &str) -> String {
        let container = format!("{{image: {image}, envFrom: [{{configMapRef: {{name: c}}}}]}}");
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d}}\nspec: {{replicas: {replicas}, template: {{spec: {{containers: [{container}]}}}}}}\n"
        )
    }

    #[test]
    fn objects_come_go_and_change() {
        let (one, two) = (deployment(1, "a"), deployment(2, "a"));
        let found = blast(&rendered(&[&one, KEPT]), &rendered(&[&two, CONFIG]));
        let told: Vec<(&str, Change, bool)> = found.iter().map(|one| (one.id.as_str(), one.change, one.restarts)).collect();
        assert_eq!(
            told,
            [
                ("Deployment/d", Change::Changed, false),
                ("ConfigMap/c", Change::Right, false),
                ("PersistentVolumeClaim/p", Change::Left, false)
            ]
        );
        assert_eq!(found[0].notes, ["Scaled from 1 to 2"]);
        assert_eq!(found[2].notes, ["Stays in the cluster: its resource policy is keep"]);
        assert!(blast(&rendered(&[&one]), &rendered(&[&one])).is_empty());
    }

    #[test]
    fn pods_are_replaced_when_their_template_changes() {
        let found = blast(&rendered(&[&deployment(1, "a")]), &rendered(&[&deployment(1, "b")]));
        assert!(found[0].restarts && found[0].refused.is_empty());
        let on_delete = |image: &str| {
            format!(
                "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {{name: d}}\nspec: {{updateStrategy: {{type: OnDelete}}, template: {{image: {image}}}}}\n"
            )
        };
        let found = blast(&rendered(&[&on_delete("a")]), &rendered(&[&on_delete("b")]));
        assert!(!found[0].restarts && found[0].notes[0].contains("OnDelete"), "{found:?}");
    }

    #[test]
    fn configurations_do_not_reach_running_pods_by_themselves() {
        let other = CONFIG.replace("a: b", "a: c");
        let one = deployment(1, "a");
        let found = blast(&rendered(&[CONFIG, &one]), &rendered(&[&other, &one]));
        assert_eq!(found[0].notes, ["The pods of Deployment/d go on with what they read when they started"]);
        let found = blast(&rendered(&[CONFIG, &one]), &rendered(&[&other, &deployment(1, "b")]));
        assert!(found[0].notes.is_empty(), "{found:?}");
    }
}
