//! `.Capabilities`: what the cluster and this Helm can do (`pkg/chart/common/capabilities.go`).

use crate::HelmVersion;
use chartwright_template::{CallError, Context, Function};
use chartwright_value::{Field, GoKind, Heap, Object, Param, Part, Repr, Signature, Type, Value};
use std::any::Any;
use std::sync::Arc;

/// The API versions that Helm 4.3.1 and 3.22.0 know, in their order.
const API_VERSIONS: &[&str] = &[
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "lifecycle.k8s.io/v1alpha1",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1",
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1",
    "storagemigration.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
];

/// The Kubernetes version that both Helms take by default.
const DEFAULT_KUBE_VERSION: &str = "v1.37.0";

/// A Kubernetes version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KubeVersion {
    /// As given, with `v`.
    pub(crate) version: String,
    /// The numbers alone, with `v`: what constraints see.
    pub(crate) normalized: String,
    pub(crate) major: String,
    pub(crate) minor: String,
}

impl KubeVersion {
    /// Reads `--kube-version` as a Helm does: Helm 3 keeps nothing but the numbers (`k8s.io/apimachinery/pkg/util/version`, `ParseGeneric`).
    ///
    /// # Errors
    /// Kubernetes' text.
    pub(crate) fn parse(text: &str, helm: HelmVersion) -> Result<KubeVersion, String> {
        let quoted = chartwright_go::quote::quoted(text.as_bytes());
        let unreadable = || format!("could not parse {quoted} as version");
        // The expression is `^\s*v?([0-9]+(?:\.[0-9]+)*)(.*)*$`.
        let trimmed = text.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        let core = trimmed.strip_prefix('v').unwrap_or(trimmed);
        let mut parts: Vec<&str> = Vec::new();
        let mut rest = core;
        loop {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if digits == 0 {
                break;
            }
            parts.push(&rest[..digits]);
            rest = &rest[digits..];
            match rest.strip_prefix('.') {
                Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => rest = after,
                _ => break,
            }
        }
        if parts.is_empty() {
            return Err(unreadable());
        }
        if parts.len() < 2 {
            return Err(format!("illegal version string {quoted}"));
        }
        if parts[0].len() > 1 && parts[0].starts_with('0') {
            let part = chartwright_go::quote::quoted(parts[0].as_bytes());
            return Err(format!("illegal zero-prefixed version component {part} in {quoted}"));
        }
        let mut numbers = Vec::new();
        for part in &parts {
            let part_quoted = chartwright_go::quote::quoted(part.as_bytes());
            numbers.push(part.parse::<u64>().map_err(|_| {
                format!("illegal non-numeric version component {part_quoted} in {quoted}: strconv.ParseUint: parsing {part_quoted}: value out of range")
            })?);
        }
        let joined: Vec<String> = numbers.iter().map(u64::to_string).collect();
        Ok(KubeVersion {
            version: match helm {
                HelmVersion::V3 => format!("v{}", joined.join(".")),
                HelmVersion::V4 if text.starts_with('v') => text.to_owned(),
                HelmVersion::V4 => format!("v{text}"),
            },
            normalized: format!("v{}", joined.join(".")),
            major: joined[0].clone(),
            minor: joined[1].clone(),
        })
    }
}

impl Default for KubeVersion {
    fn default() -> KubeVersion {
        KubeVersion {
            version: DEFAULT_KUBE_VERSION.to_owned(),
            normalized: DEFAULT_KUBE_VERSION.to_owned(),
            major: "1".to_owned(),
            minor: "37".to_owned(),
        }
    }
}

const FIELDS: &[&str] = &["KubeVersion", "APIVersions", "HelmVersion"];

/// What `.Capabilities` holds.
pub(crate) struct Capabilities {
    pub(crate) kube_version: Arc<KubeVersion>,
    api_versions: Vec<String>,
    helm: HelmVersion,
}

impl Capabilities {
    pub(crate) fn new(
        kube_version: KubeVersion,
        serves: Option<&[String]>,
        more_api_versions: &[String],
        helm: HelmVersion,
    ) -> Capabilities {
        let helms = || API_VERSIONS.iter().map(|name| (*name).to_owned()).collect();
        let mut api_versions: Vec<String> = serves.map_or_else(helms, <[String]>::to_vec);
        api_versions.extend_from_slice(more_api_versions);
        Capabilities { kube_version: Arc::new(kube_version), api_versions, helm }
    }

    fn list(&self, heap: &mut Heap) -> Value {
        let names: Vec<Value> = self.api_versions.iter().map(|name| heap.string(name)).collect();
        let ty = match self.helm {
            HelmVersion::V3 => Type::VERSION_SET_V3,
            HelmVersion::V4 => Type::VERSION_SET,
        };
        heap.list_of(ty, &names)
    }
}

