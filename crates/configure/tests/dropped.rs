//! Charts from outside, and the choice of the Helm that renders.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::protocol::*;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use user::{User, bundle, shipped};

const ID: &str = "dropped/shop";
const CONFIG: &str = "ConfigMap/rel-shop";

fn files(template: &str) -> Vec<(&'static str, String)> {
    vec![
        ("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 0.1.0\ndescription: A shop\n".to_owned()),
        ("values.yaml", "# How many\ncount: 1\n".to_owned()),
        ("values-production.yaml", "count: 3\n".to_owned()),
        ("ci/small-values.yaml", "count: 2\n".to_owned()),
        (".helmignore", "ci/\nvalues-*\n".to_owned()),
        ("templates/config.yaml", template.to_owned()),
    ]
}

const TEMPLATE: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}-shop}\ndata:\n  count: \"{{ .Values.count }}\"\n  files: \"{{ range $path, $_ := .Files.Glob \"**\" }}{{ $path }} {{ end }}\"\n";

fn folder(template: &str) -> Dropped {
    let files = files(template).into_iter().map(|(path, text)| (format!("work/shop/{path}"), text.into_bytes())).collect();
    Dropped { name: "shop".to_owned(), content: DroppedContent::Files(files) }
}

/// What `helm package` would make: one folder with the chart's name.
fn archive(files: &[(&str, String)]) -> Dropped {
    let mut tar = Vec::new();
    for (path, text) in files {
        let mut header = [0u8; 512];
        let name = format!("shop/{path}");
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        header[156] = b'0';
        header[257..263].copy_from_slice(b"ustar\0");
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        tar.extend_from_slice(&header);
        tar.extend_from_slice(text.as_bytes());
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&tar).expect("in memory");
    Dropped { name: "shop-0.1.0.tgz".to_owned(), content: DroppedContent::Archive(packed.finish().expect("in memory")) }
}

fn cards(user: &User) -> Vec<(String, bool)> {
    user.last.charts.clone().expect("cards").into_iter().map(|card| (card.id, card.dropped)).collect()
}

#[test]
fn a_folder_becomes_a_chart() {
    let mut user = User::visits(&shipped());
    let before = cards(&user).len();
    user.does(Action::AddChart(folder(TEMPLATE)));
    assert_eq!(user.last.added.as_deref(), Some(ID));
    let known = cards(&user);
    assert_eq!((known[0].clone(), known.len()), ((ID.to_owned(), true), before + 1));
    assert_eq!((user.header.chart.as_str(), user.header.environment.as_str()), (ID, "production"));
    let environments: Vec<&str> = user.header.environments.iter().map(|tab| tab.id.as_str()).collect();
    assert_eq!(environments, ["default", "production", "ci/small"]);
    user.sees(CONFIG, "count: \"3\"");
    // What .helmignore leaves out is no file of the chart, and an environment all the same.
    user.sees(CONFIG, "files: \".helmignore \"");
    user.does(Action::Environment("ci/small".to_owned()));
    user.sees(CONFIG, "count: \"2\"");
    user.types("/count", "5");
    user.sees(CONFIG, "count: \"5\"");
    assert_eq!(user.gets(Export::Values), "count: 5\n");
    assert_eq!(user.header.download, "small-values.yaml");
}

#[test]
fn an_archive_becomes_a_chart() {
    let mut user = User::visits(&shipped());
    user.does(Action::AddChart(archive(&files(TEMPLATE))));
    assert_eq!(user.last.added.as_deref(), Some(ID));
    user.sees(CONFIG, "count: \"3\"");
}

#[test]
fn a_newer_one_takes_the_place() {
    let mut user = User::visits(&shipped());
    user.does(Action::AddChart(folder(TEMPLATE)));
    user.types("/count", "7");
    user.does(Action::AddChart(folder(&TEMPLATE.replace("data:\n", "data:\n  new: yes\n"))));
    user.sees(CONFIG, "new: yes");
    user.sees(CONFIG, "count: \"7\"");
}

