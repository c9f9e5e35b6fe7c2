//! Claims of volumes, by themselves and as templates of workloads.

use crate::validate::field::{Errors, Field};

/// `ValidatePersistentVolumeClaimSpec`.
pub(crate) fn claim_spec(_spec: &Field<'_, '_>, _errors: &mut Errors) {}
