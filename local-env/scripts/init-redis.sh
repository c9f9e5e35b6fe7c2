#!/usr/bin/env bash
# Installs Valkey, which speaks Redis' protocol. Its password is made once, in the cluster.
#   init-redis.sh
# REDIS_CHART_VERSION, REDIS_CHART, REDIS_REPOSITORY, REDIS_TIMEOUT (seconds)
set -euo pipefail
. "$(dirname "$0")/lib.sh"
options "$@"
# shellcheck disable=SC2034  # read by wait_until
timeout_variable=REDIS_TIMEOUT

need_cluster

say "installing Valkey (chart $REDIS_CHART_VERSION)"
namespace redis restricted
secret_once redis redis-users default
# shellcheck disable=SC2046  # words are meant
release redis redis "$REDIS_TIMEOUT" "$REDIS_CHART" $(from_repository "$REDIS_CHART" "$REDIS_REPOSITORY" "$REDIS_CHART_VERSION") \
  --values "$here/values/redis.yaml"
good 'Redis is at redis.redis.svc:6379, user default'
"$here/scripts/connection.sh" redis
