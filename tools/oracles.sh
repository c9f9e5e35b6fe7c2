#!/usr/bin/env bash
# Installs real Helm, which decides what a render should be, from the Go module proxy, and prints the folder it is in.
#   tools/oracles.sh [helm4] [helm3]     (default: helm4)
# The folder is $CHARTWRIGHT_ORACLES, or ~/.cache/chartwright-oracles. What is there already is left alone.
set -euo pipefail

dir=${CHARTWRIGHT_ORACLES:-$HOME/.cache/chartwright-oracles}
mkdir -p "$dir"
export GOBIN=$dir GOFLAGS=-buildvcs=false PATH="$PATH:/usr/local/go/bin"

# Stamped with the version that a release is stamped with: templates see it.
install_as() { # NAME PACKAGE@VERSION LINKER_FLAGS
  [ -x "$dir/$1" ] && return
  command -v go >/dev/null || { echo 'oracles: needs Go 1.26 or later' >&2; exit 1; }
  echo "==> installing $2 (a few minutes)" >&2
  go install -ldflags "-w -s $3" "$2"
  mv "$dir/helm" "$dir/$1"
}

helm4() {
  install_as helm4 helm.sh/helm/v4/cmd/helm@v4.3.1 '-X helm.sh/helm/v4/internal/version.version=v4.3.1'
}

# Without the stamps Helm 3 takes itself for one that knows Kubernetes 1.20.
helm3() {
  local v3=helm.sh/helm/v3
  install_as helm3 $v3/cmd/helm@v3.22.0 "-X $v3/internal/version.version=v3.22.0 \
    -X $v3/pkg/chartutil.k8sVersionMajor=1 -X $v3/pkg/chartutil.k8sVersionMinor=37 \
    -X $v3/pkg/lint/rules.k8sVersionMajor=1 -X $v3/pkg/lint/rules.k8sVersionMinor=37"
}

for oracle in "${@:-helm4}"; do
  case $oracle in
    helm4 | helm3) $oracle ;;
    *) sed -n '3,4s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
echo "$dir"
