#!/usr/bin/env bash
# The pre-commit hook: builds the command in the hook's own checkout when it first runs, and lints what the arguments name.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
built=$root/target/pre-commit
[ -x "$built/bin/chartwright" ] || (cd "$root" && cargo install --locked --quiet --path crates/cli --root "$built") >&2
exec "$built/bin/chartwright" lint "$@"
