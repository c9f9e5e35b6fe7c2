//! What is told of a render that failed, beside Helm's text: where, why, and what led there.

use super::errors;
use super::manifests::HeadError;
use super::prepare::File;
use crate::{Frame, HelmVersion, Position, RenderError, RenderErrorKind, Trail};
use chartwright_template::trace::{FileTrace, LineTrace, Site, Tracer};
use chartwright_template::{ErrorKind, ExecError};

/// A template that failed.
pub(super) fn execution(files: &[File], file: &File, error: &ExecError, version: HelmVersion) -> RenderError {
    let kind = match error.kind {
        ErrorKind::Limit => RenderErrorKind::Limit,
        ErrorKind::NeedsFull => RenderErrorKind::NeedsFull,
        ErrorKind::Failed | ErrorKind::NoTemplate => RenderErrorKind::Execute,
    };
    let message = errors::execution_error(&file.name, &error.chain().collect::<Vec<_>>(), version);
    let position = error.position().map(place);
    let lines = position.as_ref().and_then(|position| {
        let file = files.iter().find(|file| *file.name == *position.file)?;
        Some(excerpt(&file.text, position.line))
    });
    let executing = error.levels.iter().filter_map(|level| level.executing.as_ref());
    let frames = executing.map(|at| Frame { position: place(&at.position), template: at.template.clone(), expression: at.context.clone() });
    RenderError {
        at: position.as_ref().map(|position| position.line),
        position,
        excerpt: lines.unwrap_or_default(),
        hint: error.hint.clone(),
        trail: Box::new(Trail { frames: frames.collect(), ..Trail::default() }),
        ..RenderError::new(kind, message)
    }
}

/// What wrote the line at which an output is no YAML.
pub(super) fn written_by(trace: &FileTrace, tracer: &Tracer, output: &[u8], error: &HeadError) -> Option<LineTrace> {
    let document = error.document.as_bytes();
    let begins = output.windows(document.len().max(1)).position(|part| part == document)?;
    let before = document.split_inclusive(|byte| *byte == b'\n').take((error.line as usize).checked_sub(1)?);
    let line = begins + before.map(<[u8]>::len).sum::<usize>();
    let length = output.get(line..)?.iter().position(|byte| *byte == b'\n').unwrap_or(output.len() - line);
    Some(trace.range(tracer, output, line..line + length))
}

/// The templates behind a place, outermost first.
pub(super) fn frames(site: &Site) -> impl Iterator<Item = Frame> {
    let frame = |position: &chartwright_template::Position, template: &str| Frame {
        position: place(position),
        template: template.to_owned(),
        expression: String::new(),
    };
    let calls: Vec<Frame> = site.calls.iter().map(|call| frame(call, "")).chain([frame(&site.position, &site.template)]).collect();
    calls.into_iter()
}

/// A template's place, with its column from 1.
fn place(position: &chartwright_template::Position) -> Position {
    Position { file: position.file.clone(), line: position.line as u32, column: position.column.map_or(0, |column| column as u32 + 1) }
}

/// An output that is no YAML.
pub(super) fn no_yaml(file: &str, error: &HeadError) -> RenderError {
    let mut failure = RenderError::new(RenderErrorKind::Yaml, error.message.clone());
    if error.line > 0 {
        failure.excerpt = excerpt(error.document.as_bytes(), error.line);
        failure.at = Some(error.line);
        failure.hint = Some(format!("line {}, column {} of a document that {file} made", error.line, error.column));
    }
    failure
}

/// The lines around a place, for whoever draws an error.
pub(super) fn excerpt(text: &[u8], line: u32) -> Vec<(u32, String)> {
    let first = line.saturating_sub(2).max(1);
    let lines = text.split(|byte| *byte == b'\n').enumerate().skip(first as usize - 1).take((line + 2 - first) as usize);
    lines.map(|(at, text)| (at as u32 + 1, String::from_utf8_lossy(text).trim_end_matches('\r').to_owned())).collect()
}
