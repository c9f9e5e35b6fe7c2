//! URLs.

use crate::args::Outcome;
use chartwright_template::Context;
use chartwright_value::Value;

pub(crate) fn url_join(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("url_join is not supported yet".into())
}

pub(crate) fn url_parse(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("url_parse is not supported yet".into())
}

