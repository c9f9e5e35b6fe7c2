//! What a user does on the page with the shipped charts, without the page.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::protocol::*;
use user::{User, shipped};

const API: &str = "applications/kaggle-data-api";
const DEPLOYMENT: &str = "Deployment/rel-kaggle-data-api";

#[test]
fn the_charts_are_there() {
    let user = User::visits(&shipped());
    let cards = user.last.charts.clone().expect("cards");
    let ids: Vec<&str> = cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "applications/chartwright",
            "applications/fetch-kaggle-job",
            API,
            "infrastructure/kaggle-data-pvc",
            "infrastructure/tenant",
            "library/job",
            "library/service"
        ]
    );
    assert!(cards.iter().all(|card| !card.description.is_empty() && card.version == "0.1.0"), "{cards:?}");
    assert_eq!(user.header.environment, "production");
}

#[test]
fn a_chart_shows_its_manifests() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    assert_eq!(user.render.error, None);
    assert!(user.order.iter().any(|id| id == DEPLOYMENT), "{:?}", user.order);
    assert_eq!(user.source(DEPLOYMENT, "memory: 768Mi"), Source::File);
    assert_eq!(user.source(DEPLOYMENT, "kind: Deployment"), Source::Default);
    assert!(!user.notes.is_empty());
    assert!(!user.fields.contains_key("/library") && !user.values.iter().any(|row| row.id.starts_with("/library")));
    let names: Vec<&str> = user.header.environments.iter().map(|tab| tab.id.as_str()).collect();
    assert_eq!(names, ["default", "local", "staging", "production", "production-second-region"]);
}

#[test]
fn an_environment_waits_for_a_chart_that_has_it() {
    let chart = |files: &[&str]| {
        let mut all = serde_json::json!({ "Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n", "values.yaml": "" });
        files.iter().for_each(|file| all[file] = "a: 1\n".into());
        all
    };
    let both = ["values-local.yaml", "values-production.yaml"];
    let charts = serde_json::json!({ "apps/a": chart(&both), "apps/b": chart(&both), "apps/plain": chart(&[]) });
    let mut user = User::visits(&serde_json::json!({ "charts": charts }).to_string());
    let mut opens = |id: &str| {
        user.does(Action::Chart(id.to_owned()));
        user.header.environment.clone()
    };
    opens("apps/a");
    assert_eq!(opens("apps/plain"), "default");
    assert_eq!(opens("apps/b"), "production");
    opens("apps/plain");
    user.does(Action::Environment("default".to_owned()));
    user.does(Action::Chart("apps/b".to_owned()));
    assert_eq!(user.header.environment, "default");
}

