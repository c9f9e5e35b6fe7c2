//! A stack: several releases that are rendered together, with what is said of them as a whole.

use super::{FindingView, Totals};

pub use crate::stack::Flavour;

/// The stack as it is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StackView {
    /// Its name, as typed.
    pub name: String,
    /// The Git repository that holds the charts, as typed.
    pub repository: String,
    /// Its branch, as typed.
    pub revision: String,
    /// What is wrong with the three.
    pub errors: [Option<String>; 3],
    /// The releases.
    pub members: Vec<MemberView>,
}

/// A release of the stack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemberView {
    /// The chart, by [`ChartCard::id`](super::ChartCard::id).
    pub chart: String,
    /// The chart's name and version.
    pub title: String,
    /// The release's name, as typed.
    pub release: String,
    /// The namespace, as typed.
    pub namespace: String,
    /// What is wrong with release and namespace.
    pub errors: Vec<Option<String>>,
    /// The environment that it has.
    pub environment: String,
    /// Whether that is the page's, and goes with it.
    pub follows: bool,
    /// The environments of the chart.
    pub environments: Vec<String>,
    /// How many of its values are mine.
    pub mine: usize,
    /// How many objects it has.
    pub objects: usize,
    /// Why it could not be rendered.
    pub failed: Option<String>,
}

/// A member's manifests, where they changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemberDocuments {
    /// The member, by place.
    pub member: u32,
    /// Ids and texts, masked as [`DocumentView::text`](super::DocumentView::text).
    pub documents: Vec<(String, String)>,
}

/// What is said of the stack as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StackReport {
    /// The wave in which each member is installed.
    pub waves: Vec<u32>,
    /// References across members that are met.
    pub ties: Vec<TieView>,
    /// What is wrong, worst first, with the member by place.
    pub findings: Vec<(u32, FindingView)>,
    /// What no chart defines, and who needs it.
    pub prerequisites: Vec<(String, String)>,
    /// What all of it asks of the cluster.
    pub totals: Totals,
    /// Each workload by itself.
    pub workloads: Vec<WorkloadView>,
    /// Whether a member could not be rendered: nothing is then said to be missing, and the sums are without it.
    pub partial: bool,
}

/// An object of one member that needs one of another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TieView {
    /// The member that needs it, by place.
    pub from_member: u32,
    /// `Deployment/kaggle-data-api`.
    pub from: String,
    /// The member that has it, by place.
    pub to_member: u32,
    /// `PersistentVolumeClaim/kaggle-data`.
    pub to: String,
}

/// A workload. Texts are ready to show, with units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkloadView {
    /// The member, by place.
    pub member: u32,
    /// `Deployment/kaggle-data-api`.
    pub object: String,
    /// `2–10`.
    pub pods: String,
    /// Of one pod.
    pub requests: String,
    /// Of one pod.
    pub limits: String,
    /// `Burstable`.
    pub qos: String,
}

/// What the stack is downloaded as.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Archive {
    /// The file's name.
    pub name: String,
    /// Its bytes; empty where it could not be made.
    pub bytes: Vec<u8>,
    /// Why it could not be made.
    pub refused: Option<String>,
}
