#!/usr/bin/env bash
# Has real Helm write tests/goldens anew: what it makes of each shipped chart with each values file, and of the cases of tests/goldens/cases.tsv.
# tests/goldens/README.md says what is in a case's folder. Running it twice changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
helm=$(tools/oracles.sh helm4)/helm4
kube_version=v1.37.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing of the machine's own Helm settings, and nothing but relative paths.
export HELM_CACHE_HOME=$work/helm/cache HELM_CONFIG_HOME=$work/helm/config HELM_DATA_HOME=$work/helm/data KUBECONFIG=$work/none LC_ALL=C
out=$work/goldens

# `fresh` is the tree as it is; in `built` the dependencies are in place.
for state in fresh built; do
  mkdir -p "$work/$state/tests/goldens" "$work/$state/tests/e2e"
  cp -R charts "$work/$state/"
  find "$work/$state/charts" -mindepth 3 -type d -name charts -prune -exec rm -rf {} +
  cp -R tests/charts "$work/$state/tests/"
  cp -R tests/goldens/inputs "$work/$state/tests/goldens/"
  if [ -d tests/e2e/expected ]; then cp -R tests/e2e/expected "$work/$state/tests/e2e/"; fi
done
(
  cd "$work/built"
  grep -l '^dependencies:' charts/*/*/Chart.yaml | while read -r file; do
    "$helm" dependency update "${file%/Chart.yaml}" >/dev/null
  done
)

record() { # STATE FOLDER ARGUMENT…
  local folder=$out/$2 state=$1
  shift 2
  mkdir -p "$folder"
  printf '%s\n' "$@" >"$folder/args"
  local status=0
  (cd "$work/$state" && "$helm" "$@" >"$folder/stdout" 2>"$folder/stderr" </dev/null) || status=$?
  echo "$status" >"$folder/exit"
}

# A case, its NOTES, and for values files what `helm lint --strict` says.
case_of() { # FOLDER CHART_PATH ARGUMENT…
  local folder=$1 chart=$2 version=(--kube-version "$kube_version")
  shift 2
  case " $* " in *' --kube-version '*) version=() ;; esac
  record built "$folder" template rel "$chart" --namespace data "${version[@]}" --dependency-update "$@"
  if [ "$(cat "$out/$folder/exit")" = 0 ]; then
    notes "$out/$folder/notes" "$chart" "$@"
  fi
}

# What `helm install` would print after NOTES: to the last byte.
notes() { # FILE CHART_PATH ARGUMENT…
  local file=$1 chart=$2 kept=()
  shift 2
  while [ $# -gt 0 ]; do
    case $1 in
      --show-only) shift ;;
      --skip-tests) ;;
      *) kept+=("$1") ;;
    esac
    shift
  done
  (cd "$work/built" && "$helm" install rel "$chart" --namespace data --dry-run=client "${kept[@]}" 2>/dev/null </dev/null) |
    awk 'found { print } /^NOTES:$/ { found = 1 }' >"$file"
  [ -s "$file" ] || rm "$file"
}

lint() { # FOLDER CHART_PATH ARGUMENT…
  local folder=$out/$1 chart=$2
  shift 2
  (cd "$work/built" && "$helm" lint --strict --kube-version "$kube_version" "$chart" "$@" >"$folder/lint" 2>&1) ||
    { echo "goldens: helm lint --strict finds faults in $chart $*" >&2; cat "$folder/lint" >&2; exit 1; }
}

for path in charts/*/* tests/charts/demo; do
  chart=${path##*/}
  case_of "$chart/default" "$path"
  lint "$chart/default" "$path"
  for file in "$path"/values-*.yaml; do
    [ -e "$file" ] || continue
    name=${file##*/values-}
    name=${name%.yaml}
    case_of "$chart/$name" "$path" --values "$file"
    lint "$chart/$name" "$path" --values "$file"
  done
done

while IFS=$'\t' read -r -a row; do
  case ${row[0]-} in '' | '#'*) continue ;; esac
  path=charts/${row[1]}
  [ "${row[1]}" != demo ] || path=tests/charts/demo
  case_of "${row[0]}" "$path" "${row[@]:2}"
done <tests/goldens/cases.tsv

# The files that the end-to-end tests download: CHART/NAME.yaml.
for file in tests/e2e/expected/*/*.yaml; do
  [ -e "$file" ] || continue
  chart=$(basename "$(dirname "$file")")
  name=${file##*/}
  case_of "downloaded/$chart-${name%.yaml}" "$(echo charts/*/"$chart")" --values "$file"
done

# The tree as it is: without --dependency-update it fails, with it Helm first says what it does.
api=charts/applications/kaggle-data-api
record fresh dependencies/missing template rel $api --namespace data --kube-version $kube_version
record fresh dependencies/update-fresh template rel $api --namespace data --kube-version $kube_version --dependency-update

if grep -rlF -e "$work" -e "$HOME" -e "$root" "$out"; then
  echo 'goldens: the files above hold paths of this machine' >&2
  exit 1
fi
find tests/goldens -mindepth 2 -type f ! -path 'tests/goldens/inputs/*' -delete
cp -R "$out/." tests/goldens/
find tests/goldens -type d -empty -delete
echo "goldens: $(find tests/goldens -name args | wc -l | tr -d ' ') cases" >&2
