//! Which Helm is meant: the two major versions differ in what they print.

/// A major version of Helm.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum HelmVersion {
    /// Helm 3.22.
    V3,
    /// Helm 4.3.
    #[default]
    V4,
}
