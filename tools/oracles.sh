#!/usr/bin/env bash
# Installs what decides what is right, from the Go module proxy, and prints the folder it is in.
#   tools/oracles.sh [helm4] [helm3] [api-server] [linters] [sarif]     (default: helm4)
# helm4, helm3: real Helm, which decides what a render should be; api-server: kube-apiserver and etcd, which decide what a manifest
# may be (some minutes); linters: kubeconform and kube-score; sarif: the published schema of SARIF 2.1.0. The folder is $CHARTWRIGHT_ORACLES, or ~/.cache/chartwright-oracles.
# What is there already is left alone.
set -euo pipefail

dir=${CHARTWRIGHT_ORACLES:-$HOME/.cache/chartwright-oracles}
mkdir -p "$dir"
export GOBIN=$dir GOFLAGS=-buildvcs=false PATH="$PATH:/usr/local/go/bin"

needs_go() {
  command -v go >/dev/null || { echo 'oracles: needs Go 1.26 or later' >&2; exit 1; }
  echo "==> installing $1 (a few minutes)" >&2
}

install_as() { # NAME PACKAGE@VERSION [LINKER_FLAGS]
  [ -x "$dir/$1" ] && return
  needs_go "$2"
  go install -ldflags "-w -s ${3:-}" "$2"
  local built=${2%@*}
  built=${built##*/}
  [ "$built" = "$1" ] || mv "$dir/$built" "$dir/$1"
}

# Stamped with the version that a release is stamped with: templates see it.
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

linters() {
  install_as kubeconform github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0
  install_as kube-score github.com/zegl/kube-score/cmd/kube-score@v1.20.0
}

# Modules with replace directives cannot be installed: each is built from a small module that requires it.
build_in_module() { # NAME PACKAGE IMPORT REQUIRE [REPLACE_BLOCK [LINKER_FLAGS]]
  needs_go "$2"
  local work
  work=$(mktemp -d)
  printf 'module oracle\n\ngo 1.26\n\nrequire %s\n%s\n' "$4" "${5:-}" >"$work/go.mod"
  printf 'package oracle\n\nimport _ "%s"\n' "$3" >"$work/oracle.go"
  (cd "$work" && go mod tidy && go build -ldflags "-w -s ${6:-}" -o "$dir/$1" "$2")
  rm -rf "$work"
}

# Kubernetes replaces its own libraries by folders beside it: they are published under the same version, with v0 for v1.
staging() { # VERSION
  local mod module
  mod=$(go mod download -json "k8s.io/kubernetes@v$1" | sed -n 's/^\t"GoMod": "\(.*\)",$/\1/p')
  printf '\nreplace (\n'
  sed -n 's#^\t\(k8s\.io/[^ ]*\) => \./staging.*#\1#p' "$mod" | while read -r module; do printf '\t%s => %s v0%s\n' "$module" "$module" "${1#1}"; done
  printf ')\n'
}

api_server() {
  local version=1.37.0 stamp=k8s.io/component-base/version
  # Stamped as a release is: Helm asks the server for its version.
  [ "$("$dir/kube-apiserver" --version 2>/dev/null)" = "Kubernetes v$version" ] ||
    build_in_module kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver/app "k8s.io/kubernetes v$version" "$(staging $version)" \
      "-X $stamp.gitVersion=v$version -X $stamp.gitMajor=1 -X $stamp.gitMinor=37"
  [ -x "$dir/etcd" ] || build_in_module etcd go.etcd.io/etcd/server/v3 go.etcd.io/etcd/server/v3/etcdmain 'go.etcd.io/etcd/server/v3 v3.7.3'
}

# Published as a constant of a Go module, whose back quotes stand apart.
sarif() {
  [ -s "$dir/sarif-schema.json" ] && return
  local module=github.com/owenrumney/go-sarif/v3
  needs_go "$module"
  go mod download "$module@v3.3.1"
  # shellcheck disable=SC2016  # nothing of it is for the shell
  sed -e '1,/^const schema = `/{s/^const schema = `//;t' -e 'd}' -e 's/` + "`" + `/`/g' -e 's/^`$//; s/}`$/}/' \
    "$(go env GOMODCACHE)/$module@v3.3.1/pkg/report/v210/sarif/schema.go" >"$dir/sarif-schema.json"
}

for oracle in "${@:-helm4}"; do
  case $oracle in
    helm4 | helm3 | linters | sarif) $oracle ;;
    api-server) api_server ;;
    *) sed -n '3,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
echo "$dir"
