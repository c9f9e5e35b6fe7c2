#!/usr/bin/env bash
# Installs Traefik on the node that has ports 80 and 443, as the cluster's default IngressClass.
#   init-ingress.sh
# TRAEFIK_CHART_VERSION, TRAEFIK_CHART, TRAEFIK_REPOSITORY, INGRESS_TIMEOUT (seconds)
set -euo pipefail
. "$(dirname "$0")/lib.sh"
options "$@"
# shellcheck disable=SC2034  # read by wait_until
timeout_variable=INGRESS_TIMEOUT

need_cluster
[ "$WAIT" = no ] || need curl

# Any answer means that the port leads to the controller; without a route that is 404.
answers() { [ "$(curl --silent --output /dev/null --max-time 5 --write-out '%{http_code}' http://127.0.0.1/ || true)" = 404 ]; }

say "installing Traefik (chart $TRAEFIK_CHART_VERSION)"
# Ports of the node are what the baseline standard forbids.
namespace traefik privileged
# shellcheck disable=SC2046  # words are meant
release traefik traefik "$INGRESS_TIMEOUT" "$TRAEFIK_CHART" $(from_repository "$TRAEFIK_CHART" "$TRAEFIK_REPOSITORY" "$TRAEFIK_CHART_VERSION") \
  --values "$here/values/traefik.yaml"

if [ "$WAIT" != no ]; then
  say 'waiting for port 80'
  wait_until "$INGRESS_TIMEOUT" 'an answer on http://127.0.0.1/' answers
fi
good 'http://NAME.localhost and https://NAME.localhost lead to the Ingresses of class traefik'
