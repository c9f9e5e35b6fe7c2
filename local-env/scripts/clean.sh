#!/usr/bin/env bash
# Deletes the cluster with all that is in it. Asks first.
#   clean.sh [--yes]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
options "$@"

need kind
clusters=$(kind get clusters 2>/dev/null)
if grep -qx "$CLUSTER_NAME" <<<"$clusters"; then
  confirm "The cluster $CLUSTER_NAME and all of its data will be lost."
  kind delete cluster --name "$CLUSTER_NAME"
  good "the cluster $CLUSTER_NAME is gone"
else
  good "there is no cluster $CLUSTER_NAME"
fi
