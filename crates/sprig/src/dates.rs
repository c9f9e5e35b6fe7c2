//! Dates and durations.

use crate::args::Outcome;
use chartwright_template::Context;
use chartwright_value::Value;

/// `time.Time` in a template.
pub struct Time;

pub(crate) fn ago(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("ago is not supported yet".into())
}

pub(crate) fn date(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("date is not supported yet".into())
}

pub(crate) fn date_in_zone(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("date_in_zone is not supported yet".into())
}

pub(crate) fn date_modify(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("date_modify is not supported yet".into())
}

pub(crate) fn duration(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("duration is not supported yet".into())
}

pub(crate) fn duration_round(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("duration_round is not supported yet".into())
}

pub(crate) fn html_date(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("html_date is not supported yet".into())
}

pub(crate) fn html_date_in_zone(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("html_date_in_zone is not supported yet".into())
}

pub(crate) fn must_date_modify(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("must_date_modify is not supported yet".into())
}

pub(crate) fn must_to_date(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("must_to_date is not supported yet".into())
}

pub(crate) fn now(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("now is not supported yet".into())
}

pub(crate) fn to_date(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("to_date is not supported yet".into())
}

pub(crate) fn unix_epoch(_: &mut Context<'_>, _: &[Value]) -> Outcome {
    Err("unix_epoch is not supported yet".into())
}

