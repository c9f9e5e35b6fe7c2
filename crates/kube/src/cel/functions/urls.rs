//! URLs: `library/urls.go`.

use std::rc::Rc;

use chartwright_go::url::Url;

use super::super::value::{Map, Value};
use super::super::{Budget, Outcome, Stop, error};
use super::{Row, global, member};

pub(super) const TABLE: &[Row] = &[
    global("url", "s", url),
    global("isURL", "s", |_, values| match values {
        [Value::Text(text)] => Ok(Value::Bool(Url::parse_request(text.as_bytes()).is_ok())),
        _ => super::misfit(),
    }),
    member("getScheme", "U", |_, values| part(values, |url| url.scheme.clone())),
    member("getHost", "U", |_, values| part(values, |url| url.host.clone())),
    member("getHostname", "U", |_, values| part(values, |url| url.hostname().to_vec())),
    member("getPort", "U", |_, values| part(values, |url| url.port().to_vec())),
    member("getEscapedPath", "U", |_, values| part(values, Url::escaped_path)),
    member("getQuery", "U", query),
];

fn url(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text)] = values else { return super::misfit() };
    budget.charge_bytes(text.len())?;
    // A fragment is read only by the second.
    match Url::parse_request(text.as_bytes()).and_then(|_| Url::parse(text.as_bytes())) {
        Ok(url) => Ok(Value::Url(Rc::new(url))),
        Err(text) => error(format!("URL parse error during conversion from string: {text}")),
    }
}

fn text(bytes: Vec<u8>) -> Outcome {
    String::from_utf8(bytes).map(|text| Value::text(&text)).map_err(|_| Stop::Unknown)
}

fn part(values: &[Value], which: fn(&Url) -> Vec<u8>) -> Outcome {
    let [Value::Url(url)] = values else { return super::misfit() };
    text(which(url))
}

fn query(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Url(url)] = values else { return super::misfit() };
    let mut all: Vec<(Vec<u8>, Vec<Value>)> = Vec::new();
    for (key, value) in url.query_pairs() {
        budget.charge(all.len() + 1)?;
        let value = text(value)?;
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => all.push((key, vec![value])),
        }
    }
    let mut entries = Vec::with_capacity(all.len());
    for (key, values) in all {
        entries.push((text(key)?, Value::list(values)));
    }
    Map::made(entries).map(|map| Value::Map(Rc::new(map))).map_err(|_| Stop::Unknown)
}
