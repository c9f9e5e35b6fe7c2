//! Reports, one format a file.

mod json;
mod text;

use super::found::Report;
use super::options::{Format, Options};

/// The report in the format that was asked for.
pub(super) fn write(report: &Report, options: &Options) -> String {
    match options.format {
        Format::Text => text::write(report, options.colour),
        Format::Json => json::write(report),
    }
}
