//! What a user does on the page with the shipped charts, without the page.

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
    assert_eq!(ids, ["applications/fetch-kaggle-job", API, "infrastructure/kaggle-data-pvc", "library/job", "library/service"]);
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
    let names: Vec<&str> = user.header.environments.iter().map(|tab| tab.id.as_str()).collect();
    assert_eq!(names, ["default", "local", "staging", "production"]);
}
