#!/usr/bin/env bash
# shellcheck disable=SC2317  # its functions are called by the name of the tool
# Stands in for docker, kind, kubectl, helm, curl and sleep: one small world of files, in which they do what the real ones would do to a cluster,
# with the words that the real ones were recorded with (recorded/). Called by the name of the tool.
#   $STUBS         this folder
#   $WORLD/state   what exists: a folder is a cluster, a namespace, a release
#   $WORLD/calls   every call, a line each
#   $WORLD/break   "N MODE": what happens at the Nth call. fail: it does nothing and fails; late: it does its work and fails;
#                  INT, TERM: it does its work, and the script in $WORLD/pid gets that signal
set -u
tool=${0##*/}
recorded=$STUBS/recorded
state=$WORLD/state
[ "$tool" != sleep ] || exit 0

printf '%s %s\n' "$tool" "$*" >>"$WORLD/calls"
mode=''
if [ -f "$WORLD/break" ]; then
  mapfile -t calls <"$WORLD/calls"
  read -r at word <"$WORLD/break"
  if [ "${#calls[@]}" -eq "$at" ]; then
    mode=$word
    rm "$WORLD/break"
  fi
fi
if [ "$mode" = fail ]; then
  echo "$tool: failed as it was told to" >&2
  exit 1
fi

# The context is the same everywhere; what follows is read by words.
arguments=()
namespace=default
filter='' file='' output='' ignore=no
while [ $# -gt 0 ]; do
  case $1 in
    --context | --kube-context)
      [ "$2" = kind-chartwright ] || {
        echo "$tool: the wrong context: $2" >&2
        exit 1
      }
      shift
      ;;
    --namespace) namespace=$2 && shift ;;
    --filter) filter=$2 && shift ;;
    --filename | -f) file=$2 && shift ;;
    --output) output=$2 && shift ;;
    --ignore-not-found) ignore=yes ;;
    --)
      arguments+=("$@")
      break
      ;;
    *) arguments+=("$1") ;;
  esac
  shift
done
set -- ${arguments[@]+"${arguments[@]}"}

refuse() {
  echo "$*" >&2
  exit 1
}
reachable() { [ -d "$state/cluster" ] || refuse "The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?"; }
in_namespace() { [ -d "$state/cluster/$namespace" ] || refuse "Error from server (NotFound): namespaces \"$namespace\" not found"; }

docker() {
  case $1 in
    info) [ -e "$WORLD/engine" ] || refuse 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' ;;
    build) : >"$WORLD/image" ;;
  esac
}

kind() {
  case "$1 ${2:-}" in
    'version ') cat "$recorded/kind-version" ;;
    'get clusters') if [ -d "$state/cluster" ]; then echo chartwright; else cat "$recorded/kind-no-clusters" >&2; fi ;;
    'create cluster')
      [ ! -d "$state/cluster" ] || refuse 'ERROR: failed to create cluster: node(s) already exist for a cluster with the name "chartwright"'
      mkdir -p "$state/cluster"
      ;;
    'delete cluster') rm -rf "$state/cluster" ;;
    'export kubeconfig') reachable ;;
    'load docker-image') [ -e "$WORLD/image" ] || refuse 'ERROR: image not present locally' ;;
    *) refuse "kind: not recorded: $*" ;;
  esac
}

object() { # KIND NAME: the file of it
  case $1 in
    secret | secrets) echo "$state/cluster/$namespace/secret.$2" ;;
    clusters.postgresql.cnpg.io) echo "$state/cluster/$namespace/postgres.$2" ;;
    persistentvolumeclaim | persistentvolumeclaims) echo "$state/cluster/$namespace/claim.$2" ;;
    *) refuse "kubectl: not recorded: $1" ;;
  esac
}

kubectl_get() {
  if [ "$1" = --raw ]; then return; fi
  local kind=${1%%/*} name=${1#*/} path
  [ "$name" != "$1" ] || name=$2
  if [ "$kind" = namespace ]; then path=$state/cluster/$name; else path=$(object "$kind" "$name"); fi
  if [ ! -e "$path" ]; then
    [ "$ignore" = yes ] || refuse "Error from server (NotFound): $kind \"$name\" not found"
    return 0
  fi
  case $output in
    name) echo "$kind/$name" ;;
    jsonpath=*) printf 'c2VjcmV0' ;;
  esac
}

