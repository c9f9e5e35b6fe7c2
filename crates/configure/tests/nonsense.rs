//! Actions in any order, with any text: nothing panics, nothing typed is lost, and what is downloaded is what stands in the editor.

mod user;

use chartwright_configure::protocol::*;
use user::{User, bundle, shipped};

/// A small generator, so that a failure can be repeated by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

const TEXTS: &[&str] = &[
    "",
    " ",
    "0",
    "1",
    "-1",
    "3",
    "1.5",
    "1e999",
    "nan",
    "true",
    "null",
    "~",
    "500m",
    "1Gi",
    "1Zi",
    "text",
    "two words",
    "a: b",
    "- a",
    "[",
    "{}",
    "# comment",
    "'",
    "\"",
    "&a",
    "*a",
    "!!binary x",
    "%",
    "@",
    "`",
    "|",
    ">",
    "\t",
    "ünï",
    "\u{0}",
    "\u{feff}",
    "a\nb",
    "a\r\nb",
    "99999999999999999999",
    "0x10",
    "010",
    "2024-01-01",
    "{{ .Values.x }}",
    "...",
    "---",
];

const FILES: &[&str] = &[
    "",
    "\n",
    "# only a comment\n",
    "{}",
    "null",
    "[]",
    "a",
    "a: 1\n",
    "replicaCount: 2\r\nresources:\r\n  limits: {memory: 1Gi}\r\n",
    "a: &x {b: 1}\nc: *x\n",
    "a: 1\na: 2\n",
    "a: [1, 2\n",
    "---\na: 1\n---\nb: 2\n",
    "\u{feff}replicaCount: 3",
    "resources: null\n",
    "resources: 5\n",
    "config:\n  x: |\n    y\n     z\n",
    "a:\n\t- b",
    "config: {a: 1, b: \"2\"}\nimagePullSecrets: [{name: x}]\n",
];

fn act(user: &mut User, dice: &mut Dice) -> Action {
    let ids: Vec<String> = user.fields.keys().cloned().collect();
    let path = if ids.is_empty() || dice.roll(20) == 0 {
        user::path(dice.pick(&["", "/", "/nowhere", "/resources/limits/memory/x", "/config/0", "/imagePullSecrets/99"]))
    } else {
        user::path(dice.pick(&ids))
    };
    let layers: Vec<String> = user.layers.iter().map(|layer| layer.id.clone()).chain(["gone".to_owned()]).collect();
    let text = dice.pick(TEXTS).to_string();
    match dice.roll(28) {
        0..=5 => Action::Input { path, text },
        6 | 7 => Action::Set {
            path,
            json: dice.pick(&["true", "false", "null", "{}", "[]", "3", "\"x\"", "{\"a\": [1]}", "nonsense"]).to_string(),
        },
        8 => Action::Reset { path },
        9 | 10 => Action::Add { path, key: if dice.roll(2) == 0 { None } else { Some(text) } },
        11 => Action::Remove { path },
        12 => Action::Move { path, from: dice.roll(3), to: dice.roll(3) },
        13 => Action::Rename { path, key: text },
        14 => Action::Yaml(dice.pick(FILES).to_string()),
        15 => {
            // The editor's own text, changed somewhere.
            let mut text: Vec<char> = user.yaml.text.chars().collect();
            let at = dice.roll(text.len() + 1);
            if dice.roll(2) == 0 && at < text.len() {
                text.remove(at);
            } else {
                text.insert(at, *dice.pick(&['a', ' ', ':', '\n', '-', '"', '#', '{']))
            }
            Action::Yaml(text.into_iter().collect())
        }
        16 => Action::Undo,
        17 => Action::Redo,
        18 => Action::AddLayer { name: text, text: dice.pick(FILES).to_string() },
        19 => Action::SelectLayer(dice.pick(&layers).clone()),
        20 => match dice.roll(4) {
            0 => Action::RenameLayer { id: dice.pick(&layers).clone(), name: text },
            1 => Action::DuplicateLayer(dice.pick(&layers).clone()),
            2 => Action::RemoveLayer(dice.pick(&layers).clone()),
            _ => Action::MoveLayer { id: dice.pick(&layers).clone(), to: dice.roll(4) },
        },
        21 => Action::Environment(dice.pick(&["default", "local", "production", "nowhere"]).to_string()),
        22 => Action::Release {
            name: text,
            namespace: dice.pick(TEXTS).to_string(),
            kube_version: dice.pick(&["1.37", "", "x", "1.25"]).to_string(),
        },
        23 => Action::Compare(if dice.roll(2) == 0 { None } else { Some(dice.pick(&["local", "default", "nowhere"]).to_string()) }),
        24 => Action::Recheck,
        26 => match dice.roll(3) {
            0 => Action::Stack(dice.roll(3) > 0),
            1 => Action::ExportStack(*dice.pick(&[Flavour::ArgoCd, Flavour::Flux, Flavour::Helmfile])),
            _ => Action::StackSource { name: text, repository: dice.pick(TEXTS).to_string(), revision: dice.pick(TEXTS).to_string() },
        },
        27 => match dice.roll(4) {
            0 => Action::AddMember(dice.pick(&["applications/kaggle-data-api", "library/service", "nowhere"]).to_string()),
            1 => Action::RemoveMember(dice.roll(5)),
            _ => Action::SetMember {
                at: dice.roll(4),
                release: text,
                namespace: dice.pick(TEXTS).to_string(),
                environment: dice.pick(&["", "local", "nowhere"]).to_string(),
            },
        },
        _ => {
            if dice.roll(8) == 0 {
                Action::ResetAll
            } else {
                Action::Reset { path }
            }
        }
    }
}

