#!/usr/bin/env bash
# What the scripts have in common. To be sourced first: it sets strict mode, and what a run has made is taken back if it ends badly.
set -Eeuo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # read by deploy.sh
root=$(cd "$here/.." && pwd)
# shellcheck source=versions.sh
. "$here/scripts/versions.sh"

CLUSTER_NAME="${CLUSTER_NAME:-chartwright}"
# Every call names its context, so that no other cluster is ever touched.
KUBE_CONTEXT="${KUBE_CONTEXT:-kind-$CLUSTER_NAME}"
# `no` where pods cannot run, as on an API server without nodes.
WAIT="${WAIT:-yes}"
assume_yes=no

# shellcheck disable=SC2034  # yellow is read by the integration test
if { [ -t 2 ] || [ -n "${FORCE_COLOR:-}" ]; } && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\033[1m' red=$'\033[31m' green=$'\033[32m' yellow=$'\033[33m' plain=$'\033[0m'
else
  bold='' red='' green='' yellow='' plain=''
fi
say() { printf '%s==> %s%s\n' "$bold" "$*" "$plain" >&2; }
good() { printf '%s  ok %s%s\n' "$green" "$plain" "$*" >&2; }
fail() {
  printf '%s  !! %s%s\n' "$red" "$*" "$plain" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# ---- What was made is taken back ---------------------------------------------------------------

undo=()
# on_failure COMMAND…: run if the script fails or is interrupted, the last one first. To be said before the step it takes back, and
# harmless if that step has not happened.
on_failure() {
  undo=("$(printf '%q ' "$@")" ${undo[@]+"${undo[@]}"})
}

work=''
ended() {
  local status=$1 step
  trap - EXIT ERR
  # A second Ctrl+C must not leave half of it behind.
  trap '' INT TERM HUP
  if [ "$status" -ne 0 ] && [ "${#undo[@]}" -gt 0 ]; then
    say "failed ($status): taking back what this run has made"
    for step in "${undo[@]}"; do
      eval "$step" >&2 || printf '%s  !! could not: %s%s\n' "$red" "$step" "$plain" >&2
    done
  fi
  [ -z "$work" ] || rm -rf "$work"
  exit "$status"
}
trap 'ended $?' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# A folder of this run, gone when it ends.
scratch() {
  [ -n "$work" ] || work=$(mktemp -d "${TMPDIR:-/tmp}/local-env.XXXXXX")
}

# ---- Options and questions ---------------------------------------------------------------------

# The comment at the head of a script is its help.
usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

options() {
  while [ $# -gt 0 ]; do
    case $1 in
      -y | --yes) assume_yes=yes ;;
      -h | --help)
        usage
        exit 0
        ;;
      *)
        usage >&2
        printf '%s: what is %s?\n' "$(basename "$0")" "$1" >&2
        exit 2
        ;;
    esac
    shift
  done
}

# Asks; without a terminal only --yes is a yes.
confirm() {
  local answer=''
  [ "$assume_yes" = yes ] && return
  [ -t 0 ] || fail "$1 There is nobody to ask here: --yes says yes."
  read -r -p "$1 [y/N] " answer
  case $answer in
    y | Y | yes) ;;
    *) fail 'Nothing was done.' ;;
  esac
}

# ---- Tools -------------------------------------------------------------------------------------

need() {
  local tool missing=()
  for tool in "$@"; do
    have "$tool" || missing+=("$tool")
  done
  [ "${#missing[@]}" -eq 0 ] || fail "Not installed: ${missing[*]}. 'make tools' installs what this system's package manager has, and names the rest."
}

# at_least 0.24 0.33.0: whether the second is not older than the first.
at_least() {
  [ "$(printf '%s\n%s\n' "$1" "$2" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$1" ]
}

# The version in what a tool prints of itself.
version_of() {
  local text=''
  case $1 in
    kind) text=$(kind version 2>/dev/null) || true ;;
    kubectl) text=$(kubectl version --client 2>/dev/null) || true ;;
    helm) text=$(helm version --short 2>/dev/null) || true ;;
  esac
  printf '%s\n' "$text" | sed -n 's/^[^0-9]*v\([0-9][0-9]*\.[0-9][0-9]*\(\.[0-9][0-9]*\)\{0,1\}\).*/\1/p' | head -n 1
}