#[test]
fn what_came_from_outside_is_removed() {
    let mut user = User::visits(&shipped());
    let before = cards(&user).len();
    user.does(Action::AddChart(folder(TEMPLATE)));
    user.types("/count", "7");
    user.does(Action::RemoveChart(ID.to_owned()));
    assert_eq!(cards(&user).len(), before);
    assert_ne!(user.header.chart, ID);
    assert!(!user.header.can_undo && !user.save.contains(ID), "{}", user.save);
    user.does(Action::RemoveChart("library/service".to_owned()));
    assert!(user.last.notice.is_some() && user.last.charts.is_none());
}

#[test]
fn a_reload_brings_it_back() {
    let mut user = User::visits(&shipped());
    user.does(Action::AddChart(folder(TEMPLATE)));
    user.types("/count", "7");
    let start = |dropped| Action::Start { bundle: shipped(), dropped, fragment: None, saved: Some(user.save.clone()) };
    let (with, without) = (start(vec![archive(&files(TEMPLATE))]), start(Vec::new()));
    let mut user = User::visits(&shipped());
    user.does(with);
    assert_eq!(user.header.chart, ID);
    user.sees(CONFIG, "count: \"7\"");
    // Where the browser has lost it, that is said.
    user.does(without);
    assert!(user.last.notice.as_deref().is_some_and(|notice| notice.contains(ID)), "{:?}", user.last.notice);
}

#[test]
fn what_is_no_chart_says_so_and_loses_nothing() {
    let mut user = User::visits(&shipped());
    user.types("/replicaCount", "4");
    let before = (user.header.clone(), user.save.clone());
    let mut bad: Vec<Dropped> = Vec::new();
    for bytes in [&b""[..], b"hello", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"] {
        bad.push(Dropped { name: "x.tgz".to_owned(), content: DroppedContent::Archive(bytes.to_vec()) });
    }
    bad.push(archive(&[("../../etc/passwd", "x".to_owned())]));
    bad.push(archive(&[("values.yaml", "x".to_owned())]));
    bad.push(Dropped { name: "x".to_owned(), content: DroppedContent::Files(vec![("x/readme".to_owned(), Vec::new())]) });
    bad.push(Dropped { name: "x".to_owned(), content: DroppedContent::Files(vec![("Chart.yaml".to_owned(), b"\xff{[".to_vec())]) });
    for dropped in bad {
        let shown = format!("{dropped:?}");
        user.does(Action::AddChart(dropped));
        assert!(user.last.notice.as_deref().is_some_and(|notice| notice.contains("is not taken in")), "{shown}: {:?}", user.last.notice);
        assert_eq!((&user.last.added, &user.last.charts), (&None, &None));
    }
    assert_eq!((user.header.clone(), user.save.clone()), before);
}

#[test]
fn the_other_helm_renders() {
    let template = "v: {{ .Capabilities.HelmVersion.Version | trunc 2 }}\nkind: A\n";
    let mut user =
        User::visits(&bundle("a/b", &[("Chart.yaml", "apiVersion: v2\nname: b\nversion: 0.1.0\n"), ("templates/a.yaml", template)]));
    let shown = |user: &User| user.documents.values().next().map(|document| document.text.clone()).unwrap_or_default();
    assert_eq!(user.header.helm, Helm::V4);
    assert!(shown(&user).contains("v: v4"), "{}", shown(&user));
    user.does(Action::Helm(Helm::V3));
    assert_eq!(user.header.helm, Helm::V3);
    assert!(shown(&user).contains("v: v3"), "{}", shown(&user));
    let saved = user.save.clone();
    user.does(Action::Undo);
    assert!(user.header.helm == Helm::V4 && shown(&user).contains("v: v4"));
    let mut again = User::visits(&bundle("a/b", &[]));
    again.does(Action::Start {
        bundle: bundle("a/b", &[("Chart.yaml", "apiVersion: v2\nname: b\nversion: 0.1.0\n")]),
        dropped: Vec::new(),
        fragment: None,
        saved: Some(saved),
    });
    assert_eq!(again.header.helm, Helm::V3);
}
