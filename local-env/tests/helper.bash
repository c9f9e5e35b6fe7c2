#!/usr/bin/env bash
# For the bats tests: a world of files in place of a cluster, and the scripts run in it. Works without bats, too: break.sh uses it.

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scripts=$tests/../scripts

new_world() { # FOLDER
  export WORLD=$1
  mkdir -p "$WORLD/state"
  : >"$WORLD/calls"
  : >"$WORLD/engine"
  # What a person's own settings would change.
  unset KUBE_CONTEXT CLUSTER_NAME KIND_EXPERIMENTAL_PROVIDER VALUES_DIR ENVIRONMENT WAIT
  export STUBS=$tests/stubs
  export PATH=$STUBS:$PATH NO_COLOR=1 WITH_PAGE=no TMPDIR=$WORLD
}

# Runs a script, which is told from its children by $WORLD/pid. In the foreground: a shell in the background would not hear SIGINT.
script() { # NAME ARGUMENT…
  : >"$WORLD/calls"
  # shellcheck disable=SC2016  # expanded in the inner shell
  bash -c 'echo $$ >"$WORLD/pid"; exec "$0" "$@"' "$scripts/$1" "${@:2}"
}

# A world in which all of these have run.
initialised() { # SCRIPT…
  local one
  for one in "$@"; do script "$one.sh" >/dev/null 2>&1 || return 1; done
}

# Everything that exists, with its content. How often a release was changed does not count, what it is does. Passwords are other ones each time.
state() {
  (cd "$WORLD/state" && find . ! -name '*.revision*' | LC_ALL=C sort | while read -r path; do
    printf '%s ' "$path"
    if [ -f "$path" ]; then grep -v '^  default: ' "$path" | cksum; else echo; fi
  done)
}
