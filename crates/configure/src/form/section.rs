//! The form's sections: their order and their sentence; and where a key belongs if the schema does not say.

/// Known sections, most used first, each with its sentence.
pub(crate) const SECTIONS: &[(&str, &str)] = &[
    ("Environment", "What tells one environment from another."),
    ("Image", "Which image runs, and how it is pulled."),
    ("Resources", "What each pod asks for, and what it may use at most."),
    ("Security", "What pods may do, and as whom they run."),
    ("Autoscaling", "How the number of pods follows the load."),
    ("Networking", "How the pods are reached."),
    ("Storage class", "Where data is kept, and who can mount it."),
    ("Storage", "Where data is kept, and who can mount it."),
    ("Scheduling", "On which nodes pods may run."),
    ("Probes", "How the cluster learns that a pod lives and is ready."),
    ("Disruption", "How many pods stay while nodes are drained."),
    ("Lifecycle", "How pods start and end, and what runs beside them and before them."),
    ("Jobs", "When the work runs, and what happens when it fails."),
    ("Config and secrets", "What the application is told."),
    ("Observability", "How the application is watched."),
    ("Service account", "The identity that pods have in the cluster."),
    ("Names and labels", "What objects are called, and what they carry."),
    ("General", "Everything else."),
];

/// Keys as charts commonly name them, in lower case; the longest match wins.
const KEYS: &[(&str, &str)] = &[
    ("affinity", "Scheduling"),
    ("annotations", "Names and labels"),
    ("args", "Config and secrets"),
    ("autoscaling", "Autoscaling"),
    ("command", "Config and secrets"),
    ("config", "Config and secrets"),
    ("containersecuritycontext", "Security"),
    ("cronjob", "Jobs"),
    ("dashboards", "Observability"),
    ("disruption", "Disruption"),
    ("env", "Config and secrets"),
    ("existingsecret", "Config and secrets"),
    ("extraenv", "Config and secrets"),
    ("extravolumemounts", "Storage"),
    ("extravolumes", "Storage"),
    ("fullnameoverride", "Names and labels"),
    ("global", "Environment"),
    ("httproute", "Networking"),
    ("image", "Image"),
    ("initcontainers", "Lifecycle"),
    ("ingress", "Networking"),
    ("job", "Jobs"),
    ("labels", "Names and labels"),
    ("lifecycle", "Lifecycle"),
    ("livenessprobe", "Probes"),
    ("metrics", "Observability"),
    ("migration", "Lifecycle"),
    ("nameoverride", "Names and labels"),
    ("networkpolicy", "Networking"),
    ("nodeselector", "Scheduling"),
    ("pdb", "Disruption"),
    ("persistence", "Storage"),
    ("podannotations", "Names and labels"),
    ("poddisruptionbudget", "Disruption"),
    ("podlabels", "Names and labels"),
    ("podsecuritycontext", "Security"),
    ("priorityclass", "Scheduling"),
    ("probes", "Probes"),
    ("rbac", "Security"),
    ("readinessprobe", "Probes"),
    ("replica", "Resources"),
    ("resources", "Resources"),
    ("schedule", "Jobs"),
    ("secret", "Config and secrets"),
    ("securitycontext", "Security"),
    ("service", "Networking"),
    ("serviceaccount", "Service account"),
    ("servicemonitor", "Observability"),
    ("sidecars", "Lifecycle"),
    ("startupprobe", "Probes"),
    ("storage", "Storage"),
    ("strategy", "Resources"),
    ("terminationgraceperiod", "Lifecycle"),
    ("tls", "Networking"),
    ("tolerations", "Scheduling"),
    ("topologyspread", "Scheduling"),
    ("updatestrategy", "Resources"),
    ("volume", "Storage"),
    ("volumemounts", "Storage"),
    ("volumes", "Storage"),
];

/// The section of a top-level key.
pub(crate) fn section_of(key: &str) -> &'static str {
    let key = key.to_lowercase();
    KEYS.iter().filter(|(start, _)| key.starts_with(start)).max_by_key(|(start, _)| start.len()).map_or("General", |(_, section)| section)
}

/// Where a section stands among the others; unknown ones come after the known, in the schema's order.
pub(crate) fn rank(title: &str) -> usize {
    SECTIONS.iter().position(|(known, _)| *known == title).unwrap_or(SECTIONS.len())
}

/// A section's sentence.
pub(crate) fn description(title: &str) -> &'static str {
    SECTIONS.iter().find(|(known, _)| *known == title).map_or("", |(_, text)| text)
}