#[test]
fn production_is_configured_and_downloaded() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    user.does(Action::Recheck);
    let original = user.gets(Export::Values);

    // Replicas, resources, security, autoscaling: the manifests follow each.
    user.sets("/autoscaling/enabled", "false");
    assert!(!user.order.iter().any(|id| id.starts_with("HorizontalPodAutoscaler/")), "{:?}", user.order);
    user.types("/replicaCount", "5");
    user.sees(DEPLOYMENT, "replicas: 5");
    assert_eq!(user.source(DEPLOYMENT, "replicas: 5"), Source::Mine);
    user.types("/resources/limits/memory", "1Gi");
    user.sees(DEPLOYMENT, "memory: 1Gi");
    let memory = user.field("/resources/limits/memory");
    assert_eq!((memory.source, memory.file.as_str()), (Source::Mine, "values-production.yaml"));
    assert_eq!(memory.over.as_deref(), Some("768Mi in values-production.yaml, 256Mi by default"));
    user.sets("/autoscaling/enabled", "true");
    user.types("/autoscaling/maxReplicas", "7");
    user.sees("HorizontalPodAutoscaler/rel-kaggle-data-api", "maxReplicas: 7");
    assert_eq!(user.field("/replicaCount").inert.as_deref(), Some("Unused while the autoscaler is on."));

    // The file is edited in place.
    let text = user.gets(Export::Values);
    assert_eq!(text, user.yaml.text);
    let expected = original
        .replace("replicaCount: 3\n", "replicaCount: 5\n")
        .replace("    memory: 768Mi\n", "    memory: 1Gi\n")
        .replace("autoscaling:\n  enabled: true\n", "autoscaling:\n  enabled: true\n  # The most pods.\n  maxReplicas: 7\n");
    assert_eq!(text, expected);
    assert_eq!(user.header.download, "values-production.yaml");
    assert_eq!(user.header.mine, 3);

    // The change as a patch, the manifests as one file, the command.
    let patch = user.gets(Export::Patch);
    assert!(patch.starts_with("--- a/charts/applications/kaggle-data-api/values-production.yaml\n+++ b/"), "{patch}");
    assert!(patch.contains("-    memory: 768Mi\n+    memory: 1Gi\n"), "{patch}");
    let manifests = user.gets(Export::Manifests);
    assert!(manifests.starts_with("---\n# Source: kaggle-data-api/templates/"), "{manifests}");
    assert_eq!(
        user.gets(Export::Command),
        "helm upgrade --install rel charts/applications/kaggle-data-api -n data --create-namespace --dependency-update -f values-production.yaml"
    );

    // Compared with local.
    user.does(Action::Compare(Some("local".to_owned())));
    let comparison = user.comparison.clone().expect("a comparison");
    assert!(
        comparison.resources.iter().any(|resource| resource.id.starts_with("HorizontalPodAutoscaler/") && resource.change == Change::Right)
    );
    let memory = comparison.values.iter().find(|(key, ..)| key == "resources.limits.memory").expect("memory differs");
    assert_eq!((memory.1.as_deref(), memory.2.as_deref()), (Some("256Mi"), Some("1Gi")));

    // Everything is undone, byte for byte, and done again.
    while user.header.can_undo {
        user.undoes();
    }
    assert_eq!(user.yaml.text, original);
    assert_eq!(user.header.mine, 0);
    while user.header.can_redo {
        user.redoes();
    }
    assert_eq!(user.yaml.text, expected);
}

#[test]
fn a_link_and_a_reload_restore_the_state() {
    let charts = shipped();
    let mut user = User::visits(&charts);
    user.opens(API, "production");
    user.types("/replicaCount", "5");
    user.does(Action::Release { name: "api".into(), namespace: "team".into(), kube_version: "1.36".into() });
    user.does(Action::AddLayer { name: "eu.yaml".into(), text: "# Europe\nreplicaCount: 6\nconfig:\n  apiToken: hunter2hunter2\n".into() });
    user.types("/autoscaling/maxReplicas", "x");
    for (fragment, saved) in
        [(Some(user.fragment.as_str()), None), (None, Some(user.save.as_str())), (Some(user.fragment.as_str()), Some(user.save.as_str()))]
    {
        let again = User::returns(&charts, fragment, saved);
        assert_eq!(again.last.notice, None);
        assert_eq!((again.header.chart.as_str(), again.header.environment.as_str()), (API, "production"));
        assert_eq!(
            (again.header.release.as_str(), again.header.namespace.as_str(), again.header.kube_version.as_str()),
            ("api", "team", "1.36")
        );
        let names: Vec<&str> = again.layers.iter().map(|layer| layer.name.as_str()).collect();
        assert_eq!(names, ["values-production.yaml", "eu.yaml"]);
        assert_eq!(again.yaml.text, "# Europe\nreplicaCount: 6\nconfig:\n  apiToken: \"\"\n");
        assert_eq!(again.field("/replicaCount").input, "6");
        assert_eq!(again.field("/autoscaling/maxReplicas").input, "x");
    }
    assert!(!user.fragment.contains("hunter2") && !user.save.contains("hunter2"));
}

