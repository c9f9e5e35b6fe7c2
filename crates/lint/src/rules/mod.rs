//! The table of rules, one file a rule. What a rule is made of, is in `rule`.

use crate::rule::Rule;

mod access_mode_class;
mod access_to_create_pods;
mod access_to_secrets;
mod allow_privilege_escalation;
mod anonymous_binding;
mod app_armor_profile;
mod automount_token;
mod budget;
mod capabilities_baseline;
mod capabilities_restricted;
mod chart_crds;
mod chart_dependencies;
mod chart_metadata;
mod chart_name;
mod chart_render;
mod chart_version;
mod cluster_admin_binding;
mod configmap_secret;
mod container_restart_policy;
mod crd_schema;
mod cron_schedule;
mod cronjob_concurrency;
mod cronjob_deadline;
mod dangling_hpa;
mod dangling_ingress;
mod dangling_networkpolicy;
mod dangling_pdb;
mod dangling_role_ref;
mod dangling_service;
mod dangling_servicemonitor;
mod default_password;
mod default_service_account;
mod deprecated_annotation;
mod deprecated_api;
mod deprecated_registry;
mod deprecated_service_account_field;
mod deprecated_volume;
mod dnsconfig_ndots;
mod docker_sock;
mod documented_value;
mod drop_net_raw_capability;
mod duplicate_container_port;
mod duplicate_env_var;
mod duplicate_hpa;
mod duplicate_key;
mod duplicate_list_key;
mod duplicate_mount_path;
mod duplicate_object;
mod empty_selector;
mod emptydir_size;
mod env_value_conflict;
mod env_var_secret;
mod ephemeral_storage;
mod fractional_bytes;
mod hardcoded_namespace;
mod host_aliases;
mod host_namespaces;
mod host_path_volumes;
mod host_ports;
mod host_probes_and_host_lifecycle;
mod hpa_equals_pdb;
mod hpa_metric_source;
mod hpa_min_max;
mod hpa_minimum;
mod hpa_missing_requests;
mod hpa_replicas_conflict;
mod ignored_service_field;
mod image_digest;
mod image_pull_policy;
mod image_reference;
mod images;
mod immutable_field_change;
mod ingress_backend_shape;
mod ingress_conflict;
mod ingress_host;
mod ingress_nginx_snippet;
mod ingress_path;
mod ingress_tls;
mod ingress_tls_host;
mod invalid_container_name;
mod invalid_enum;
mod invalid_label;
mod invalid_object_name;
mod invalid_port;
mod invalid_quantity;
mod invalid_target_ports;
mod invalid_value;
mod job_completion_mode;
mod job_ttl_seconds_after_finished;
mod latest_tag;
mod load_balancer_cost;
mod low_user_group_id;
mod memory_request_not_limit;
mod minimum_replicas;
mod mismatching_selector;
mod missing_config_ref;
mod missing_image;
mod missing_network_policy;
mod missing_pdb;
mod missing_pvc_ref;
mod missing_required;
mod missing_type_meta;
mod naked_pod;
mod name_too_long;
mod netpol_peer;
mod networkpolicy_cuts_traffic;
mod no_anti_affinity;
mod no_liveness_probe;
mod no_read_only_root_fs;
mod no_readiness_probe;
mod non_existent_service_account;
mod null_label_selector;
mod operators;
mod pdb_blocks_eviction;
mod pdb_policy;
mod pdb_unhealthy_pod_eviction_policy;
mod pod_exec_attach;
mod policies;
mod pre_stop;
mod priority_class;
mod privileged;
mod privileged_ports;
mod probe_bounds;
mod probe_handler;
mod probe_port;
mod probe_success_threshold;
mod probes_identical;
mod proc_mount;
mod proc_mount_restricted;
mod progress_deadline;
mod pvc_storage_class;
mod quantities;
mod rbac;
mod rbac_escalation;
mod read_secret_from_env_var;
mod recommended_labels;
mod removed_api;
mod replica_budget;
mod request_exceeds_limit;
mod resource_policy_in_list;
mod resources;
mod restricted_volumes;
mod rolling_update_strategy;
mod rollout_strategy;
mod run_as_non_root;
mod run_as_user;
mod rwo_multi_replica;
mod scalars;
mod schema_type;
mod se_linux_options;
mod seccomp_profile_baseline;
mod seccomp_profile_restricted;
mod security_context_conflict;
mod sensitive_host_mounts;
mod service_external_ips;
mod service_nodeport;
mod service_port_names;
mod service_port_target;
mod ssh_port;
mod sts_service_name;
mod sysctls;
mod tiller;
mod top_indent;
mod topology_spread;
mod traffic;
mod unknown_field;
mod unknown_kind;
mod unknown_value;
mod unset_cpu_limits;
mod unset_cpu_requests;
mod unset_memory_limits;
mod unset_memory_requests;
mod untrusted_registry;
mod unused_suppression;
mod unused_value;
mod use_namespace;
mod values_schema;
mod values_secret;
mod volume_mount_ref;
mod volume_source;
mod wildcard_in_rules;
mod windows_host_process;
mod workload_restart_policy;
mod writable_host_mount;
mod yaml_octal;
pub(crate) mod yaml_parse;
mod yaml_truthy;

