#!/usr/bin/env bash
# Writes what is expected of tests/functions/TOPIC.tmpl, whose every line is a case:
#   TOPIC.sprig   what Go's text/template with Sprig makes of it, quoted, or its error after an exclamation mark
#   TOPIC.out     what real Helm makes of it as a named template that is given .Values, as JSON, or its error after an exclamation mark
# Topics in tests/functions/full are Helm's alone: functions that it adds, or that only a full build has.
#   [TOPIC=part-of-a-path] tools/function-goldens.sh [sprig|helm]     (default: both)
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
export PATH="$PATH:/usr/local/go/bin" TZ=UTC LC_ALL=C

sprig() {
  (cd tools/sprig-oracle && go run . "$root/tests/functions" && go run ./semver >"$root/crates/sprig/testdata/semver.tsv" &&
    go run ./certificates >"$root/crates/sprig/testdata/certificates.tsv")
}

helm() {
  local helm work file
  helm=$(tools/oracles.sh helm4)/helm4
  work=$(mktemp -d)
  trap 'rm -rf "$work"' RETURN
  export HELM_CACHE_HOME=$work/cache HELM_CONFIG_HOME=$work/config HELM_DATA_HOME=$work/data KUBECONFIG=$work/none
  mkdir -p "$work/c/templates"
  printf 'apiVersion: v2\nname: c\nversion: 0.1.0\n' >"$work/c/Chart.yaml"
  cp tests/functions/values.yaml "$work/c/"
  for file in tests/functions/*.tmpl tests/functions/full/*.tmpl; do
    [[ $file == *"${TOPIC:-}"* ]] || continue
    while IFS= read -r line; do
      printf '{{ define "case" }}%s{{ end }}out: {{ include "case" .Values | toJson }}' "$line" >"$work/c/templates/case.yaml"
      if (cd "$work" && "$helm" template r c) >"$work/stdout" 2>"$work/stderr"; then
        sed -n 's/^out: //p' "$work/stdout"
      else
        # One line a case: a line break in an error is written as in Go.
        sed -e ':a' -e 'N' -e '$!ba' -e 's/\n/\\n/g' -e 's/^/!/' "$work/stderr"
      fi
    done <"$file" >"$work/out"
    cp "$work/out" "${file%.tmpl}.out"
  done
}

for what in "${@:-sprig helm}"; do
  for each in $what; do "$each"; done
done
