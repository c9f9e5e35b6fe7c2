#!/usr/bin/env bash
# Tests the scripts without a cluster: shellcheck, shfmt, bats over recorded stubs, and the Kubernetes half on a real API server where its programs are.
#   check.sh [lint] [bats] [server]     (default: all three)
set -euo pipefail
cd "$(dirname "$0")/.."
root=$(cd .. && pwd)
oracles=${CHARTWRIGHT_ORACLES:-$HOME/.cache/chartwright-oracles}

lint() {
  shellcheck scripts/*.sh tests/*.sh tests/*.bash tests/*.bats tests/stubs/*.sh ../tools/*.sh
  shfmt -d .
}

stubs() {
  # Whoever runs this in the background hears no SIGINT, and neither would the scripts.
  local hearing=()
  ! env --default-signal=INT true 2>/dev/null || hearing=(env --default-signal=INT)
  ${hearing[@]+"${hearing[@]}"} bats tests/scripts.bats tests/suite.bats tests/breaks.bats
}

server() {
  # Helm is what the renderer is held to; under its own name for the scripts.
  local bin status=0
  bin=$(mktemp -d)
  if [ -x "$oracles/kube-apiserver" ] && [ -x "$oracles/etcd" ]; then
    ln -s "$("$root/tools/oracles.sh" helm4)/helm4" "$bin/helm"
    PATH=$bin:$PATH node "$root/tools/api-server.mjs" bats tests/api-server.bats || status=$?
  else
    status=69
  fi
  rm -rf "$bin"
  if [ "$status" -eq 69 ]; then
    printf '\n%s\n%s\n\n' '!! SKIPPED: the tests against a real API server, since none is installed.' \
      '!! make env-accept installs one (about 5 minutes of building) and runs them.' >&2
    status=0
  fi
  return "$status"
}

for part in "${@:-all}"; do
  case $part in
    lint) lint ;;
    bats) stubs ;;
    server) server ;;
    # Not joined by `&&`: a failure within a function would go unheeded there.
    all)
      lint
      stubs
      server
      ;;
    *) sed -n '2,3s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
  esac
done
