//! The project file in the checks' worker: read once for each text, and what it says of rules is told to the linter.

use chartwright_lint::project::{Exclusion, Project};
use chartwright_lint::{Linter, Setting};

/// The last text, and what it says.
#[derive(Default)]
pub(super) struct Known {
    text: String,
    project: Project,
    /// The project before, whose rules the linter may still know of.
    before: Project,
    fault: Option<String>,
}

impl Known {
    /// Reads a text; says whether it is another than the last.
    pub(super) fn read(&mut self, text: &str) -> bool {
        if text == self.text {
            return false;
        }
        text.clone_into(&mut self.text);
        self.before = std::mem::take(&mut self.project);
        self.fault = None;
        match Project::read(text) {
            Ok(project) => self.project = project,
            Err(error) if error.line == 0 => self.fault = Some(error.message),
            Err(error) => self.fault = Some(format!("line {}: {}", error.line, error.message)),
        }
        true
    }

    /// Tells the linter of the rules that the project switches, and of no other project's.
    pub(super) fn settle(&self, linter: &mut Linter) {
        for (rule, _) in &self.before.rules {
            linter.set_rule(rule, Setting::default());
        }
        for (rule, setting) in &self.project.rules {
            linter.set_rule(rule, *setting);
        }
    }

    /// Has the linter forget them.
    pub(super) fn unsettle(&self, linter: &mut Linter) {
        for (rule, _) in &self.project.rules {
            linter.set_rule(rule, Setting::default());
        }
    }

    pub(super) fn exclusions(&self) -> &[Exclusion] {
        &self.project.exclusions
    }

    /// What is wrong with the text.
    pub(super) fn fault(&self) -> Option<String> {
        self.fault.clone()
    }
}