need_version() { # TOOL MINIMUM
  local version
  need "$1"
  version=$(version_of "$1")
  [ -n "$version" ] || fail "$1 does not say its version."
  at_least "$2" "$version" || fail "$1 is $version; $2 or later is needed."
}

kube() { kubectl --context "$KUBE_CONTEXT" "$@"; }
helmet() { helm --kube-context "$KUBE_CONTEXT" "$@"; }

need_cluster() {
  need_version kubectl "$KUBECTL_MINIMUM"
  need_version helm "$HELM_MINIMUM"
  kube get --raw /readyz >/dev/null 2>&1 || fail "The cluster of context $KUBE_CONTEXT does not answer. 'make init-kind' makes it."
}

# ---- Steps -------------------------------------------------------------------------------------

# wait_until SECONDS WHAT COMMAND…: tries again until it succeeds. Set the script's time-out variable for more.
wait_until() {
  local left=$1 what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$left" -gt 0 ] || fail "Waited in vain: $what. A larger time-out is set by ${timeout_variable:-a variable of scripts/versions.sh}."
    sleep 2
    left=$((left - 2))
  done
}

# exists KIND/NAME [ARGUMENT…]: whether the server has it. A question that fails is no `no`: what is taken for absent would be taken back.
exists() {
  local found
  found=$(kube get "$@" --ignore-not-found --output name) || fail "Could not ask for $1."
  [ -n "$found" ]
}

# namespace NAME LEVEL: there, and holding its pods to that Pod Security Standard.
namespace() {
  if ! exists "namespace/$1"; then
    on_failure kube delete namespace "$1" --ignore-not-found --timeout "${ROLLBACK_TIMEOUT}s"
    kube create namespace "$1" >/dev/null
  fi
  kube label namespace "$1" --overwrite "pod-security.kubernetes.io/enforce=$2" "pod-security.kubernetes.io/warn=$2" app.kubernetes.io/managed-by=local-env >/dev/null
}

# secret_once NAMESPACE NAME KEY: a password that is made once, in the cluster, and nowhere else.
secret_once() {
  local password
  if exists "secret/$2" --namespace "$1"; then return; fi
  on_failure kube delete secret "$2" --namespace "$1" --ignore-not-found
  password=$(LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom 2>/dev/null | head -c 32 || true)
  [ "${#password}" -eq 32 ] || fail 'No random bytes for a password.'
  # Not as an argument, which others on this machine could read, and not by `apply`, which keeps a copy in an annotation.
  kube create -f - >/dev/null <<SECRET
apiVersion: v1
kind: Secret
metadata:
  name: $2
  namespace: $1
  labels:
    app.kubernetes.io/managed-by: local-env
stringData:
  $3: $password
SECRET
}

# The revision of a release, nothing if there is none.
revision_of() { # NAME NAMESPACE
  helmet list --namespace "$2" --deployed --failed --pending --uninstalling --filter "^$1\$" --output yaml | sed -n 's/^ *revision: "\{0,1\}\([0-9][0-9]*\).*/\1/p'
}

restore() { # NAME NAMESPACE REVISION
  if [ "$(revision_of "$1" "$2")" != "$3" ]; then
    helmet rollback "$1" "$3" --namespace "$2" --timeout "${ROLLBACK_TIMEOUT}s"
  fi
}

# release NAME NAMESPACE SECONDS CHART ARGUMENT…: installs or upgrades it. A failure uninstalls it, or goes back to what was there.
release() {
  local name=$1 in=$2 seconds=$3 chart=$4 before waiting=()
  shift 4
  before=$(revision_of "$name" "$in")
  if [ -z "$before" ]; then
    on_failure helmet uninstall "$name" --namespace "$in" --ignore-not-found --timeout "${ROLLBACK_TIMEOUT}s"
  else
    on_failure restore "$name" "$in" "$before"
  fi
  [ "$WAIT" = no ] || waiting=(--wait --wait-for-jobs)
  helmet upgrade --install "$name" "$chart" --namespace "$in" --timeout "${seconds}s" ${waiting[@]+"${waiting[@]}"} "$@" >/dev/null
}

# Where a chart comes from: arguments for `release`. A path needs no repository.
from_repository() { # CHART REPOSITORY VERSION
  case $1 in
    */*) ;;
    *) printf '%s\n' --repo "$2" --version "$3" ;;
  esac
}
