#!/usr/bin/env bash
# The step of action.yml that lints: annotations of the changed lines, the report in SARIF as a file, and the text for the log, whose exit code is the step's.
set -euo pipefail
read -r -d '' -a paths <<<"$LINT_PATHS" || true
read -r -d '' -a args <<<"$LINT_ARGS" || true
lint() { "$CHARTWRIGHT" lint "${args[@]}" --format "$@" -- "${paths[@]}"; }

status=0
lint text || status=$?
# What cannot be read has no report.
[ "$status" -le 1 ] || exit "$status"
lint github --fail-on never 2>/dev/null
lint sarif --fail-on never 2>/dev/null >"$SARIF"
echo "sarif=$SARIF" >>"$GITHUB_OUTPUT"
exit "$status"
