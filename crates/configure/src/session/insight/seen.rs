//! What a traced render of an environment tells: what its templates read, and which of their lines they did not reach.

use super::super::open::Open;
use super::super::render::{Inputs, Renders};
use crate::hygiene::said::{Said, of_outputs};
use crate::insight::reads::Reads;
use crate::insight::unreached::{Lines, lines};
use crate::pointer;
use crate::protocol::UnsetKey;
use chartwright_helm::{Chart, HelmVersion, Sources, Step, ValuesLayer};
use std::cell::OnceCell;
use std::sync::Arc;

/// How many keys that nobody sets are told.
const MOST: usize = 500;

/// An environment that was looked through.
pub(in crate::session) struct Seen {
    /// Nothing where its render fails.
    pub(in crate::session) told: Option<Told>,
}

/// What its render told.
pub(in crate::session) struct Told {
    pub(in crate::session) reads: Reads,
    /// Worked out when it is asked for.
    pub(super) unreached: OnceCell<Lines>,
    /// What Helm's linter says of what the templates wrote.
    pub(in crate::session) said: Vec<Said>,
}

impl Seen {
    /// Renders an environment with a trace, if that is not what was rendered last.
    pub(super) fn of(renders: &mut Renders, open: &mut Open, inputs: &Inputs) -> Seen {
        let is_traced = open.traced.as_ref() == Some(inputs) || renders.fresh(open, inputs, true).is_ok();
        let chart = Arc::clone(&open.chart);
        let engine = open.engine(inputs.release.helm).ok().filter(|_| is_traced);
        let told = engine.map(|engine| {
            let mut told = Told { reads: Reads::default(), unreached: OnceCell::new(), said: Vec::new() };
            // Nothing was executed: then nothing was read.
            let Some(trace) = engine.trace() else { return told };
            told.reads = Reads::of(&trace);
            let text = |path: &str| chart.templates().iter().find(|file| file.path == path).map(|file| file.text().into_owned());
            told.said = of_outputs(&chart, engine.outputs(), engine.version(), &text);
            told
        });
        Seen { told }
    }
}

impl Told {
    /// The lines that the render of these inputs did not reach.
    pub(super) fn unreached(&self, renders: &mut Renders, open: &mut Open, inputs: &Inputs) -> &Lines {
        self.unreached.get_or_init(|| {
            let unreached =
                renders.ask(open, inputs, |trace| lines(trace.unreached().into_iter().map(|lines| (lines.file, lines.first, lines.last))));
            unreached.unwrap_or_default()
        })
    }
}

/// The keys that templates read, and that neither these files nor the charts' own values set.
pub(super) fn unset(chart: &Chart, files: &[(&str, &str)], reads: &Reads, helm: HelmVersion) -> Vec<UnsetKey> {
    let layers: Vec<ValuesLayer<'_>> = files.iter().map(|(name, text)| ValuesLayer::File { name, text }).collect();
    let sources = Sources::new(chart, &layers, helm);
    let is_unset = |path: &[String]| {
        let steps: Vec<Step> = path.iter().map(|key| Step::Key(key.as_bytes().into())).collect();
        !path.is_empty() && sources.of(&steps).is_empty()
    };
    let leaves = reads.leaves().into_iter().filter(|(path, _)| is_unset(path));
    leaves.take(MOST).map(|(path, by)| UnsetKey { key: pointer::dotted(&path), file: by.to_owned() }).collect()
}
