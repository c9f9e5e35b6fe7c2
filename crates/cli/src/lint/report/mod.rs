//! Reports, one format a file.

mod github;
mod json;
mod junit;
mod locations;
mod sarif;
mod text;

use super::found::Report;
use super::options::{Format, Options};

/// The report in the format that was asked for.
pub(super) fn write(report: &Report, options: &Options) -> String {
    match options.format {
        Format::Text => text::write(report, options.colour),
        Format::Json => json::write(report),
        Format::Sarif => sarif::write(report),
        Format::Junit => junit::write(report, options.fail_on),
        Format::Github => github::write(report),
    }
}
