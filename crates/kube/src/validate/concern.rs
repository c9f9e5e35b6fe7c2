//! What an error is about, so that whoever shows errors can explain them. Named after the checks that tell of them.

/// What sort of mistake an error of validation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Concern {
    /// A name that its kind does not allow.
    ObjectName,
    /// A name that is longer than its kind allows.
    NameLength,
    /// A label's key or value, wherever labels and selectors stand.
    Label,
    /// A selector that does not match the labels of its own template.
    SelectorMismatch,
    /// A selector that selects nothing, or everything, where that is refused.
    EmptySelector,
    /// A value that is none of those that the field knows.
    Enum,
    /// An amount of a resource that cannot be.
    Quantity,
    /// A request above its limit.
    RequestAboveLimit,
    /// A container without an image.
    Image,
    /// The name of a container.
    ContainerName,
    /// A number that is no port.
    Port,
    /// A name that is none of a port.
    PortName,
    /// A port of a container that is there twice.
    DuplicateContainerPort,
    /// A probe or hook with no handler, or with several.
    ProbeHandler,
    /// A success threshold that the probe cannot have.
    ProbeSuccessThreshold,
    /// A time or a count of a probe.
    ProbeBounds,
    /// A restart policy of a container.
    ContainerRestartPolicy,
    /// A restart policy that the workload cannot have.
    WorkloadRestartPolicy,
    /// A mount of a volume that is not there.
    VolumeMount,
    /// A path that two volumes are mounted at.
    MountPath,
    /// A volume with no source, or with several.
    VolumeSource,
    /// A variable with a value and a source.
    EnvValue,
    /// Settings of security that contradict each other.
    SecurityContext,
    /// How a workload is rolled out.
    Rollout,
    /// A deadline of a roll-out.
    ProgressDeadline,
    /// A schedule or its time zone.
    CronSchedule,
    /// How a Job is completed.
    JobCompletion,
    /// The rule of a disruption budget.
    PdbPolicy,
    /// The bounds of an autoscaler.
    HpaBounds,
    /// A metric of an autoscaler.
    HpaMetric,
    /// A path of an Ingress.
    IngressPath,
    /// What an Ingress leads to.
    IngressBackend,
    /// A peer or a port of a NetworkPolicy.
    NetworkPolicyPeer,
    /// The names of a Service's ports.
    ServicePortName,
    /// A field that has to be there.
    Required,
    /// An item of a list that is there twice.
    Duplicate,
    /// Everything else.
    Other,
}
