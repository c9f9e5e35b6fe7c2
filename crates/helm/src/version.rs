//! Which Helm is meant: the two major versions differ in what they print.

use chartwright_value::Type;

/// A major version of Helm.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum HelmVersion {
    /// Helm 3.22.
    V3,
    /// Helm 4.3.
    #[default]
    V4,
}

impl HelmVersion {
    /// The type of `.Values`, `.Template` and a template's top-level map.
    pub(crate) fn values_type(self) -> Type {
        match self {
            HelmVersion::V3 => Type::VALUES_V3,
            HelmVersion::V4 => Type::VALUES,
        }
    }
}