impl Object for Capabilities {
    fn type_name(&self) -> &str {
        match self.helm {
            HelmVersion::V3 => "*chartutil.Capabilities",
            HelmVersion::V4 => "*common.Capabilities",
        }
    }

    fn go_kind(&self) -> GoKind {
        GoKind::Ptr
    }

    fn field(&self, heap: &mut Heap, name: &str) -> Option<Value> {
        match name {
            "KubeVersion" => {
                Some(heap.new_object(Arc::new(KubeVersionObject { version: Arc::clone(&self.kube_version), helm: self.helm })))
            }
            "APIVersions" => Some(self.list(heap)),
            "HelmVersion" => Some(heap.new_object(Arc::new(BuildInfo { helm: self.helm }))),
            _ => None,
        }
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "Copy").then_some(Signature::new(&[], Param::Object("*common.Capabilities")))
    }

    fn call(&self, heap: &mut Heap, name: &str, _: &[Value]) -> Result<Value, String> {
        match name {
            "Copy" => Ok(heap.new_object(Arc::new(Capabilities {
                kube_version: Arc::clone(&self.kube_version),
                api_versions: self.api_versions.clone(),
                helm: self.helm,
            }))),
            _ => Err(format!("{} has no method {name}", self.type_name())),
        }
    }

    fn parts(&self) -> Option<Part> {
        let kube = KubeVersionObject { version: Arc::clone(&self.kube_version), helm: self.helm };
        let (ty, versions) = match self.helm {
            HelmVersion::V3 => ("chartutil.Capabilities", "chartutil.VersionSet"),
            HelmVersion::V4 => ("common.Capabilities", "common.VersionSet"),
        };
        Some(Part::Struct(
            ty,
            vec![
                ("KubeVersion", kube.struct_parts()),
                ("APIVersions", Part::Texts(versions, self.api_versions.clone())),
                ("HelmVersion", BuildInfo { helm: self.helm }.struct_parts()),
            ],
        ))
    }

    fn is_stringer(&self) -> bool {
        false
    }

    fn format(&self, out: &mut Vec<u8>) {
        let kube = KubeVersionObject { version: Arc::clone(&self.kube_version), helm: self.helm };
        let KubeVersion { version, normalized, major, minor } = &*kube.version;
        let kube = match self.helm {
            HelmVersion::V3 => format!("{version} {major} {minor}"),
            HelmVersion::V4 => format!("{version} {normalized} {major} {minor}"),
        };
        out.extend_from_slice(format!("&{{{{{kube}}} [{}] ", self.api_versions.join(" ")).as_bytes());
        BuildInfo { helm: self.helm }.format(out);
        out.push(b'}');
    }

    fn fields(&self, heap: &mut Heap) -> Option<Vec<Field>> {
        FIELDS.iter().map(|name| Some(Field::new(name, self.field(heap, name)?))).collect()
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        let map = heap.map();
        for Field { name, value, .. } in self.fields(heap).unwrap_or_default() {
            heap.put(map, name, value);
        }
        Ok(map)
    }

    fn json_order(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const KUBE_FIELDS: &[&str] = &["Version", "Major", "Minor"];

/// `.Capabilities.KubeVersion`. It is a field of what a pointer leads to, so its pointer methods can be called on it.
struct KubeVersionObject {
    version: Arc<KubeVersion>,
    helm: HelmVersion,
}

impl KubeVersionObject {
    fn struct_parts(&self) -> Part {
        let KubeVersion { version, normalized, major, minor } = &*self.version;
        let mut fields = vec![("Version", version), ("normalizedVersion", normalized), ("Major", major), ("Minor", minor)];
        if self.helm == HelmVersion::V3 {
            fields.remove(1);
        }
        Part::Struct(self.type_of(), fields.into_iter().map(|(name, text)| (name, Part::Text(text.clone()))).collect())
    }

    const fn type_of(&self) -> &'static str {
        match self.helm {
            HelmVersion::V3 => "chartutil.KubeVersion",
            HelmVersion::V4 => "common.KubeVersion",
        }
    }
}

impl Object for KubeVersionObject {
    fn type_name(&self) -> &str {
        self.type_of()
    }

    fn go_kind(&self) -> GoKind {
        GoKind::Struct
    }

    fn field(&self, heap: &mut Heap, name: &str) -> Option<Value> {
        let text = match name {
            "Version" => &self.version.version,
            "Major" => &self.version.major,
            "Minor" => &self.version.minor,
            _ => return None,
        };
        Some(heap.string(text))
    }

    fn method(&self, name: &str) -> Option<Signature> {
        matches!(name, "String" | "GitVersion").then_some(Signature::new(&[], Param::String))
    }