/// All rules, in the catalogue's order.
pub static RULES: &[&Rule] = &[
    // Schema
    &yaml_parse::RULE,
    &duplicate_key::RULE,
    &unknown_kind::RULE,
    &unknown_field::RULE,
    &schema_type::RULE,
    &missing_required::RULE,
    &crd_schema::RULE,
    &duplicate_list_key::RULE,
    &duplicate_object::RULE,
    &missing_type_meta::RULE,
    &yaml_truthy::RULE,
    &yaml_octal::RULE,
    // API-server semantic
    &name_too_long::RULE,
    &mismatching_selector::RULE,
    &hpa_min_max::RULE,
    &request_exceeds_limit::RULE,
    &invalid_quantity::RULE,
    &fractional_bytes::RULE,
    &immutable_field_change::RULE,
    &missing_image::RULE,
    &volume_mount_ref::RULE,
    &env_value_conflict::RULE,
    &pdb_policy::RULE,
    &workload_restart_policy::RULE,
    &rollout_strategy::RULE,
    &service_port_names::RULE,
    &ingress_path::RULE,
    &probe_handler::RULE,
    &probe_success_threshold::RULE,
    &security_context_conflict::RULE,
    &hpa_metric_source::RULE,
    &invalid_label::RULE,
    &invalid_container_name::RULE,
    &invalid_port::RULE,
    &duplicate_container_port::RULE,
    &invalid_object_name::RULE,
    &cron_schedule::RULE,
    &probe_bounds::RULE,
    &empty_selector::RULE,
    &invalid_enum::RULE,
    &invalid_target_ports::RULE,
    &container_restart_policy::RULE,
    &duplicate_mount_path::RULE,
    &volume_source::RULE,
    &progress_deadline::RULE,
    &job_completion_mode::RULE,
    &ingress_backend_shape::RULE,
    &netpol_peer::RULE,
    &invalid_value::RULE,
    &ignored_service_field::RULE,
    &null_label_selector::RULE,
    // PSS baseline
    &privileged::RULE,
    &host_namespaces::RULE,
    &capabilities_baseline::RULE,
    &host_path_volumes::RULE,
    &host_ports::RULE,
    &host_probes_and_host_lifecycle::RULE,
    &app_armor_profile::RULE,
    &se_linux_options::RULE,
    &proc_mount::RULE,
    &seccomp_profile_baseline::RULE,
    &sysctls::RULE,
    &windows_host_process::RULE,
    // PSS restricted
    &allow_privilege_escalation::RULE,
    &capabilities_restricted::RULE,
    &run_as_non_root::RULE,
    &run_as_user::RULE,
    &seccomp_profile_restricted::RULE,
    &restricted_volumes::RULE,
    &proc_mount_restricted::RULE,
    // Security
    &no_read_only_root_fs::RULE,
    &docker_sock::RULE,
    &sensitive_host_mounts::RULE,
    &env_var_secret::RULE,
    &drop_net_raw_capability::RULE,
    &writable_host_mount::RULE,
    &automount_token::RULE,
    &default_service_account::RULE,
    &low_user_group_id::RULE,
    &read_secret_from_env_var::RULE,
    &ssh_port::RULE,
    &privileged_ports::RULE,
    &host_aliases::RULE,
    &ingress_nginx_snippet::RULE,
    &tiller::RULE,
    // Images
    &latest_tag::RULE,
    &image_digest::RULE,
    &image_pull_policy::RULE,
    &image_reference::RULE,
    &untrusted_registry::RULE,
    &deprecated_registry::RULE,
    // Reliability
    &no_liveness_probe::RULE,
    &no_readiness_probe::RULE,
    &probe_port::RULE,
    &no_anti_affinity::RULE,
    &missing_pdb::RULE,
    &pdb_blocks_eviction::RULE,
    &probes_identical::RULE,
    &naked_pod::RULE,
    &minimum_replicas::RULE,
    &topology_spread::RULE,
    &pdb_unhealthy_pod_eviction_policy::RULE,
    &rolling_update_strategy::RULE,
    &priority_class::RULE,
    &pre_stop::RULE,
    &dnsconfig_ndots::RULE,
    // Resources/cost/observability
    &unset_cpu_requests::RULE,
    &unset_memory_requests::RULE,
    &unset_memory_limits::RULE,
    &unset_cpu_limits::RULE,
    &memory_request_not_limit::RULE,
    &ephemeral_storage::RULE,
    &emptydir_size::RULE,
    &load_balancer_cost::RULE,
    &replica_budget::RULE,
    // Cross-object refs
    &missing_pvc_ref::RULE,
    &hpa_replicas_conflict::RULE,
    &hpa_missing_requests::RULE,
    &hpa_equals_pdb::RULE,
    &dangling_hpa::RULE,
    &non_existent_service_account::RULE,
    &missing_config_ref::RULE,
    &sts_service_name::RULE,
    &dangling_pdb::RULE,
    &hpa_minimum::RULE,
    &duplicate_hpa::RULE,
    &dangling_servicemonitor::RULE,
    // Labels/metadata
    &duplicate_env_var::RULE,
    &unused_suppression::RULE,
    &recommended_labels::RULE,
    &use_namespace::RULE,
    &hardcoded_namespace::RULE,
    // Networking
    &dangling_ingress::RULE,
    &dangling_service::RULE,
    &service_port_target::RULE,
    &service_nodeport::RULE,
    &service_external_ips::RULE,
    &ingress_host::RULE,
    &ingress_tls::RULE,
    &ingress_tls_host::RULE,
    &ingress_conflict::RULE,
    &missing_network_policy::RULE,
    &dangling_networkpolicy::RULE,
    &networkpolicy_cuts_traffic::RULE,
    // Storage/jobs
    &rwo_multi_replica::RULE,
    &pvc_storage_class::RULE,
    &cronjob_deadline::RULE,
    &cronjob_concurrency::RULE,
    &job_ttl_seconds_after_finished::RULE,
    // Storage
    &access_mode_class::RULE,
    // RBAC
    &wildcard_in_rules::RULE,
    &cluster_admin_binding::RULE,
    &access_to_secrets::RULE,
    &access_to_create_pods::RULE,
    &pod_exec_attach::RULE,
    &rbac_escalation::RULE,
    &anonymous_binding::RULE,
    &dangling_role_ref::RULE,
    // Chart hygiene
    &chart_name::RULE,
    &chart_version::RULE,
    &chart_metadata::RULE,
    &chart_dependencies::RULE,
    &chart_crds::RULE,
    &values_schema::RULE,
    &unknown_value::RULE,
    &unused_value::RULE,
    &documented_value::RULE,
    &top_indent::RULE,
    &resource_policy_in_list::RULE,
    // Secrets
    &values_secret::RULE,
    &configmap_secret::RULE,
    &default_password::RULE,
    // Deprecations
    &removed_api::RULE,
    &deprecated_api::RULE,
    &deprecated_service_account_field::RULE,
    &deprecated_annotation::RULE,
    &deprecated_volume::RULE,
];

/// The rule that whoever renders charts reports by: no manifest shows it. It belongs to every profile.
pub use chart_render::RULE as CHART_RENDER;

/// The rule that whoever reads project files reports unused exclusions by.
pub use unused_suppression::RULE as UNUSED_SUPPRESSION;

/// The rule of an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().chain([&CHART_RENDER]).find(|rule| rule.id == id)
}
