#!/usr/bin/env bash
# Makes the kind cluster, or finds it there. Needs a container engine, kind 0.24 or later and kubectl.
#   init-kind.sh
# CLUSTER_NAME (chartwright), KIND_NODE_IMAGE, CLUSTER_TIMEOUT (seconds)
set -euo pipefail
. "$(dirname "$0")/lib.sh"
options "$@"
# shellcheck disable=SC2034  # read by wait_until
timeout_variable=CLUSTER_TIMEOUT

engine=${KIND_EXPERIMENTAL_PROVIDER:-docker}
need "$engine"
need_version kind "$KIND_MINIMUM"
need_version kubectl "$KUBECTL_MINIMUM"
"$engine" info >/dev/null 2>&1 || fail "The container engine does not answer: start $engine."

# Not in the condition: a question that fails must not be taken for `no`, or a cluster that is there would be taken back.
clusters=$(kind get clusters 2>/dev/null)
if grep -qx "$CLUSTER_NAME" <<<"$clusters"; then
  say "the cluster $CLUSTER_NAME is there"
  kind export kubeconfig --name "$CLUSTER_NAME" >/dev/null 2>&1
else
  say "making the cluster $CLUSTER_NAME: ${KIND_NODE_IMAGE%@*}, three nodes"
  on_failure kind delete cluster --name "$CLUSTER_NAME"
  kind create cluster --name "$CLUSTER_NAME" --image "$KIND_NODE_IMAGE" --config "$here/kind-config.yaml" --wait "${CLUSTER_TIMEOUT}s"
fi

say 'waiting for the nodes'
kube wait --for=condition=Ready nodes --all --timeout="${CLUSTER_TIMEOUT}s" >/dev/null
wait_until "$CLUSTER_TIMEOUT" 'DNS' kube rollout status deployment/coredns --namespace kube-system --timeout=10s
good "three nodes are ready; kubectl --context $KUBE_CONTEXT get nodes"