kubectl_create() {
  local text kind name
  if [ "${1:-}" = namespace ]; then
    [ ! -d "$state/cluster/$2" ] || refuse "Error from server (AlreadyExists): namespaces \"$2\" already exists"
    mkdir "$state/cluster/$2"
    return
  fi
  text=$(cat)
  kind=$(sed -n 's/^kind: //p' <<<"$text") name=$(sed -n 's/^  name: //p' <<<"$text") namespace=$(sed -n 's/^  namespace: //p' <<<"$text")
  in_namespace
  [ "$kind" = Secret ] || refuse "kubectl: not recorded: create $kind"
  printf '%s\n' "$text" >"$(object secret "$name")"
}

kubectl() {
  case $1 in
    version) cat "$recorded/kubectl-version" && return ;;
  esac
  reachable
  local verb=$1
  shift
  case $verb in
    get) kubectl_get "$@" ;;
    create) kubectl_create "$@" ;;
    wait | rollout) [ ! -e "$WORLD/never-ready" ] || refuse 'error: timed out waiting for the condition' ;;
    label)
      [ -d "$state/cluster/$2" ] || refuse "Error from server (NotFound): namespaces \"$2\" not found"
      printf '%s\n' "${@:3}" >"$state/cluster/$2/labels"
      ;;
    delete)
      local kind=${1%%/*} name=${1#*/}
      [ "$name" != "$1" ] || name=$2
      if [ "$kind" = namespace ]; then rm -rf "${state:?}/cluster/$name"; else rm -f "$(object "$kind" "$name")"; fi
      ;;
    apply)
      namespace=postgres
      if [ "${1:-}" = view-last-applied ]; then
        cat "$(object clusters.postgresql.cnpg.io postgres)"
      else
        in_namespace
        [ -e "$state/cluster/cnpg-system/release.cloudnative-pg" ] || refuse 'error: resource mapping not found for name: "postgres"'
        cat "$file" >"$(object clusters.postgresql.cnpg.io postgres)"
      fi
      ;;
    exec)
      [ ! -e "$WORLD/no-answer" ] || refuse 'error: unable to upgrade connection: container not found'
      case "$*" in
        *valkey-cli*)
          cat >/dev/null
          : >"$WORLD/flushed"
          echo OK
          ;;
        *psql*) : >"$WORLD/dropped" ;;
      esac
      ;;
    *) refuse "kubectl: not recorded: $verb" ;;
  esac
}

helm() {
  local verb=$1 path revision
  shift
  case $verb in
    version) cat "$recorded/helm-version" && return ;;
    dependency) return ;;
  esac
  reachable
  case $verb in
    list)
      path=${filter#^}
      path=$state/cluster/$namespace/release.${path%$}
      if [ -e "$path" ]; then
        sed "s/@REVISION@/$(cat "$path.revision")/" "$recorded/helm-list"
      else
        echo '[]'
      fi
      ;;
    upgrade)
      in_namespace
      path=$state/cluster/$namespace/release.$2
      revision=0
      [ ! -e "$path.revision" ] || revision=$(cat "$path.revision")
      revision=$((revision + 1))
      # The chart's folder is another one in each run.
      printf '%s\n' "${@:3}" | sed 's|.*/local-env\.[^/]*/||; s|.*/local-env/||' >"$path"
      cp "$path" "$path.revision-$revision"
      echo "$revision" >"$path.revision"
      [ ! -e "$WORLD/never-ready" ] || refuse 'Error: UPGRADE FAILED: context deadline exceeded'
      [ "$namespace/$2" != kaggle-data/kaggle-data-pvc ] || : >"$(object persistentvolumeclaim kaggle-data-pvc)"
      ;;
    rollback)
      path=$state/cluster/$namespace/release.$1
      cp "$path.revision-$2" "$path"
      revision=$(cat "$path.revision")
      echo "$((revision + 1))" >"$path.revision"
      cp "$path" "$path.revision-$((revision + 1))"
      ;;
    uninstall)
      path=$state/cluster/$namespace/release.$1
      if [ ! -e "$path" ]; then
        [ "$ignore" = yes ] || refuse "Error: uninstall: Release not loaded: $1: release: not found"
      fi
      rm -f "$path" "$path".revision*
      [ "$namespace/$1" != kaggle-data/kaggle-data-pvc ] || rm -f "$(object persistentvolumeclaim kaggle-data-pvc)"
      ;;
    *) refuse "helm: not recorded: $verb" ;;
  esac
}

curl() {
  if [ -e "$state/cluster/traefik/release.traefik" ]; then printf 404; else printf 000; fi
}

"$tool" "$@" || exit $?
case $mode in
  late)
    echo "$tool: failed as it was told to, having done its work" >&2
    exit 1
    ;;
  INT | TERM) kill -s "$mode" "$(cat "$WORLD/pid")" ;;
esac
exit 0