#[test]
fn a_link_that_is_none_says_so() {
    let charts = shipped();
    let mut user = User::visits(&charts);
    user.opens(API, "production");
    user.types("/replicaCount", "5");
    let good = user.fragment.clone();
    for (fragment, word) in [
        ("nonsense", "link"),
        ("1.%%%", "link"),
        ("1.e30", "link"),
        (&good[..good.len() / 2], "link"),
        ("1.eyJjIjoieC95IiwiZSI6ImxvY2FsIn0", "no chart"),
    ] {
        let again = User::returns(&charts, Some(fragment), None);
        let notice = again.last.notice.clone().unwrap_or_default();
        assert!(notice.contains(word), "{fragment}: {notice}");
        assert!(!again.order.is_empty(), "the page shows what there is");
    }
}

#[test]
fn broken_yaml_stays_as_typed() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    let order = user.order.clone();
    let broken = "replicaCount: 4\nresources: [\n";
    user.writes(broken);
    assert_eq!(user.yaml.text, broken);
    let fault = user.yaml.error.clone().expect("a fault");
    assert!(fault.line > 0 && !fault.message.is_empty(), "{fault:?}");
    assert_eq!(user.order, order);
    assert_eq!(user.field("/replicaCount").input, "3");
    // The form does not write into a file that it cannot read, and what was typed there waits.
    user.types("/replicaCount", "8");
    assert_eq!(user.yaml.text, broken);
    let field = user.field("/replicaCount");
    assert_eq!(field.input, "8");
    assert!(field.error.as_deref().is_some_and(|error| error.contains("values-production.yaml cannot be read")), "{field:?}");
    assert_eq!(user.gets(Export::Values), broken);
    user.writes("replicaCount: 4\n");
    assert_eq!(user.yaml.error, None);
    user.undoes();
    assert_eq!(user.yaml.text, broken);
}

#[test]
fn what_does_not_fit_waits_at_the_field() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    let text = user.yaml.text.clone();
    for (field, typed, error) in [
        ("/replicaCount", "three", "not a number"),
        ("/replicaCount", "2.5", "not a whole number"),
        ("/replicaCount", "-1", "at least 0"),
        ("/replicaCount", "1001", "at most 1000"),
        ("/autoscaling/minReplicas", "", "a number is needed"),
        ("/image/repository", "", "cannot be empty"),
    ] {
        user.types(field, typed);
        let shown = user.field(field);
        assert_eq!((shown.input.as_str(), shown.error.as_deref()), (typed, Some(error)));
        assert_eq!(user.yaml.text, text);
        assert_eq!(user.render.error, None);
        user.resets(field);
        assert_eq!(user.field(field).error, None);
    }
    // A quantity, and a pattern that only the schema knows.
    for (field, typed) in
        [("/resources/limits/memory", "lots"), ("/resources/limits/cpu", "1Gigabyte"), ("/image/repository", "UPPER CASE")]
    {
        user.types(field, typed);
        assert!(user.field(field).error.is_some(), "{field}");
        assert_eq!(user.field(field).input, typed);
        assert_eq!(user.yaml.text, text);
    }
    user.does(Action::ResetAll);
    assert!(user.fields.values().all(|field| field.error.is_none()));
}

#[test]
fn key_presses_are_one_step_back() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    let text = user.yaml.text.clone();
    for typed in ["", "1", "12"] {
        user.does_at_once(Action::Input { path: user::path("/replicaCount"), text: typed.to_owned() });
    }
    user.sees("ConfigMap/rel-kaggle-data-api-config", "LOG_LEVEL: \"warning\"");
    assert_eq!(user.field("/replicaCount").input, "12");
    user.undoes();
    assert_eq!((user.yaml.text.as_str(), user.field("/replicaCount").input.as_str(), user.header.can_undo), (text.as_str(), "3", false));
    user.redoes();
    assert_eq!(user.field("/replicaCount").input, "12");
    assert!(user.yaml.text.contains("replicaCount: 12\n"));
}

#[test]
fn what_is_as_without_me_needs_no_key() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    let text = user.yaml.text.clone();
    user.types("/autoscaling/maxReplicas", "12");
    assert!(user.yaml.text.contains("maxReplicas: 12"));
    user.types("/autoscaling/maxReplicas", "10");
    assert_eq!(user.yaml.text, text);
    user.types("/service/port", "81");
    assert!(user.yaml.text.contains("service:\n"), "{}", user.yaml.text);
    user.resets("/service/port");
    assert_eq!(user.yaml.text, text);
}

