#!/usr/bin/env bash
# Deploys the shipped charts with real Helm: claim, job, API, and the page itself if its image can be built.
#   deploy.sh
# VALUES_DIR: a folder with what the app downloads, CHART/values-ENVIRONMENT.yaml; a chart that has none there takes its own file
# ENVIRONMENT (local), DEPLOY_TIMEOUT (seconds), WITH_PAGE: yes, no, or auto (yes if dist/ is built and the engine runs)
set -euo pipefail
. "$(dirname "$0")/lib.sh"
options "$@"
ENVIRONMENT="${ENVIRONMENT:-local}"
VALUES_DIR="${VALUES_DIR:-}"
WITH_PAGE="${WITH_PAGE:-auto}"
page_image=chartwright:local

need_cluster
scratch

values_of() { # LAYER/CHART
  local chosen=$VALUES_DIR/${1#*/}/values-$ENVIRONMENT.yaml
  if [ -n "$VALUES_DIR" ] && [ -f "$chosen" ]; then printf '%s\n' "$chosen"; else printf '%s\n' "$work/charts/$1/values-$ENVIRONMENT.yaml"; fi
}

deploy() { # LAYER/CHART ARGUMENT…
  local chart=$1 values
  shift
  values=$(values_of "$chart")
  say "deploying ${chart#*/} with ${values#"$work/"}"
  if grep -q '^dependencies:' "$work/charts/$chart/Chart.yaml"; then helm dependency update "$work/charts/$chart" >/dev/null; fi
  release "${chart#*/}" kaggle-data "$DEPLOY_TIMEOUT" "$work/charts/$chart" --values "$values" "$@"
}

# Libraries are packed into the charts that need them: in a copy, so that the working tree stays as it is.
cp -R "$root/charts" "$work/charts"
find "$work/charts" -mindepth 3 -type d -name charts -prune -exec rm -rf {} +
stand_in=(--set-string "image.repository=$STAND_IN_REPOSITORY,image.tag=$STAND_IN_TAG,image.digest=$STAND_IN_DIGEST")

namespace kaggle-data restricted
# A claim of this class is bound when the first pod mounts it: waiting here would wait for ever.
wanted=$WAIT
WAIT=no
deploy infrastructure/kaggle-data-pvc
WAIT=$wanted
deploy applications/fetch-kaggle-job --values "$here/values/fetch-kaggle-job.yaml" "${stand_in[@]}"
deploy applications/kaggle-data-api --values "$here/values/kaggle-data-api.yaml" "${stand_in[@]}"

if [ "$WITH_PAGE" = auto ]; then
  if [ -f "$root/dist/index.html" ] && docker info >/dev/null 2>&1; then WITH_PAGE=yes; else WITH_PAGE=no; fi
fi
if [ "$WITH_PAGE" = yes ]; then
  say 'building the image of the page'
  docker build --quiet --tag "$page_image" "$root" >/dev/null
  kind load docker-image "$page_image" --name "$CLUSTER_NAME" >/dev/null 2>&1
  deploy applications/chartwright --set-string "image.repository=${page_image%:*},image.tag=${page_image#*:}"
else
  say "without the page: 'make build' in the repository's root, then WITH_PAGE=yes make deploy"
fi

good 'http://kaggle-data-api.localhost/data/ shows what the job has written'
[ "$WITH_PAGE" = no ] || good 'http://chartwright.localhost/ shows the page'
"$here/scripts/connection.sh"
