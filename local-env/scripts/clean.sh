#!/usr/bin/env bash
# Deletes the cluster with all that is in it. Asks first.
#   clean.sh [--yes]
. "$(dirname "$0")/lib.sh"
options "$@"

need kind
if kind get clusters 2>/dev/null | grep -qx "$CLUSTER_NAME"; then
  confirm "The cluster $CLUSTER_NAME and all of its data will be lost."
  kind delete cluster --name "$CLUSTER_NAME"
  good "the cluster $CLUSTER_NAME is gone"
else
  good "there is no cluster $CLUSTER_NAME"
fi
