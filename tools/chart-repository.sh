#!/usr/bin/env bash
# Packages the shipped charts with real Helm as a repository of static files: an archive of each, and index.yaml.
#   tools/chart-repository.sh OUTPUT_DIR [URL]
# URL is where the folder will be published. Without it the index names the archives alone, which Helm looks for beside the index.
# HELM names another helm. The same charts give the same index but for its time and the archives' digests, since archives carry times.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }

mkdir -p "$1"
out=$(cd "$1" && pwd)
url=${2:-}
helm=${HELM:-$(tools/oracles.sh helm4)/helm4}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing of the machine's own Helm settings. In a copy, since libraries are packed into the charts that need them.
export HELM_CACHE_HOME=$work/helm/cache HELM_CONFIG_HOME=$work/helm/config HELM_DATA_HOME=$work/helm/data KUBECONFIG=$work/none
cp -R charts "$work/charts"
find "$work/charts" -mindepth 3 -type d -name charts -prune -exec rm -rf {} +
mkdir "$work/packed"

for chart in "$work"/charts/*/*/Chart.yaml; do
  folder=${chart%/Chart.yaml}
  if grep -q '^dependencies:' "$chart"; then "$helm" dependency update "$folder" >/dev/null; fi
  "$helm" package "$folder" --destination "$work/packed" >/dev/null
done

# Versions that are there already stay in the index: whoever pinned one still finds it. An archive is not replaced by another of its name.
for archive in "$work"/packed/*.tgz; do
  [ -e "$out/${archive##*/}" ] || cp "$archive" "$out/"
done
if [ -n "$url" ]; then "$helm" repo index "$out" --url "$url"; else "$helm" repo index "$out"; fi
echo "chart-repository: $(find "$out" -name '*.tgz' | wc -l | tr -d ' ') archives in $1" >&2