    fn call(&self, heap: &mut Heap, name: &str, _: &[Value]) -> Result<Value, String> {
        let text = match (name, self.helm) {
            ("String", HelmVersion::V4) => &self.version.normalized,
            _ => &self.version.version,
        };
        Ok(heap.string(text))
    }

    fn parts(&self) -> Option<Part> {
        Some(self.struct_parts())
    }

    fn is_stringer(&self) -> bool {
        false
    }

    /// An action prints it through its pointer's `String`.
    fn format(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self.helm {
            HelmVersion::V3 => self.version.version.as_bytes(),
            HelmVersion::V4 => self.version.normalized.as_bytes(),
        });
    }

    fn fields(&self, heap: &mut Heap) -> Option<Vec<Field>> {
        KUBE_FIELDS.iter().map(|name| Some(Field::new(name, self.field(heap, name)?))).collect()
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        let map = heap.map();
        for Field { name, value, .. } in self.fields(heap).unwrap_or_default() {
            heap.put(map, name, value);
        }
        Ok(map)
    }

    fn json_order(&self) -> &'static [&'static str] {
        KUBE_FIELDS
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities.HelmVersion` (`internal/version/version.go`), with a release's stamps.
struct BuildInfo {
    helm: HelmVersion,
}

impl BuildInfo {
    fn values(&self) -> [(&'static str, &'static str, &'static str); 5] {
        let (version, kube_client) = match self.helm {
            HelmVersion::V3 => ("v3.22.0", ""),
            HelmVersion::V4 => ("v4.3.1", "v1.37"),
        };
        [
            ("Version", "version", version),
            ("GitCommit", "git_commit", ""),
            ("GitTreeState", "git_tree_state", ""),
            ("GoVersion", "go_version", "go1.26.8"),
            ("KubeClientVersion", "kube_client_version", kube_client),
        ]
    }

    fn struct_parts(&self) -> Part {
        let fields = &self.values()[..self.count()];
        Part::Struct("version.BuildInfo", fields.iter().map(|(name, _, text)| (*name, Part::Text((*text).to_owned()))).collect())
    }

    fn count(&self) -> usize {
        if self.helm == HelmVersion::V3 { 4 } else { 5 }
    }
}

impl Object for BuildInfo {
    fn type_name(&self) -> &str {
        "version.BuildInfo"
    }

    fn go_kind(&self) -> GoKind {
        GoKind::Struct
    }

    fn field(&self, heap: &mut Heap, name: &str) -> Option<Value> {
        let values = self.values();
        let found = values[..self.count()].iter().find(|(field, ..)| *field == name)?;
        Some(heap.string(found.2))
    }

    fn parts(&self) -> Option<Part> {
        Some(self.struct_parts())
    }

    fn is_stringer(&self) -> bool {
        false
    }

    fn format(&self, out: &mut Vec<u8>) {
        let values: Vec<&str> = self.values()[..self.count()].iter().map(|(.., value)| *value).collect();
        out.extend_from_slice(format!("{{{}}}", values.join(" ")).as_bytes());
    }

    fn fields(&self, heap: &mut Heap) -> Option<Vec<Field>> {
        let values = self.values();
        Some(values[..self.count()].iter().map(|(name, _, text)| Field::new(name, heap.string(text))).collect())
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        let map = heap.map();
        for (_, key, value) in &self.values()[..self.count()] {
            if !value.is_empty() {
                let value = heap.string(value);
                heap.put(map, key, value);
            }
        }
        Ok(map)
    }

    fn json_order(&self) -> &'static [&'static str] {
        &["version", "git_commit", "git_tree_state", "go_version", "kube_client_version"]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities.APIVersions.Has`.
pub(super) const HAS: Function = Function { name: "Has", signature: Signature::new(&[Param::String], Param::Bool), call: has };

fn has(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value, CallError> {
    let [set, name] = args else {
        return Err(CallError::from("wrong number of arguments"));
    };
    let name = ctx.heap.str(*name);
    Ok(Value::bool(ctx.heap.items(*set).iter().any(|known| matches!(known.repr(), Repr::String(_)) && ctx.heap.str(*known) == name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kube_versions_are_read_as_kubernetes_reads_them() {
        for (text, version, normalized) in
            [("1.29", "v1.29", "v1.29"), ("v1.37.0", "v1.37.0", "v1.37.0"), ("v1.33.4-gke.1245000", "v1.33.4-gke.1245000", "v1.33.4")]
        {
            let parsed = KubeVersion::parse(text, HelmVersion::V4).unwrap();
            assert_eq!((parsed.version.as_str(), parsed.normalized.as_str()), (version, normalized));
        }
        assert_eq!(KubeVersion::parse("foo", HelmVersion::V4).unwrap_err(), "could not parse \"foo\" as version");
    }
}
