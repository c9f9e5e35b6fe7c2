//! What a traced render of an environment tells: what its templates read, and which of their lines they did not reach.

use super::super::open::Open;
use super::super::render::{Inputs, Renders};
use crate::insight::reads::{Reads, keys};
use crate::insight::unreached::{Lines, lines};
use crate::pointer;
use crate::protocol::UnsetKey;
use chartwright_helm::{Chart, HelmVersion, Sources, Step, ValuesLayer};

/// How many keys that nobody sets are told.
const MOST: usize = 500;

/// An environment that was looked through.
pub(super) struct Seen {
    /// Nothing where its render fails.
    pub(super) told: Option<Told>,
}

/// What its render told.
pub(super) struct Told {
    pub(super) reads: Reads,
    pub(super) unreached: Lines,
}

impl Seen {
    /// Renders an environment with a trace.
    pub(super) fn of(renders: &mut Renders, open: &mut Open, inputs: &Inputs) -> Seen {
        let rendered = renders.fresh(open, inputs, true);
        let engine = open.engine(inputs.release.helm).ok().filter(|_| rendered.is_ok());
        let told = engine.map(|engine| {
            let mut told = Told { reads: Reads::default(), unreached: Lines::new() };
            // Nothing was executed: then nothing was read.
            let Some(trace) = engine.trace() else { return told };
            for (file, reads) in trace.all_reads() {
                for (paths, deep) in [(&reads.touched, false), (&reads.deep, true)] {
                    for path in paths {
                        told.reads.add(&keys(&trace.steps(*path)), deep, Some(file));
                    }
                }
            }
            told.unreached = lines(trace.unreached().into_iter().map(|lines| (lines.file, lines.first, lines.last)));
            told
        });
        Seen { told }
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
