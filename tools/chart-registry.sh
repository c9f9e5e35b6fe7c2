#!/usr/bin/env bash
# Pushes the shipped charts to an OCI registry with real Helm, and has each signed by its digest there. A version that is there already is left as it is, but
# signed again: the last run may have ended in between.
#   tools/chart-registry.sh REGISTRY/PATH [SIGN_COMMAND…]     such as: ghcr.io/chartwright/charts cosign sign --yes
# The sign command is given REGISTRY/PATH/CHART@DIGEST. HELM names another helm; HELM_FLAGS are its further flags, such as --plain-http.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }

registry=$1
shift
helm=${HELM:-$(tools/oracles.sh helm4)/helm4}
read -r -a flags <<<"${HELM_FLAGS:-}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HELM=$helm tools/chart-repository.sh "$work/charts"
for archive in "$work"/charts/*.tgz; do
  metadata=$("$helm" show chart "$archive")
  name=$(sed -n 's/^name: //p' <<<"$metadata")
  version=$(sed -n 's/^version: //p' <<<"$metadata")
  if said=$("$helm" pull "oci://$registry/$name" --version "$version" --destination "$work" ${flags[@]+"${flags[@]}"} 2>&1); then
    echo "chart-registry: $name $version is there" >&2
  else
    said=$("$helm" push "$archive" "oci://$registry" ${flags[@]+"${flags[@]}"} 2>&1) || { echo "$said" >&2; exit 1; }
    echo "chart-registry: pushed $name $version" >&2
  fi
  digest=$(grep -oE 'sha256:[0-9a-f]{64}' <<<"$said" | head -n 1)
  [ -n "$digest" ] || { echo "chart-registry: helm does not say what it is under there: $said" >&2; exit 1; }
  if [ $# -gt 0 ]; then "$@" "$registry/$name@$digest"; fi
done