#[test]
fn a_switched_off_section_leaves_nothing_stale() {
    let mut user = User::visits(&shipped());
    user.opens(API, "local");
    let text = user.yaml.text.clone();
    user.sets("/autoscaling/enabled", "true");
    user.types("/autoscaling/maxReplicas", "7");
    user.types("/autoscaling/minReplicas", "3");
    user.sets("/autoscaling/enabled", "false");
    assert_eq!(user.yaml.text, text);
    user.undoes();
    assert!(user.yaml.text.contains("maxReplicas: 7"));
}

#[test]
fn lists_and_maps_grow_and_shrink() {
    let mut user = User::visits(&shipped());
    user.opens(API, "local");
    let text = user.yaml.text.clone();
    // A map with keys from two files, known ones and free ones.
    assert_eq!(user.field("/config").control, Control::Map);
    assert_eq!(user.field("/config/LOG_LEVEL").label, "Log level");
    user.does(Action::Add { path: user::path("/config"), key: Some("GREETING".into()) });
    user.types("/config/GREETING", "hello world");
    user.sees("ConfigMap/rel-kaggle-data-api-config", "GREETING: \"hello world\"");
    user.does(Action::Rename { path: user::path("/config/GREETING"), key: "WELCOME".into() });
    user.sees("ConfigMap/rel-kaggle-data-api-config", "WELCOME: \"hello world\"");
    user.does(Action::Remove { path: user::path("/config/WELCOME") });
    assert_eq!(user.yaml.text, text);
    // A list that only the chart has is written whole, and gone again when it is as it was.
    user.does(Action::Add { path: user::path("/imagePullSecrets"), key: None });
    user.types("/imagePullSecrets/0/name", "registry");
    user.does(Action::Add { path: user::path("/imagePullSecrets"), key: None });
    user.types("/imagePullSecrets/1/name", "mirror");
    assert!(user.yaml.text.contains("imagePullSecrets:\n  - name: registry\n  - name: mirror\n"), "{}", user.yaml.text);
    user.does(Action::Move { path: user::path("/imagePullSecrets"), from: 1, to: 0 });
    assert!(user.yaml.text.contains("imagePullSecrets:\n  - name: mirror\n  - name: registry\n"), "{}", user.yaml.text);
    user.does(Action::Remove { path: user::path("/imagePullSecrets/0") });
    user.does(Action::Remove { path: user::path("/imagePullSecrets/0") });
    assert_eq!(user.yaml.text, text);
}

#[test]
fn layers_lie_upon_each_other() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    let shipped_text = user.yaml.text.clone();
    user.does(Action::AddLayer { name: "region.yaml".into(), text: "replicaCount: 9\n".into() });
    assert_eq!(user.header.download, "region.yaml");
    let field = user.field("/replicaCount");
    assert_eq!((field.input.as_str(), field.source, field.file.as_str()), ("9", Source::File, "region.yaml"));
    let id = user.layers[1].id.clone();
    user.does(Action::DuplicateLayer(id.clone()));
    assert_eq!(
        user.layers.iter().map(|layer| layer.name.as_str()).collect::<Vec<_>>(),
        ["values-production.yaml", "region.yaml", "region-2.yaml"]
    );
    user.does(Action::MoveLayer { id: id.clone(), to: 0 });
    assert_eq!(user.layers[0].id, id);
    user.does(Action::RenameLayer { id: id.clone(), name: "base values.yaml".into() });
    assert!(
        user.gets(Export::Command).contains("-f 'base values.yaml' -f charts/applications/kaggle-data-api/values-production.yaml"),
        "{}",
        user.gets(Export::Command)
    );
    user.does(Action::SelectLayer("values-production.yaml".into()));
    assert_eq!(user.yaml.text, shipped_text);
    user.types("/replicaCount", "4");
    assert!(user.last.notice.as_deref().is_some_and(|notice| notice.contains("region-2.yaml")), "{:?}", user.last.notice);
    user.does(Action::RemoveLayer(user.layers[2].id.clone()));
    assert_eq!(user.field("/replicaCount").input, "4");
    user.undoes();
    assert_eq!(user.layers.len(), 3);
}

