#!/usr/bin/env bash
# Installs CloudNativePG and a PostgreSQL of one instance. Its operator makes the password, in the cluster.
#   init-postgres.sh
# POSTGRES_CHART_VERSION, POSTGRES_CHART, POSTGRES_REPOSITORY, POSTGRES_IMAGE, POSTGRES_TIMEOUT (seconds)
set -euo pipefail
. "$(dirname "$0")/lib.sh"
options "$@"
# shellcheck disable=SC2034  # read by wait_until
timeout_variable=POSTGRES_TIMEOUT

need_cluster
scratch

say "installing CloudNativePG (chart $POSTGRES_CHART_VERSION)"
namespace cnpg-system restricted
# shellcheck disable=SC2046  # words are meant
release cloudnative-pg cnpg-system "$POSTGRES_TIMEOUT" "$POSTGRES_CHART" $(from_repository "$POSTGRES_CHART" "$POSTGRES_REPOSITORY" "$POSTGRES_CHART_VERSION") \
  --values "$here/values/cloudnative-pg.yaml"

say 'making the database'
namespace postgres restricted
sed "s|@POSTGRES_IMAGE@|$POSTGRES_IMAGE|" "$here/manifests/postgres.yaml" >"$work/postgres.yaml"
if exists clusters.postgresql.cnpg.io/postgres --namespace postgres; then
  kube apply view-last-applied clusters.postgresql.cnpg.io/postgres --namespace postgres --output yaml >"$work/before.yaml"
  on_failure kube apply --filename "$work/before.yaml"
else
  on_failure kube delete clusters.postgresql.cnpg.io/postgres --namespace postgres --ignore-not-found --timeout "${ROLLBACK_TIMEOUT}s"
fi
# The operator's webhook may take a moment after its pod is ready.
wait_until "$POSTGRES_TIMEOUT" "the operator's webhook" kube apply --filename "$work/postgres.yaml"
if [ "$WAIT" != no ]; then
  kube wait --for=condition=Ready clusters.postgresql.cnpg.io/postgres --namespace postgres --timeout="${POSTGRES_TIMEOUT}s" >/dev/null
fi
good 'PostgreSQL is at postgres-rw.postgres.svc:5432, database and user app'
"$here/scripts/connection.sh" postgres
