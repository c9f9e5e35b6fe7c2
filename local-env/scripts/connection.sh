#!/usr/bin/env bash
# Prints where everything is, and the commands that show the credentials.
#   connection.sh [postgres|redis]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
only=''
case ${1:-} in
  postgres | redis)
    only=$1
    shift
    ;;
esac
options "$@"
kubectl="kubectl --context $KUBE_CONTEXT"

if [ -z "$only" ]; then
  cat <<TEXT

Ingress (class traefik)
  http://NAME.localhost, https://NAME.localhost        every Ingress with such a host
  http://kaggle-data-api.localhost/data/               the data sets
TEXT
fi
if [ -z "$only" ] || [ "$only" = postgres ]; then
  cat <<TEXT

PostgreSQL
  in the cluster      postgres-rw.postgres.svc:5432, database app, user app, TLS
  password            $kubectl get secret postgres-app --namespace postgres --output jsonpath='{.data.password}' | base64 --decode
  from this machine   $kubectl port-forward service/postgres-rw --namespace postgres 5432:5432
TEXT
fi
if [ -z "$only" ] || [ "$only" = redis ]; then
  cat <<TEXT

Redis (Valkey)
  in the cluster      redis.redis.svc:6379, user default
  password            $kubectl get secret redis-users --namespace redis --output jsonpath='{.data.default}' | base64 --decode
  from this machine   $kubectl port-forward service/redis --namespace redis 6379:6379
TEXT
fi
