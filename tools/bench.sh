#!/usr/bin/env bash
# Compares renders with Helm's own engine and the checks with kubeconform and kube-score in one run, on this machine, and prints Markdown; then times key presses and
# weighs the download in Chromium. Needs Go for Helm's side; without it that part is left out, and says so.
# With a folder of charts (their dependencies in place) it compares those and does nothing else.
#   tools/bench.sh [RUNS [CHARTS]]
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH"
runs=${1:-300}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet -p chartwright-cli
ours=target/release/chartwright
cp -r charts tests/charts/demo "$work/"

# Each chart with the values file it is measured with and the value that changes from run to run.
cases() {
  cat <<'CASES'
charts/applications/kaggle-data-api charts/applications/kaggle-data-api/values-production.yaml replicaCount=3,4
charts/applications/fetch-kaggle-job charts/applications/fetch-kaggle-job/values-production.yaml backoffLimit=3,4
charts/infrastructure/kaggle-data-pvc charts/infrastructure/kaggle-data-pvc/values-production.yaml size=20Gi,21Gi
demo - replicaCount=1,2
CASES
}

helm=
if command -v go >/dev/null; then
  (cd tools/bench-helm && go build -o "$work/bench-helm" .)
  helm=$work/bench-helm
else
  echo 'No Go here: Helm is not measured.'
fi

vendor() { # CHART: its file:// dependencies into charts/, as `helm dependency update` leaves them
  local chart=$1 path
  sed -n 's|.*repository: *"\{0,1\}file://\([^"]*\)"\{0,1\}.*|\1|p' "$chart/Chart.yaml" | while read -r path; do
    mkdir -p "$chart/charts"
    cp -r "$chart/$path" "$chart/charts/"
  done
}

if [ -n "${2:-}" ]; then
  [ -n "$helm" ] || exit 1
  node tools/bench-charts.mjs "$helm" "$ours" "$runs" "$2"
  exit
fi

cd "$work"
printf '| chart | Helm, median µs | Chartwright, median µs | ratio | traced, ratio to untraced | an edit, ratio to untraced | parsing, µs | bytes |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n'
while read -r chart file vary; do
  vendor "$chart"
  args=(--runs "$runs")
  helm_args=(-runs "$runs" -vary "$vary")
  if [ "$file" != - ]; then args+=(-f "$file"); helm_args+=(-f "$file"); fi
  # In turn, so that a slow moment of the machine meets both.
  theirs=; [ -z "$helm" ] || theirs=$("$helm" "${helm_args[@]}" "$chart")
  mine=$("$OLDPWD/$ours" bench "${args[@]}" --vary "$vary" "$chart")
  traced=$("$OLDPWD/$ours" bench "${args[@]}" --vary "$vary" --trace "$chart")
  edited=$("$OLDPWD/$ours" bench "${args[@]}" --vary "$vary" --edit "$chart")
  paste <(printf '%s\n' "$mine") <(printf '%s\n' "$traced") <(printf '%s\n' "$edited") <(printf '%s\n' "$theirs") |
    awk -F '\t' '{ printf "| %s | %s | %s | %s | %.2f × | %.2f × | %s | %s |\n", $1, $17, $2, ($17 ? sprintf("%.0f ×", $17 / $2) : ""), $7 / $2, $12 / $2, $4, $5 }'
done < <(cases)
cd "$OLDPWD"

# The commands as whole processes, in turn: what a CI job waits for.
echo
if [ -n "$helm" ]; then
  theirs=$(tools/oracles.sh helm4)/helm4
  node - "$theirs" "$ours" "$work/demo" <<'SCRIPT'
const { spawnSync } = require('node:child_process')
const [helm, ours, chart] = process.argv.slice(2)
const times = new Map([[helm, []], [ours, []]])
for (let run = 0; run < 40; run += 1) {
  for (const [command, list] of times) {
    const start = performance.now()
    spawnSync(command, ['template', 'rel', chart])
    if (run >= 5) list.push(performance.now() - start)
  }
}
const [theirs, mine] = [...times.values()].map((list) => list.sort((a, b) => a - b)[list.length >> 1])
console.log(`The whole command on the small chart: Helm ${theirs.toFixed(1)} ms, Chartwright ${mine.toFixed(1)} ms, ${(theirs / mine).toFixed(0)} ×.`)
SCRIPT
fi

# The checks of a folder of manifests, against the linters that do a part of them.
echo
if [ -n "$helm" ]; then
  tools/oracles.sh linters api-server >/dev/null
  node tools/bench-lint.mjs "$ours"
fi

echo
node tests/e2e/bench.mjs
