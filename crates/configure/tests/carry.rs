//! Another engine goes on where one has stopped: nothing is lost, secrets and steps back included.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::Session;
use chartwright_configure::protocol::*;
use user::{User, shipped};

const API: &str = "applications/kaggle-data-api";
const DEPLOYMENT: &str = "Deployment/rel-kaggle-data-api";

fn start() -> Action {
    Action::Start { bundle: shipped(), dropped: Vec::new(), fragment: None, saved: None }
}

#[test]
fn another_engine_goes_on() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    user.does(Action::Recheck);
    user.sets("/autoscaling/enabled", "false");
    user.types("/replicaCount", "5");
    user.types("/replicaCount", "many");
    user.does(Action::AddLayer { name: "secret.yaml".to_owned(), text: "config:\n  PASSWORD: hunter2\n".to_owned() });
    user.does(Action::Compare(Some("local".to_owned())));
    assert!(!user.save.contains("hunter2"));

    let carried = user.session.carry();
    let mut session = Session::new();
    let _ = session.act(start(), &mut || 0.0);
    assert!(session.go_on_from(&carried));
    let update = session.refresh(&mut || 0.0);
    assert_eq!(update.header.as_ref(), Some(&user.header));
    assert_eq!(update.layers.as_ref(), Some(&user.layers));
    assert_eq!(update.yaml.as_ref().map(|yaml| &yaml.text), Some(&user.yaml.text));
    assert_eq!(update.order.as_ref(), Some(&user.order));
    assert!(update.comparison.is_some() && update.check.is_some());
    let typed = update.fields.iter().find(|field| field.id == "/replicaCount").expect("the field");
    assert_eq!((typed.input.as_str(), typed.error.is_some()), ("many", true));
    for document in &update.documents {
        assert_eq!(document.text, user.documents[&document.id].text);
    }

    // Steps back are there too.
    user.session = session;
    user.does(Action::Undo);
    user.does(Action::Undo);
    user.sees(DEPLOYMENT, "replicas: 5");
    user.does(Action::Undo);
    user.does(Action::Undo);
    assert!(!user.header.can_undo && user.header.can_redo);
    user.does(Action::Redo);
    user.does(Action::Redo);
    user.sees(DEPLOYMENT, "replicas: 5");
}

#[test]
fn what_is_of_no_session_is_left() {
    let mut session = Session::new();
    let _ = session.act(start(), &mut || 0.0);
    let carried = session.carry();
    for length in 0..carried.len() {
        assert!(!Session::new().go_on_from(&carried[..length]), "{length}");
    }
    // Without its charts it cannot go on.
    assert!(!Session::new().go_on_from(&carried));
    assert!(session.go_on_from(&carried) && !session.takes_more());
}
