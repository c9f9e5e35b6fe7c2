//! `chartwright stack` on two small charts: what it prints, what it writes, and what it says when something is wrong.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FILES: &[(&str, &str)] = &[
    (
        "claim/Chart.yaml",
        "apiVersion: v2\nname: claim\nversion: 0.1.0\nannotations: {chartwright/stack: shop}\nsources: ['https://git.example.com/a/b/tree/main/charts/claim']\n",
    ),
    ("claim/values.yaml", "size: 1Gi\n"),
    ("claim/values-prod.yaml", "size: 9Gi\n"),
    (
        "claim/templates/claim.yaml",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteMany], resources: {requests: {storage: {{ required \"size\" .Values.size }}}}}\n",
    ),
    ("api/Chart.yaml", "apiVersion: v2\nname: api\nversion: 0.2.0\n"),
    (
        "api/templates/pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\nspec:\n  containers: [{name: a, image: 'a:1'}]\n  volumes: [{name: d, persistentVolumeClaim: {claimName: {{ .Values.claim | default \"data\" }}}}]\n",
    ),
];

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let place = std::env::temp_dir().join(format!("chartwright-stack-{}-{name}", std::process::id()));
        for (path, text) in FILES {
            let path = place.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Place(place)
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_chartwright")).arg("stack").args(args).current_dir(&self.0).output().unwrap()
    }

    #[track_caller]
    fn prints(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    #[track_caller]
    fn fails(&self, args: &[&str], expected: &str) {
        let output = self.run(args);
        assert_eq!(
            (output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()),
            (Some(1), format!("Error: {expected}\n").as_str())
        );
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn manifests_in_the_order_of_installation() {
    let place = Place::new("template");
    let printed = place.prints(&["template", "web=api", "claim", "-e", "prod"]);
    assert!(printed.starts_with("---\n# Source: claim/templates/claim.yaml\n"), "{printed}");
    assert!(printed.contains("storage: 9Gi") && printed.contains("name: web"), "{printed}");
}

#[test]
fn each_release_has_its_own_values() {
    let place = Place::new("values");
    fs::write(place.0.join("own.yaml"), "claim: other\n").unwrap();
    let printed = place.prints(&["template", "web=api", "job=api", "-f", "job=own.yaml", "-n", "x"]);
    assert_eq!((printed.matches("claimName: data").count(), printed.matches("claimName: other").count()), (1, 1), "{printed}");
}

#[test]
fn what_they_come_to_together() {
    let place = Place::new("list");
    let printed = place.prints(&["list", "api", "claim", "-n", "shop"]);
    let tie = "Pod/api of api   needs   PersistentVolumeClaim/data of claim";
    assert!(printed.contains(tie) && printed.contains("1Gi ReadWriteMany") && !printed.contains("missing-pvc-ref"), "{printed}");
    let apart = place.prints(&["list", "api", "claim", "-n", "shop", "-n", "api=elsewhere"]);
    assert!(apart.contains("the claim data is in the namespace shop, not in elsewhere (missing-pvc-ref)"), "{apart}");
}

#[test]
fn files_for_a_tool() {
    let place = Place::new("export");
    let told = place.prints(&["export", "api", "claim", "-e", "prod", "--for", "flux", "--output-dir", "out"]);
    assert!(told.contains("wrote out/shop/flux/releases.yaml\n"), "{told}");
    let read = |path: &str| fs::read_to_string(place.0.join(path)).unwrap();
    assert_eq!(read("out/shop/values/claim/values-prod.yaml"), "size: 9Gi\n");
    assert!(read("out/shop/flux/source.yaml").contains("url: https://git.example.com/a/b\n"));
    assert!(read("out/shop/flux/releases.yaml").contains("chart: ./charts/claim\n"));
    place.prints(&["export", "api", "claim", "--for", "helmfile", "--name", "other"]);
    let archive = Path::new(&place.0).join("other-helmfile.zip");
    let unzip = Command::new("unzip").arg("-p").arg(archive).arg("other/helmfile.yaml").output().unwrap();
    assert!(unzip.status.success() && String::from_utf8_lossy(&unzip.stdout).contains("- default/claim\n"), "{unzip:?}");
}

#[test]
fn faults() {
    let place = Place::new("faults");
    place.fails(
        &["list"],
        "\"chartwright stack list\" requires at least 1 argument\n\nUsage:  chartwright stack list [RELEASE=]CHART... [flags]",
    );
    place.fails(&["show"], "unknown command \"show\" for \"chartwright stack\": it is list, template or export");
    place.fails(&["list", "claim", "-e", "qa"], "claim: claim has no environment qa, only prod");
    place.fails(&["list", "api", "-e", "api=qa"], "api: api has no environments: there is no values-qa.yaml");
    place.fails(&["list", "api", "-n", "web=x"], "--namespace web=x: there is no release web, only api");
    place.fails(&["export", "api"], "--for says who is to install the stack: one of argocd, flux, helmfile");
    place.fails(&["export", "api", "--for", "x"], "--for is one of argocd, flux, helmfile, not \"x\"");
    place.fails(&["export", "claim", "claim", "--for", "flux"], "There are two releases claim in the namespace default.");
    fs::write(place.0.join("none.yaml"), "size: null\n").unwrap();
    let error = "claim: execution error at (claim/templates/claim.yaml:4:72): size";
    place.fails(&["template", "claim", "api", "-f", "claim=none.yaml"], error);
    place.fails(&["export", "claim", "api", "-f", "claim=none.yaml", "--for", "flux"], error);
}
