#!/usr/bin/env bash
# Tries the local cluster: tools, cluster, ingress, PostgreSQL, Redis, DNS, network policies, storage, charts. What is not there is skipped.
#   integration.test.sh [--tap FILE] [--junit FILE] [--only WORD] [--require N] [--list]
# --tap, --junit: also write the results in that form (`-` is the standard output, which then has nothing else)
# --only:    the groups or tests whose name has that word
# --require: fail unless so many tests have really run and passed
# KUBE_CONTEXT (kind-chartwright), TEST_TIMEOUT (60 seconds for what is waited for), NO_COLOR
# Everything that it makes carries one label and is deleted when it ends, however it ends.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"
# shellcheck source=report.sh
. "$here/tests/report.sh"
trap - EXIT

tap='' junit='' only='' required=0 listing=no
while [ $# -gt 0 ]; do
  case $1 in
    --tap) tap=${2:?a file} && shift ;;
    --junit) junit=${2:?a file} && shift ;;
    --only) only=${2:?a word} && shift ;;
    --require) required=${2:?a number} && shift ;;
    --list) listing=yes ;;
    -h | --help)
      usage
      exit 0
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  shift
done

TEST_TIMEOUT="${TEST_TIMEOUT:-60}"
run_id="$$-$(date +%s)"
stranger="local-env-test-$run_id"
label="local-env-test=$run_id"

# ---- Nothing stays behind ----------------------------------------------------------------------

cleaned=no
clean_up() {
  [ "$cleaned" = no ] || return 0
  cleaned=yes
  if [ "$there" = yes ]; then
    local in
    for in in kaggle-data "$stranger"; do
      [ -z "$(revision_of "probe-$run_id" "$in")" ] || helmet uninstall "probe-$run_id" --namespace "$in" --wait=hookOnly --timeout 30s >/dev/null 2>&1 || true
    done
    kube delete pods,persistentvolumeclaims --all-namespaces --selector "$label" --ignore-not-found --wait=false --grace-period=0 >/dev/null 2>&1 || true
    kube delete namespaces --selector "$label" --ignore-not-found --wait=false >/dev/null 2>&1 || true
    if [ "$database" = yes ]; then sql "DROP TABLE IF EXISTS \"probe_$run_id\"" >/dev/null 2>&1 || true; fi
    if [ "$cache" = yes ]; then redis DEL "probe-$run_id" >/dev/null 2>&1 || true; fi
  fi
  [ -z "$work" ] || rm -rf "$work"
}
finish() {
  local status=$1
  trap - EXIT
  trap '' INT TERM HUP
  clean_up
  exit "$status"
}
trap 'finish $?' EXIT

# ---- What is there -----------------------------------------------------------------------------

there=no nodes=no engine_there=no database=no cache=no ports=no applications=no
look_around() {
  have kubectl && kube get --raw /readyz >/dev/null 2>&1 && there=yes
  if [ "$there" = yes ]; then
    [ -z "$(kube get nodes --output name 2>/dev/null)" ] || nodes=yes
    if [ "$nodes" = yes ]; then
      kube get clusters.postgresql.cnpg.io/postgres --namespace postgres >/dev/null 2>&1 && database=yes
      kube get deployment/redis --namespace redis >/dev/null 2>&1 && cache=yes
      kube get daemonset/traefik --namespace traefik >/dev/null 2>&1 && have curl && ports=yes
      kube get deployment/kaggle-data-api --namespace kaggle-data >/dev/null 2>&1 && applications=yes
    fi
  fi
  local engine=${KIND_EXPERIMENTAL_PROVIDER:-docker}
  have "$engine" && "$engine" info >/dev/null 2>&1 && engine_there=yes
  return 0
}

need_tool() { have "$1" || skip "no $1"; }
need_server() { [ "$there" = yes ] || skip "no API server at $KUBE_CONTEXT"; }
need_nodes() { need_server && { [ "$nodes" = yes ] || skip 'no nodes'; }; }
need_database() { need_nodes && { [ "$database" = yes ] || skip 'no PostgreSQL'; }; }
need_cache() { need_nodes && { [ "$cache" = yes ] || skip 'no Redis'; }; }
need_ports() { need_nodes && { [ "$ports" = yes ] || skip 'no ingress controller'; }; }
need_applications() { need_nodes && { [ "$applications" = yes ] || skip 'the charts are not deployed'; }; }
need_charts() { need_server && need_tool helm; }

# ---- Ways to ask -------------------------------------------------------------------------------