#[test]
fn release_names_that_do_not_fit() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    user.does(Action::Release { name: "Not A Name".into(), namespace: "data".into(), kube_version: "latest".into() });
    assert!(user.header.release_errors[0].is_some() && user.header.release_errors[1].is_none() && user.header.release_errors[2].is_some());
    assert_eq!(user.header.release, "Not A Name");
    user.document(DEPLOYMENT);
    user.does(Action::Release { name: "other".into(), namespace: "data".into(), kube_version: "1.36".into() });
    user.document("Deployment/other-kaggle-data-api");
    assert_eq!(user.source("Deployment/other-kaggle-data-api", "memory: 768Mi"), Source::File);
}

#[test]
fn a_library_says_what_it_is_for() {
    let mut user = User::visits(&shipped());
    user.does(Action::Chart("library/service".into()));
    let fault = user.render.error.clone().expect("a library is not rendered");
    assert!(fault.hint.is_some_and(|hint| hint.contains("application")), "{}", fault.message);
    assert!(!user.fields.is_empty() && user.order.is_empty());
}

#[test]
fn checks_come_after_the_manifests() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    assert_eq!(user.last.check, None);
    user.does(Action::Recheck);
    let names: Vec<&str> = user.report.environments.iter().map(|report| report.environment.as_str()).collect();
    assert_eq!(names, ["production", "local", "staging", "production-second-region"]);
    let rules = |user: &User| user.report.environments[0].findings.iter().map(|finding| finding.rule.clone()).collect::<Vec<_>>();
    assert!(!rules(&user).contains(&"missing-pvc-ref".to_owned()), "the claim is another chart's: {:?}", rules(&user));
    assert_eq!(user.report.environments[0].totals.security, "restricted");
    assert_eq!(user.report.environments[0].totals.storage, "20Gi ReadWriteMany on efs-sc (kaggle-data-pvc)");
    user.sets("/resources/limits/memory", "null");
    assert!(user.last.check.as_ref().is_some_and(|check| check.len() < 20_000), "only what changed is sent");
    let finding = user.report.environments[0].findings.iter().find(|finding| finding.rule == "unset-memory-limits").expect("a finding");
    assert_eq!(finding.field.as_deref(), Some("/resources/limits/memory"));
    assert_eq!(finding.place.document, DEPLOYMENT);
    assert!(
        user.report.environments[0].weaker.iter().any(|text| text.contains("Memory has no limit")),
        "{:?}",
        user.report.environments[0].weaker
    );
    // A new worker gets everything again.
    user.checks = chartwright_configure::Checks::new();
    let before = user.report.clone();
    user.does(Action::Recheck);
    assert_eq!(user.report, before);
}

#[test]
fn the_schemas_come_after_the_checks() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    user.does(Action::Recheck);
    let request = user.last.check.clone().expect("everything is sent");
    let before = user.report.clone();
    user.checks.set_schemas("no table");
    user.does(Action::Recheck);
    assert_eq!(user.report, before);
    user.checks.set_schemas(chartwright_kube::schema::KUBERNETES);
    user.does(Action::Recheck);
    assert_eq!(user.report, before, "what the shipped charts render is as the API server wants it");

    let mut checks = chartwright_configure::Checks::new();
    checks.set_schemas(chartwright_kube::schema::KUBERNETES);
    let report = checks.check(&request.replace("containerPort:", "containerPorts:"));
    let finding = report.environments[0].findings.iter().find(|finding| finding.rule == "unknown-field").expect("a misspelled field");
    assert!(finding.message.ends_with(".containers[0].ports[0].containerPorts\""), "{}", finding.message);

    // A custom resource asks for its definition; the same request is then answered anew.
    let mut checks = chartwright_configure::Checks::new();
    let odd = request.replace("networking.k8s.io/v1", "monitoring.coreos.com/v1").replace("kind: NetworkPolicy", "kind: PodMonitor");
    assert!(odd != request, "a network policy to make a custom resource of");
    let rules = |report: &CheckReport| {
        report.environments.iter().flat_map(|each| &each.findings).map(|found| found.rule.clone()).collect::<Vec<_>>()
    };
    assert!(!rules(&checks.check(&odd)).contains(&"crd-schema".to_owned()));
    assert!(checks.wants_definitions());
    checks.set_definitions(chartwright_kube::crd::COMMON);
    assert!(rules(&checks.check(&odd)).contains(&"crd-schema".to_owned()));
    assert!(!checks.wants_definitions());
}

