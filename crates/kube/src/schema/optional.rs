//! Fields that OpenAPI calls required and that the API server does without: they have no `omitempty` in Go, and no validation asks for them.

use super::{Field, Shape, Type};

/// By type and field, as `tools/admission-check.mjs` found them.
const OPTIONAL: &[(&str, &str)] = &[
    ("CSIDriver", "spec"),
    ("CSINode", "spec"),
    ("CSINodeSpec", "drivers"),
    ("DeviceCapacity", "value"),
    ("Event", "involvedObject"),
    ("ForZone", "name"),
    ("HTTPHeader", "value"),
    ("ISCSIPersistentVolumeSource", "lun"),
    ("ISCSIVolumeSource", "lun"),
    ("LimitRangeSpec", "limits"),
    ("PodFailurePolicy", "rules"),
    ("PreferredSchedulingTerm", "preference"),
    ("ResourcePool", "generation"),
    ("ScaleIOPersistentVolumeSource", "secretRef"),
    ("ScaleIOVolumeSource", "secretRef"),
    ("SleepAction", "seconds"),
    ("Sysctl", "value"),
    ("TokenRequest", "audience"),
    ("TypedLocalObjectReference", "kind"),
    ("TypedLocalObjectReference", "name"),
    ("TypedObjectReference", "kind"),
    ("TypedObjectReference", "name"),
];

/// Whether an object is refused without this field, which OpenAPI calls required. A boolean that is not there is false.
pub(super) fn is_needed(of: &Type, field: &Field, shape: Shape) -> bool {
    shape != Shape::Bool && !OPTIONAL.contains(&(&of.name, &field.name))
}
