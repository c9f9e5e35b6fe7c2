//! Secrets are masked wherever they are shown, and stand in no link and no storage.

mod user;

use chartwright_configure::protocol::*;
use user::{User, bundle, shipped};

const SECRET: &str = "correct-horse-battery";
/// The same in standard base64, as a Secret holds it.
const ENCODED: &str = "Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5";

/// No part of what the page shows, keeps or sends to the checks beside the fields and the editor holds the secret.
#[track_caller]
fn hidden(user: &User) {
    let documents: Vec<&DocumentView> = user.documents.values().collect();
    let shown =
        format!("{:?}", (documents, &user.values, &user.comparison, &user.save, &user.fragment, &user.report, &user.render, &user.notes));
    assert!(!shown.contains(SECRET) && !shown.contains(ENCODED), "{shown}");
    let fragment = user.fragment.strip_prefix("1.").expect("a version");
    let text = String::from_utf8(base64(fragment)).expect("UTF-8");
    assert!(text.starts_with('{') && !text.contains(SECRET), "{text}");
    let overs: Vec<&Option<String>> = user.fields.values().map(|field| &field.over).collect();
    assert!(!format!("{overs:?}").contains(SECRET));
}

fn base64(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = Vec::new();
    let (mut word, mut bits) = (0u32, 0);
    for byte in text.bytes() {
        word = (word << 6) | alphabet.iter().position(|known| *known == byte).expect("the alphabet") as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((word >> bits) as u8);
            word &= (1 << bits) - 1;
        }
    }
    out
}

#[test]
fn of_the_shipped_chart() {
    let mut user = User::visits(&shipped());
    user.opens("applications/kaggle-data-api", "production");
    user.does(Action::Recheck);
    user.does(Action::Compare(Some("local".into())));
    user.does(Action::Add { path: user::path("/secret"), key: Some("API_TOKEN".into()) });
    user.types("/secret/API_TOKEN", SECRET);
    let memory = user.last.memory.clone().expect("what an engine that takes over needs");
    let field = user.field("/secret/API_TOKEN");
    assert!(field.secret && field.input == SECRET);
    assert!(user.order.iter().any(|id| id.starts_with("Secret/")), "{:?}", user.order);
    hidden(&user);
    // What is taken away is whole: the file is the user's own.
    assert!(user.gets(Export::Values).contains(SECRET));
    assert!(user.gets(Export::Manifests).contains(ENCODED) || user.gets(Export::Manifests).contains(SECRET));
    // A reload keeps the key, and says nothing of its value.
    let again = User::returns(&shipped(), None, Some(&user.save));
    assert_eq!(again.field("/secret/API_TOKEN").input, "");
    // An engine that takes over within the same visit is given all.
    let after = User::returns(&shipped(), None, Some(&memory));
    assert_eq!(after.field("/secret/API_TOKEN").input, SECRET);
    hidden(&after);
    user.resets("/secret/API_TOKEN");
    assert_eq!(user.last.memory.as_deref(), Some(""));
}

#[test]
fn of_any_chart_by_their_names() {
    let charts = bundle(
        "other/plain",
        &[
            ("Chart.yaml", "apiVersion: v2\nname: plain\nversion: 1.0.0\n"),
            ("values.yaml", "database:\n  user: me\n  password: \"\"\nenv:\n  - name: A\n    value: b\n"),
            (
                "templates/all.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  url: {{ printf \"pg://%s:%s@db\" .Values.database.user .Values.database.password | quote }}\n  env: {{ .Values.env | toJson | quote }}\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  p: {{ .Values.database.password | b64enc }}\n",
            ),
            ("templates/NOTES.txt", "The database is ready.\n"),
        ],
    );
    let mut user = User::visits(&charts);
    user.does(Action::Recheck);
    user.types("/database/password", SECRET);
    assert_eq!(user.render.error, None);
    assert!(user.document("ConfigMap/x").text.contains("••••••"));
    hidden(&user);
    user.types("/database/password", "");
    // A list of variables, as Kubernetes writes them; and a file that cannot be read, which hides them too.
    user.writes(&format!("env:\n  - name: API_PASSWORD\n    value: {SECRET}\n"));
    hidden(&user);
    user.writes(&format!("# {SECRET}\ndatabase: {{password: {SECRET}}}\n"));
    hidden(&user);
    user.writes(&format!("database:\n  password: {SECRET}\n broken: [\n"));
    hidden(&user);
}
