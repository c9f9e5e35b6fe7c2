//! Renders and their memory: what was rendered of the same texts is not rendered again.

use super::open::Open;
use super::state::Release;
use crate::host::Preview;
use chartwright_helm::{RenderError, RenderErrorKind, Rendered, Request, Trace, ValuesLayer};
use std::collections::HashMap;
use std::rc::Rc;

/// How a render went.
pub(crate) type Outcome = Rc<Result<Rendered, RenderError>>;

/// What a render depends on.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Inputs {
    pub(crate) release: Release,
    /// Names and texts of the layers, lowest first.
    pub(crate) layers: Vec<(Rc<str>, Rc<str>)>,
}

/// What a render is for. Each purpose remembers its last one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    /// An environment as it is.
    Now(Rc<str>),
    /// An environment as it came.
    Came(Rc<str>),
    /// The chosen environment before the last edit.
    Before,
    /// A release of the stack, by place.
    Stack(usize),
}

/// The renders of all charts, by chart.
#[derive(Default)]
pub(crate) struct Renders {
    known: HashMap<(Rc<str>, Purpose), (Inputs, Outcome)>,
    /// How long the chosen environment's last fresh render took, in microseconds, until someone asks.
    pub(super) took: f64,
    /// A render reached something that this engine leaves out.
    pub(super) needs_full: bool,
}

impl Renders {
    /// Forgets a chart's renders.
    pub(crate) fn forget(&mut self, id: &Rc<str>) {
        self.known.retain(|(chart, _), _| chart != id);
    }

    /// Renders, or remembers; says which.
    pub(crate) fn render(&mut self, id: &Rc<str>, open: &mut Open, purpose: Purpose, inputs: Inputs) -> (Outcome, bool) {
        let slot = (Rc::clone(id), purpose);
        if let Some((known, outcome)) = self.known.get(&slot)
            && *known == inputs
        {
            return (Rc::clone(outcome), false);
        }
        // Files as they came are, to begin with, the files as they are.
        let twin =
            self.known.iter().find(|((chart, _), (known, _))| chart == id && *known == inputs).map(|(_, (_, outcome))| Rc::clone(outcome));
        if let Some(outcome) = twin {
            self.known.insert(slot, (inputs, Rc::clone(&outcome)));
            return (outcome, false);
        }
        // What a line came from colours it, and what a file read spares it the next edit.
        let outcome = Rc::new(self.fresh(open, &inputs, true));
        self.known.insert(slot, (inputs, Rc::clone(&outcome)));
        (outcome, true)
    }

    /// Asks where the lines of a render came from. Renders again if the engine has rendered something else since.
    pub(crate) fn ask<T>(&mut self, open: &mut Open, inputs: &Inputs, question: impl FnOnce(&Trace<'_>) -> T) -> Option<T> {
        if open.traced.as_ref() != Some(inputs) {
            self.fresh(open, inputs, true).ok()?;
        }
        let trace = open.engine(inputs.release.helm).ok()?.trace()?;
        Some(question(&trace))
    }

    /// Renders anew, and remembers nothing of it. If it is to be traced, the engine tells the trace until its next render.
    pub(crate) fn fresh(&mut self, open: &mut Open, inputs: &Inputs, trace: bool) -> Result<Rendered, RenderError> {
        let result = render(open, inputs, trace);
        self.needs_full |= result.as_ref().is_err_and(needs_full);
        result
    }
}

/// Whether an error is one that the full engine would not meet. Those of schemas and patterns have it in their text alone.
fn needs_full(error: &RenderError) -> bool {
    !cfg!(feature = "rare") && (error.kind == RenderErrorKind::NeedsFull || error.message.contains("needs the full engine"))
}

fn render(open: &mut Open, inputs: &Inputs, trace: bool) -> Result<Rendered, RenderError> {
    let engine = open.engine(inputs.release.helm)?;
    let layers: Vec<ValuesLayer<'_>> = inputs.layers.iter().map(|(name, text)| ValuesLayer::File { name, text }).collect();
    let mut request = Request::new(&inputs.release.name, &inputs.release.namespace);
    request.kube_version = Some(&*inputs.release.kube_version).filter(|version| !version.is_empty());
    request.values = &layers;
    request.trace = trace;
    let result = engine.render(&request, &mut Preview::default());
    open.traced = (trace && result.is_ok()).then(|| inputs.clone());
    result
}