sql() { # STATEMENT: as the application would, over TLS and with the password
  # shellcheck disable=SC2016  # expanded in the pod
  local ask='PGPASSWORD=$(cat) && export PGPASSWORD && exec psql "host=postgres-rw user=app dbname=app sslmode=require connect_timeout=10" --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --command "$1"'
  kube get secret postgres-app --namespace postgres --output jsonpath='{.data.password}' | base64 --decode |
    kube exec --stdin --namespace postgres postgres-1 --container postgres -- sh -c "$ask" sh "$1"
}
redis() { # COMMAND…: with the password
  # shellcheck disable=SC2016  # expanded in the pod
  local ask='REDISCLI_AUTH=$(cat) && export REDISCLI_AUTH && exec valkey-cli "$@"'
  kube get secret redis-users --namespace redis --output jsonpath='{.data.default}' | base64 --decode |
    kube exec --stdin --namespace redis deployment/redis -- sh -c "$ask" sh "$@"
}

# probe NAMESPACE NAME [ARGUMENT…]: a pod that the restricted standard lets in, running until it is deleted; the arguments are its command.
probe() {
  local in=$1 name=$2 command='["sleep", "3600"]'
  shift 2
  if [ $# -gt 0 ]; then command=$(printf '"%s", ' "$@") && command="[${command%, }]"; fi
  kube create -f - >/dev/null <<POD
apiVersion: v1
kind: Pod
metadata:
  name: $name
  namespace: $in
  labels: {local-env-test: "$run_id", role: $name}
spec:
  automountServiceAccountToken: false
  terminationGracePeriodSeconds: 0
  securityContext: {runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: probe
      image: $STAND_IN_REPOSITORY@$STAND_IN_DIGEST
      command: $command
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 64Mi}}
${volumes:-}
POD
  kube wait --for=condition=Ready "pod/$name" --namespace "$in" --timeout="${TEST_TIMEOUT}s" >/dev/null
}
make_stranger() {
  if exists "namespace/$stranger"; then return; fi
  kube create namespace "$stranger" >/dev/null
  kube label namespace "$stranger" "$label" pod-security.kubernetes.io/enforce=restricted >/dev/null
}
# The pod that has nothing to do with the applications, and the one that stands among them.
ask_stranger() {
  make_stranger
  kube get pod/stranger --namespace "$stranger" >/dev/null 2>&1 || probe "$stranger" stranger
  kube exec --namespace "$stranger" stranger -- "$@"
}
ask_neighbour() {
  kube get "pod/neighbour-$run_id" --namespace kaggle-data >/dev/null 2>&1 || probe kaggle-data "neighbour-$run_id"
  kube exec --namespace kaggle-data "neighbour-$run_id" -- "$@"
}
http_status() { curl --silent --insecure --output /dev/null --max-time 10 --write-out '%{http_code}' "$@"; }
ready() { kube rollout status "$1" --namespace "$2" --timeout="${TEST_TIMEOUT}s" >/dev/null; }
# A server may take a moment until it holds a new policy.
eventually() {
  local left=$TEST_TIMEOUT
  until "$@" >/dev/null 2>&1; do
    [ "$left" -gt 0 ] || return 1
    sleep 1
    left=$((left - 1))
  done
}
not() { ! "$@"; }

# The charts with their libraries packed in, as a copy: the working tree stays as it is.
scratch
charts_copy=$work/packed
with_charts() {
  [ ! -d "$charts_copy" ] || return 0
  cp -R "$root/charts" "$work/charts"
  find "$work/charts" -mindepth 3 -type d -name charts -prune -exec rm -rf {} +
  local file
  for file in "$work"/charts/*/*/Chart.yaml; do
    if grep -q '^dependencies:' "$file"; then helm dependency update "${file%/Chart.yaml}" >/dev/null; fi
  done
  mv "$work/charts" "$charts_copy"
}
# Every object of a render is taken by the server, and without a warning. Kinds of operators that are not installed are left aside; other objects that
# go to an operator's namespace are judged in the test's own.
accepted() { # LAYER/CHART VALUES_FILE
  local said status=0 here_too=()
  case $1 in infrastructure/kaggle-data-pvc) here_too=(--set "backup.velero.namespace=$stranger") ;; esac
  helm template probe "$charts_copy/$1" --namespace "$stranger" --values "$2" ${here_too[@]+"${here_too[@]}"} --skip-tests >"$work/manifest.yaml"
  said=$(kube apply --dry-run=server --filename "$work/manifest.yaml" 2>&1) || status=$?
  said=$(grep -vE '(created|configured|unchanged) \(server dry run\)$' <<<"$said" || true)
  if [ "$status" -ne 0 ]; then said=$(grep -vE 'no matches for kind|^ensure CRDs are installed first' <<<"$said" || true); fi
  [ -z "$said" ] || {
    echo "$said"
    return 1
  }
}
downloaded() { # CHART: what the app gave for download, in the end-to-end tests
  printf '%s\n' "$root"/tests/e2e/expected/"$1"/values-*.yaml
}

# ---- Tests -------------------------------------------------------------------------------------
# shellcheck source=cases.sh
. "$here/tests/cases.sh"

if [ "$listing" = yes ]; then
  for at in "${!names[@]}"; do echo "${groups[at]}: ${names[at]}"; done
  exit 0
fi
look_around
run_cases
clean_up
report
