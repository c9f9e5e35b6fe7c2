#!/usr/bin/env bash
# Builds helm-oracle and the loop it asks, and prints both paths: `$(tools/helm-oracle/build.sh 4)` is the command.
#   tools/helm-oracle/build.sh [3|4]     (default: 4)
# Helm's module is copied from the Go module cache and built with its own go.mod; what is changed in it is main's name and the way it
# leaves, and loop/loop.go is added. Both go beside the oracles (see tools/oracles.sh) and are built anew when a file here changes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
major=${1:-4}
dir=${CHARTWRIGHT_ORACLES:-$HOME/.cache/chartwright-oracles}
export PATH="$PATH:/usr/local/go/bin" GOFLAGS=-buildvcs=false

# Stamped as in tools/oracles.sh: templates see the versions.
case $major in
  4)
    module=helm.sh/helm/v4@v4.3.1 settings=pkg/cmd package=cmd
    stamp='-X helm.sh/helm/v4/internal/version.version=v4.3.1'
    ;;
  3)
    module=helm.sh/helm/v3@v3.22.0 settings=cmd/helm package=main
    stamp='-X helm.sh/helm/v3/internal/version.version=v3.22.0'
    stamp+=' -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=37'
    stamp+=' -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=37'
    ;;
  *) sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

key=$(cat "$here"/build.sh "$here"/*.go "$here"/loop/*.go | sha256sum | cut -c1-16)
target=$dir/helm-oracle-$key
if [ ! -x "$target/helm$major-loop" ]; then
  command -v go >/dev/null || { echo 'helm-oracle: needs Go 1.26 or later' >&2; exit 1; }
  mkdir -p "$target"
  work=$(mktemp -d)
  trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
  (cd "$here" && go build -o "$target/helm-oracle" .)

  echo "==> building the loop of $module (a few minutes)" >&2
  cp -r "$(go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')" "$work/helm"
  chmod -R u+w "$work/helm"
  cd "$work/helm"
  sed -i -e 's/^func main() {$/func helmMain() {/' -e 's/os\.Exit(/oracleExit(/' cmd/helm/helm.go
  [ "$(grep -c 'oracleExit(' cmd/helm/helm.go)" -ge 3 ] && grep -q '^func helmMain()' cmd/helm/helm.go
  cp "$here/loop/loop.go" cmd/helm/oracle.go
  name=OracleResetSettings
  [ "$package" != main ] || name=oracleResetSettings
  printf 'package %s\n\nimport "helm.sh/helm/v%s/pkg/cli"\n\nfunc %s() { settings = cli.New() }\n' "$package" "$major" "$name" >"$settings/oracle_settings.go"
  [ "$package" = main ] || printf 'package main\n\nimport helmcmd "helm.sh/helm/v%s/%s"\n\nfunc oracleResetSettings() { helmcmd.OracleResetSettings() }\n' \
    "$major" "$settings" >cmd/helm/oracle_settings.go
  go build -ldflags "-w -s $stamp" -o "$target/helm$major-loop" ./cmd/helm
fi
echo "$target/helm-oracle" "$target/helm$major-loop"
