#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154  # each test is a shell of its own; helper.bash sets what is not set here
# The Kubernetes half against a real API server: run by check.sh within tools/api-server.mjs, which gives KUBECONFIG and KUBE_CONTEXT.
# No pod runs there, and nothing that is deleted with a namespace goes: what is asked for is that it was told to.

load helper

setup() {
  [ -n "${KUBE_CONTEXT:-}" ]
  export WAIT=no WITH_PAGE=no NO_COLOR=1 ROLLBACK_TIMEOUT=2 TMPDIR=$BATS_TEST_TMPDIR
  suite=$tests/integration.test.sh
}
kube() { kubectl --context "$KUBE_CONTEXT" "$@"; }
releases() { helm --kube-context "$KUBE_CONTEXT" list --all-namespaces --short | LC_ALL=C sort | tr '\n' ' '; }
# What carries the label of the suite and was not told to go.
remaining='{{range .items}}{{if not .metadata.deletionTimestamp}}{{println .metadata.name}}{{end}}{{end}}'
left() { kube get namespaces,pods,persistentvolumeclaims --all-namespaces --selector local-env-test --output "go-template=$remaining"; }

@test "a deployment that fails in the middle takes back what it had made, on a real server with real Helm" {
  mkdir -p "$BATS_TEST_TMPDIR/values/kaggle-data-api"
  echo 'replicas: 3' >"$BATS_TEST_TMPDIR/values/kaggle-data-api/values-local.yaml"
  VALUES_DIR=$BATS_TEST_TMPDIR/values run "$scripts/deploy.sh"
  [ "$status" -ne 0 ]
  [[ $output == *replicas* ]]
  [ -z "$(releases)" ]
  [ "$(kube get namespace kaggle-data --output jsonpath='{.status.phase}')" = Terminating ]
  # Nobody ends it here but we.
  kube get namespace kaggle-data --output json | sed '/"finalizers"/,/]/d' | kube replace --raw /api/v1/namespaces/kaggle-data/finalize --filename - >/dev/null
}

@test "the shipped charts are deployed, and deployed again" {
  "$scripts/deploy.sh"
  [ "$(releases)" = 'fetch-kaggle-job kaggle-data-api kaggle-data-pvc ' ]
  image=$(kube get deployment kaggle-data-api --namespace kaggle-data --output jsonpath='{.spec.template.spec.containers[0].image}')
  generation=$(kube get deployment kaggle-data-api --namespace kaggle-data --output jsonpath='{.metadata.generation}')
  . "$scripts/versions.sh"
  [ "$image" = "$STAND_IN_REPOSITORY@$STAND_IN_DIGEST" ] || [ "$image" = "$STAND_IN_REPOSITORY:$STAND_IN_TAG@$STAND_IN_DIGEST" ]
  "$scripts/deploy.sh"
  [ "$(kube get deployment kaggle-data-api --namespace kaggle-data --output jsonpath='{.metadata.generation}')" = "$generation" ]
}

@test "an upgrade that fails goes back to what was there" {
  mkdir -p "$BATS_TEST_TMPDIR/values/fetch-kaggle-job" "$BATS_TEST_TMPDIR/values/kaggle-data-pvc"
  # The claim's label changes, and then the job's values are refused.
  { cat "$tests/../../charts/infrastructure/kaggle-data-pvc/values-local.yaml" && printf 'commonLabels:\n  changed: "yes"\n'; } >"$BATS_TEST_TMPDIR/values/kaggle-data-pvc/values-local.yaml"
  echo 'schedules: none' >"$BATS_TEST_TMPDIR/values/fetch-kaggle-job/values-local.yaml"
  VALUES_DIR=$BATS_TEST_TMPDIR/values run "$scripts/deploy.sh"
  [ "$status" -ne 0 ]
  [ "$(releases)" = 'fetch-kaggle-job kaggle-data-api kaggle-data-pvc ' ]
  [ -z "$(kube get persistentvolumeclaim kaggle-data-pvc --namespace kaggle-data --output jsonpath='{.metadata.labels.changed}')" ]
}

@test "the password is made once, and kept in no annotation" {
  . "$scripts/lib.sh"
  trap - EXIT
  namespace passwords restricted
  secret_once passwords users default
  first=$(kube get secret users --namespace passwords --output jsonpath='{.data.default}' | base64 --decode)
  [ "${#first}" -eq 32 ]
  [ -z "$(kube get secret users --namespace passwords --output jsonpath='{.metadata.annotations}')" ]
  secret_once passwords users default
  [ "$(kube get secret users --namespace passwords --output jsonpath='{.data.default}' | base64 --decode)" = "$first" ]
}

@test "the integration test passes where pods cannot run, and leaves nothing" {
  run "$suite" --require 11 --tap "$BATS_TEST_TMPDIR/tap"
  echo "$output"
  [ "$status" -eq 0 ]
  [ -z "$(left)" ]
  [ -z "$(find "$BATS_TEST_TMPDIR" -maxdepth 1 -name 'local-env.*')" ]
}

@test "interrupted, it leaves nothing either" {
  # In the foreground, since a shell in the background does not hear SIGINT; a child stops it as soon as its namespace is there.
  cat >"$BATS_TEST_TMPDIR/interrupt" <<'SCRIPT'
echo $$ >"$BATS_TEST_TMPDIR/pid"
(
  for _ in $(seq 600); do
    found=$(kubectl --context "$KUBE_CONTEXT" get namespaces --selector local-env-test --output "go-template=$remaining")
    [ -z "$found" ] || break
  done
  echo "$found" >"$BATS_TEST_TMPDIR/found"
  kill -s "$1" "$(cat "$BATS_TEST_TMPDIR/pid")"
) 3>&- &
exec "$suite"
SCRIPT
  export remaining suite BATS_TEST_TMPDIR
  for signal in INT:130 TERM:143; do
    run bash "$BATS_TEST_TMPDIR/interrupt" "${signal%:*}"
    echo "$output"
    [ "$status" -eq "${signal#*:}" ]
    # There was something to leave.
    grep -q local-env-test "$BATS_TEST_TMPDIR/found"
    [ -z "$(left)" ]
    [ -z "$(find "$BATS_TEST_TMPDIR" -maxdepth 1 -name 'local-env.*')" ]
  done
}
