//! `urlParse` and `urlJoin`: a URL as a dictionary of its parts.

use crate::args::{NIL_DEREFERENCE, Outcome, nil, string};
use chartwright_go::url::{Url, User};
use chartwright_template::{CallError, Context};
use chartwright_value::{GoKind, Value};

pub(crate) fn url_parse(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let url = Url::parse(ctx.heap.str(args[0])).map_err(|error| format!("unable to parse url: {error}"))?;
    let user = url.user.as_ref().map(User::write).unwrap_or_default();
    let parts: [(&str, &[u8]); 8] = [
        ("fragment", &url.fragment),
        ("host", &url.host),
        ("hostname", url.hostname()),
        ("opaque", &url.opaque),
        ("path", &url.path),
        ("query", &url.query),
        ("scheme", &url.scheme),
        ("userinfo", &user),
    ];
    let map = ctx.heap.map();
    for (key, text) in parts {
        let text = ctx.heap.string(text);
        ctx.heap.put(map, key, text);
    }
    Ok(map)
}

/// A dictionary's string, empty where it is missing. Source: `sprig/url.go`, `dictGetOrEmpty`.
fn part(ctx: &Context<'_>, map: Value, key: &str) -> Result<Vec<u8>, CallError> {
    let Some(value) = ctx.heap.get(map, key) else {
        return Ok(Vec::new());
    };
    if nil(value) {
        return Err(NIL_DEREFERENCE.into());
    }
    match ctx.heap.go_kind(value) {
        GoKind::String => Ok(ctx.heap.str(value).to_vec()),
        kind => Err(CallError::Failed(format!("unable to parse {key} key, must be of type string, but {} found", kind.name()))),
    }
}

pub(crate) fn url_join(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let map = args[0];
    let mut url = Url {
        scheme: part(ctx, map, "scheme")?,
        host: part(ctx, map, "host")?,
        path: part(ctx, map, "path")?,
        query: part(ctx, map, "query")?,
        opaque: part(ctx, map, "opaque")?,
        fragment: part(ctx, map, "fragment")?,
        ..Url::default()
    };
    let user = part(ctx, map, "userinfo")?;
    if !user.is_empty() {
        let read = Url::parse(&[b"proto://", &user[..], b"@host"].concat());
        url.user = read.map_err(|error| format!("unable to parse userinfo in dict: {error}"))?.user;
    }
    string(ctx, url.write())
}
