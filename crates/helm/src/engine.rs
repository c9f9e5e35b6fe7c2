//! A compiled chart and its renders, in Helm's order of work.

use crate::{Chart, HelmVersion, RenderError, Rendered, Request};
use chartwright_template::Host;
use std::sync::Arc;

/// A chart that is ready to render: its templates parsed once, its defaults frozen. One render at a time; clone the chart's
/// `Arc` for more engines.
pub struct Engine {
    chart: Arc<Chart>,
    version: HelmVersion,
}

impl Engine {
    /// Compiles a chart.
    ///
    /// # Errors
    /// Default values that do not parse.
    pub fn compile(chart: impl Into<Arc<Chart>>, version: HelmVersion) -> Result<Engine, RenderError> {
        Ok(Engine { chart: chart.into(), version })
    }

    /// The chart.
    pub fn chart(&self) -> &Arc<Chart> {
        &self.chart
    }

    /// The Helm that it is the twin of.
    pub fn version(&self) -> HelmVersion {
        self.version
    }

    /// Renders the chart: coalesces the values, validates them, executes the templates, splits and sorts what they write.
    ///
    /// # Errors
    /// Helm's text, and beside it what Helm leaves out.
    pub fn render(&mut self, request: &Request<'_>, host: &mut dyn Host) -> Result<Rendered, RenderError> {
        let _ = (request, host);
        Err(RenderError::new(crate::RenderErrorKind::Execute, "templates are not executed yet"))
    }
}