fn wander(charts: &str, chart: &str, seed: u64, steps: usize) {
    let mut dice = Dice(seed);
    let mut user = User::visits(charts);
    user.does(Action::Chart(chart.to_owned()));
    for step in 0..steps {
        let action = act(&mut user, &mut dice);
        let before = (user.yaml.text.clone(), user.header.environment.clone());
        if dice.roll(2) == 0 {
            user.does(action.clone())
        } else {
            user.does_at_once(action.clone())
        };
        let context = format!("seed {seed}, step {step}: {action:?}");
        match &action {
            Action::Yaml(text) => assert_eq!(&user.yaml.text, text, "{context}"),
            // Only an edit of the form may change the file, and it can be undone.
            Action::Input { .. }
            | Action::Set { .. }
            | Action::Add { .. }
            | Action::Remove { .. }
            | Action::Move { .. }
            | Action::Rename { .. }
                if user.yaml.text != before.0 =>
            {
                assert!(user.header.can_undo, "{context}");
                assert_eq!(user.yaml.error, None, "{context}");
            }
            _ => {}
        }
        assert_eq!(user.gets(Export::Values), user.yaml.text, "{context}");
        if step % 10 == 0 {
            let again = User::returns(charts, Some(&user.fragment), None);
            assert_eq!(again.header.environment, user.header.environment, "{context}");
            assert_eq!(again.layers.len(), user.layers.len(), "{context}");
            // Nothing here is a secret, so that a reload brings every byte back.
            let again = User::returns(charts, None, Some(&user.save));
            assert_eq!(again.yaml.text, user.yaml.text, "{context}");
        }
    }
    let last = user.yaml.text.clone();
    let mut steps = 0;
    while user.header.can_undo {
        user.undoes();
        steps += 1;
    }
    for _ in 0..steps {
        user.redoes();
    }
    assert_eq!(user.yaml.text, last, "seed {seed}: back and forth");
}

#[test]
fn over_a_chart_with_a_schema() {
    let charts = shipped();
    for seed in 1..=3 {
        wander(&charts, "applications/kaggle-data-api", seed * 0x9e37_79b9, 40);
    }
}

#[test]
fn over_a_chart_without_a_schema() {
    let charts = bundle(
        "other/plain",
        &[
            ("Chart.yaml", "apiVersion: v2\nname: plain\nversion: 1.0.0\n"),
            (
                "values.yaml",
                "# -- How many.\nreplicaCount: 1\nresources: {}\nlist: [a, b]\nconfig:\n  a: b\nnested:\n  deep:\n    enabled: true\n    size: 1Gi\nnothing: null\nitems:\n  - name: x\n    port: 80\n",
            ),
            ("values-local.yaml", "config: {c: d}\n"),
            ("values-production.yaml", "replicaCount: 2\n"),
            (
                "templates/map.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  values: |\n    {{- toYaml .Values | nindent 4 }}\n",
            ),
        ],
    );
    for seed in 1..=8 {
        wander(&charts, "other/plain", seed * 0x1234_5677, 80);
    }
}

/// Every field, every text: it stays as typed until it is taken back, or stands in the file.
#[test]
fn bad_input_in_every_field() {
    let charts = shipped();
    for chart in ["applications/kaggle-data-api", "applications/fetch-kaggle-job", "infrastructure/kaggle-data-pvc"] {
        let mut user = User::visits(&charts);
        user.does(Action::Chart(chart.to_owned()));
        let ids: Vec<String> = user.fields.iter().filter(|(_, field)| field.children.is_empty()).map(|(id, _)| id.clone()).collect();
        let file = user.yaml.text.clone();
        for id in ids {
            for text in ["\u{0}\u{7}<script>", "[", "-99999999999999999999"] {
                user.types(&id, text);
                let Some(field) = user.fields.get(&id) else { continue };
                let kept = field.input == text || field.error.is_none();
                assert!(kept, "{chart}{id}: {field:?}");
                if field.error.is_some() {
                    assert_eq!(user.yaml.text, file, "{chart}{id}: {text:?} is not written");
                }
                user.does(Action::ResetAll);
                assert_eq!(user.yaml.text, file);
            }
        }
    }
}