/// What the page shows of a shipped environment is what real Helm made of the same file.
#[test]
fn manifests_are_helms() {
    let mut user = User::visits(&shipped());
    let mut compared = 0;
    for chart in ["applications/kaggle-data-api", "applications/fetch-kaggle-job", "infrastructure/kaggle-data-pvc"] {
        user.does(Action::Chart(chart.to_owned()));
        for environment in user.header.environments.clone() {
            let golden = user::root().join("tests/goldens").join(chart.split('/').nth(1).expect("a name")).join(&environment.id);
            let stdout = std::fs::read_to_string(golden.join("stdout")).unwrap_or_else(|_| panic!("no golden {}", golden.display()));
            user.does(Action::Environment(environment.id.clone()));
            assert_eq!(user.render.error, None);
            assert!(user.gets(Export::Manifests) == stdout, "{chart}, {}", environment.id);
            // What is shown, put together, says the same.
            for id in &user.order {
                assert!(stdout.contains(&user.documents[id].text), "{id} is not in Helm's output");
            }
            compared += 1;
        }
    }
    assert!(compared >= 12);
}

#[test]
fn a_claim_of_many_nodes_needs_a_class_that_can() {
    let mut user = User::visits(&shipped());
    user.opens("infrastructure/kaggle-data-pvc", "production");
    let Control::StorageClass { classes } = user.field("/storageClassName").control.clone() else {
        panic!("{:?}", user.field("/storageClassName"))
    };
    let gp3 = classes.iter().find(|class| class.name == "gp3").expect("gp3");
    assert_eq!(
        (gp3.provisioner.as_str(), gp3.access_modes.contains(&"ReadWriteMany".to_owned()), gp3.snapshots),
        ("ebs.csi.aws.com", false, true)
    );
    let order = user.order.clone();
    let claim = order.iter().find(|id| user.document(id).text.contains("kind: PersistentVolumeClaim")).expect("the claim").clone();
    user.sets("/storageClassName", "\"gp3\"");
    // It is told at the field, and the last good manifests stay.
    let fault = user.render.error.clone().expect("refused");
    assert!(fault.fields.iter().any(|(id, _)| id == "/accessMode" || id == "/storageClassName"), "{fault:?}");
    assert_eq!(user.order, order);
    assert!(user.field("/storageClassName").caution.as_deref().is_some_and(|text| text.contains("existing claim")));
    user.sets("/accessMode", "\"ReadWriteOnce\"");
    assert_eq!(user.render.error, None);
    user.sees(&claim, "storageClassName: \"gp3\"");
    // No class, and the cluster's default class, are different things.
    user.sets("/storageClassName", "\"\"");
    user.sees(&claim, "storageClassName: \"\"");
    user.sets("/storageClassName", "null");
    assert!(!user.document(&order[0]).text.contains("storageClassName"));
}

#[test]
fn the_cron_job_is_configured() {
    let mut user = User::visits(&shipped());
    user.opens("applications/fetch-kaggle-job", "production");
    let job = user.order.iter().find(|id| id.starts_with("CronJob/")).cloned().expect("a CronJob");
    user.types("/schedule", "30 4 * * *");
    assert!(user.document(&job).text.contains("30 4 * * *"));
    let document = user.last.documents.iter().find(|document| document.id == job).expect("it changed");
    assert_eq!(document.changed.len(), 1);
}
