#!/usr/bin/env bash
# Empties PostgreSQL, Redis and the claim of the data sets, and has the job fetch anew. Asks first.
#   reset-data.sh [--yes]
# What is gone is gone: nothing is taken back if it fails in the middle. Running it again finishes it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
options "$@"

need_cluster
confirm "All data in $KUBE_CONTEXT will be lost: PostgreSQL, Redis, and the claim of the data sets."

if exists namespace/postgres && exists clusters.postgresql.cnpg.io/postgres --namespace postgres; then
  say 'emptying PostgreSQL'
  kube exec --namespace postgres postgres-1 --container postgres -- \
    psql --quiet --dbname app --set ON_ERROR_STOP=1 --command 'DROP SCHEMA public CASCADE' --command 'CREATE SCHEMA public AUTHORIZATION app' >/dev/null
fi
cache=$(revision_of redis redis)
if [ -n "$cache" ]; then
  say 'emptying Redis'
  # shellcheck disable=SC2016  # expanded in the pod
  flush='REDISCLI_AUTH=$(cat) && export REDISCLI_AUTH && valkey-cli FLUSHALL'
  kube get secret redis-users --namespace redis --output jsonpath='{.data.default}' | base64 --decode |
    kube exec --stdin --namespace redis deployment/redis -- sh -c "$flush" | grep -qx OK
fi
if exists namespace/kaggle-data; then
  say 'emptying the claim'
  for name in fetch-kaggle-job kaggle-data-api kaggle-data-pvc; do
    helmet uninstall "$name" --namespace kaggle-data --ignore-not-found --wait --timeout "${DEPLOY_TIMEOUT}s" >/dev/null
  done
  kube delete persistentvolumeclaim kaggle-data-pvc --namespace kaggle-data --ignore-not-found --timeout "${DEPLOY_TIMEOUT}s" >/dev/null
  WITH_PAGE=no "$here/scripts/deploy.sh"
fi
good 'everything is empty'
