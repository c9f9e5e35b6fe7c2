#!/usr/bin/env bash
# Lets real Helm write crates/cli/tests/hostile/helm.json: its answer to each hostile case, or null where it crashes or runs without end.
#   tools/hostile-goldens.sh [CASE,CASE…]     (default: all cases, which takes some minutes)
set -euo pipefail
cd "$(dirname "$0")/.."
helm=$(tools/oracles.sh helm4)/helm4
[ $# -eq 0 ] || export CHARTWRIGHT_HOSTILE=$1
CHARTWRIGHT_HELM=$helm cargo test --quiet --profile quick --package chartwright-cli --test hostile
