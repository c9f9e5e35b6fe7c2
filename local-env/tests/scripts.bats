#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154  # each test is a shell of its own; helper.bash sets what is not set here
# What the scripts do, say and refuse, in a world of files in place of a cluster.

load helper

setup() {
  system_path=$PATH
  new_world "$BATS_TEST_TMPDIR/world"
}
called() { grep -qE -- "$1" "$WORLD/calls"; }
# A test does not fail by a `!` that is not its last line.
not() { ! "$@"; }
all() { initialised init-kind init-ingress init-postgres init-redis deploy; }

# A PATH with nothing but what every system has, and the stubs that are named.
bare_path() {
  local bin=$BATS_TEST_TMPDIR/bin one
  PATH=$system_path
  mkdir -p "$bin"
  for one in bash sh env cat sed grep awk head tail tr sort cut dirname basename mktemp rm cp mkdir find base64 id touch ls cksum wc seq chmod ln; do
    ln -sf "$(command -v "$one")" "$bin/$one"
  done
  for one in "$@"; do ln -sf "$tests/stubs/$one" "$bin/$one"; done
  export PATH=$bin
}
# stub NAME TEXT…: a tool that logs its call and does what the lines say.
stub() {
  local path=$BATS_TEST_TMPDIR/bin/$1
  printf '%s\n' '#!/usr/bin/env bash' "echo \"$1 \$*\" >>\"\$WORLD/calls\"" "${@:2}" >"$path"
  chmod +x "$path"
}

# ---- All of it, one after the other ------------------------------------------------------------

@test "everything is made, in its namespace, with its pinned version" {
  all
  for one in traefik/release.traefik cnpg-system/release.cloudnative-pg postgres/postgres.postgres redis/release.redis redis/secret.redis-users \
    kaggle-data/release.kaggle-data-pvc kaggle-data/release.fetch-kaggle-job kaggle-data/release.kaggle-data-api; do
    [ -e "$WORLD/state/cluster/$one" ]
  done
  . "$scripts/versions.sh"
  grep -qx "$TRAEFIK_CHART_VERSION" "$WORLD/state/cluster/traefik/release.traefik"
  grep -qx "$POSTGRES_CHART_VERSION" "$WORLD/state/cluster/cnpg-system/release.cloudnative-pg"
  grep -qF "imageName: \"$POSTGRES_IMAGE\"" "$WORLD/state/cluster/postgres/postgres.postgres"
  grep -qx "$REDIS_CHART_VERSION" "$WORLD/state/cluster/redis/release.redis"
}

@test "a second time changes nothing, and keeps the password" {
  all
  before=$(state)
  password=$(grep '^  default: ' "$WORLD/state/cluster/redis/secret.redis-users")
  all
  [ "$(state)" = "$before" ]
  [ "$(grep '^  default: ' "$WORLD/state/cluster/redis/secret.redis-users")" = "$password" ]
}

@test "the password is long, and on no command line" {
  initialised init-kind init-redis
  password=$(sed -n 's/^  default: //p' "$WORLD/state/cluster/redis/secret.redis-users")
  [[ $password =~ ^[A-Za-z0-9]{32}$ ]]
  not called "$password"
}

@test "versions come from the environment" {
  initialised init-kind
  REDIS_CHART_VERSION=7.7.7 script init-redis.sh
  called 'helm .*--version 7\.7\.7'
}

@test "a chart that is a path needs no repository" {
  initialised init-kind
  REDIS_CHART=/charts/valkey.tgz script init-redis.sh
  called 'upgrade --install redis /charts/valkey\.tgz'
  not called '--repo'
}

@test "time-outs come from the environment" {
  initialised init-kind
  REDIS_TIMEOUT=901 script init-redis.sh
  called '--timeout 901s'
  rm -rf "$WORLD/state/cluster"
  CLUSTER_TIMEOUT=902 script init-kind.sh
  called 'kind create cluster .*--wait 902s'
}

@test "what waits in vain says which variable gives more time" {
  initialised init-kind
  touch "$WORLD/never-ready"
  run script init-kind.sh
  [ "$status" -ne 0 ]
  rm "$WORLD/never-ready"
  mkdir -p "$BATS_TEST_TMPDIR/no-answer"
  printf '#!/bin/sh\nprintf 000\n' >"$BATS_TEST_TMPDIR/no-answer/curl"
  chmod +x "$BATS_TEST_TMPDIR/no-answer/curl"
  PATH=$BATS_TEST_TMPDIR/no-answer:$PATH INGRESS_TIMEOUT=4 run script init-ingress.sh
  [ "$status" -eq 1 ]
  [[ $output == *'Waited in vain'*'INGRESS_TIMEOUT'* ]]
  [ ! -e "$WORLD/state/cluster/traefik" ]
}

@test "connection details and the commands for the credentials are printed at the end, the credentials are not" {
  initialised init-kind init-redis
  run script init-postgres.sh
  [[ $output == *'postgres-rw.postgres.svc:5432'* ]]
  [[ $output == *'get secret postgres-app --namespace postgres'*'base64 --decode'* ]]
  run script deploy.sh
  [[ $output == *'redis.redis.svc:6379'* ]]
  [[ $output == *'get secret redis-users --namespace redis'* ]]
  password=$(sed -n 's/^  default: //p' "$WORLD/state/cluster/redis/secret.redis-users")
  [[ $output != *"$password"* ]]
}

# ---- What is refused ---------------------------------------------------------------------------

@test "an engine that does not run is named" {
  rm "$WORLD/engine"
  run script init-kind.sh
  [ "$status" -eq 1 ]
  [[ $output == *'start docker'* ]]
  not called 'kind create'
}

@test "missing tools are named, with the command that installs them" {
  bare_path docker
  run script init-kind.sh
  [ "$status" -eq 1 ]
  [[ $output == *'Not installed: kind'*'make tools'* ]]
}

@test "a kind that enforces no network policies is refused" {
  bare_path docker kubectl
  stub kind 'echo "kind v0.23.0 go1.22.4 linux/amd64"'
  run script init-kind.sh
  [ "$status" -eq 1 ]
  [[ $output == *'kind is 0.23.0; 0.24 or later is needed'* ]]
}

@test "without a cluster nothing is installed" {
  for one in init-ingress init-postgres init-redis deploy; do
    run script "$one.sh"
    [ "$status" -eq 1 ]
    [[ $output == *'does not answer'*'make init-kind'* ]]
    not called 'upgrade|create'
  done
}

@test "every call names the context of the local cluster" {
  all
  for one in init-kind init-ingress init-postgres init-redis deploy; do
    script "$one.sh" >/dev/null 2>&1
    elsewhere=$(grep -vE -- '^kubectl (--context kind-chartwright|version --client)|^helm (--kube-context kind-chartwright|version --short|dependency update)|^(docker|kind|curl) ' "$WORLD/calls" || true)
    [ -z "$elsewhere" ]
  done
}

@test "options that nobody knows are refused, --help explains" {
  for one in "$scripts"/*.sh; do
    case ${one##*/} in lib.sh | versions.sh) continue ;; esac
    run bash "$one" --no-such-option
    [ "$status" -eq 2 ]
    run bash "$one" --help
    [ "$status" -eq 0 ]
    [[ $output == *"${one##*/}"* ]]
  done
}

# ---- Destructive steps -------------------------------------------------------------------------

@test "clean asks, and without a terminal only --yes is a yes" {
  all
  run script clean.sh </dev/null
  [ "$status" -eq 1 ]
  [[ $output == *'--yes'* ]]
  [ -d "$WORLD/state/cluster" ]
  script clean.sh --yes
  [ ! -d "$WORLD/state/cluster" ]
  run script clean.sh --yes
  [ "$status" -eq 0 ]
  [[ $output == *'there is no cluster'* ]]
}

@test "on a terminal a y is a yes, anything else is a no" {
  command -v script >/dev/null || skip 'no terminal to be had'
  initialised init-kind
  typed() { echo "$1" | command script --quiet --return --command "$scripts/clean.sh" /dev/null; }
  run typed n
  [ "$status" -ne 0 ]
  [ -d "$WORLD/state/cluster" ]
  run typed y
  [ "$status" -eq 0 ]
  [ ! -d "$WORLD/state/cluster" ]
}

@test "reset-data asks, empties all three, and has the job fetch anew" {
  all
  run script reset-data.sh </dev/null
  [ "$status" -eq 1 ]
  [ ! -e "$WORLD/dropped" ]
  before=$(state)
  script reset-data.sh --yes
  [ -e "$WORLD/dropped" ]
  [ -e "$WORLD/flushed" ]
  called 'helm .*uninstall kaggle-data-pvc'
  called 'helm .*upgrade --install fetch-kaggle-job'
  [ "$(state)" = "$before" ]
}

@test "reset-data does what there is to do in a cluster without databases" {
  initialised init-kind
  script reset-data.sh --yes
  [ ! -e "$WORLD/dropped" ]
}

@test "reset-data that fails says so" {
  all
  touch "$WORLD/no-answer"
  run script reset-data.sh --yes
  [ "$status" -ne 0 ]
  [[ $output != *'everything is empty'* ]]
  rm "$WORLD/no-answer"
  script reset-data.sh --yes
}

# ---- Values ------------------------------------------------------------------------------------

@test "deploy takes what the app gave for download, and the chart's own file where it gave nothing" {
  initialised init-kind
  mkdir -p "$WORLD/downloads/kaggle-data-api"
  echo 'replicaCount: 1' >"$WORLD/downloads/kaggle-data-api/values-local.yaml"
  VALUES_DIR=$WORLD/downloads script deploy.sh
  called "upgrade --install kaggle-data-api .*--values $WORLD/downloads/kaggle-data-api/values-local.yaml"
  called 'upgrade --install fetch-kaggle-job .*--values [^ ]*/charts/applications/fetch-kaggle-job/values-local.yaml'
}

@test "deploy does not wait for a claim that only a pod binds" {
  initialised init-kind
  script deploy.sh
  not called 'upgrade --install kaggle-data-pvc .*--wait'
  called 'upgrade --install kaggle-data-api .*--wait'
}

@test "the page's image is built and loaded where it is asked for" {
  initialised init-kind
  WITH_PAGE=yes script deploy.sh
  called 'docker build'
  called 'kind load docker-image chartwright:local --name chartwright'
  called 'upgrade --install chartwright .*image.repository=chartwright,image.tag=local'
}

# ---- Tools -------------------------------------------------------------------------------------

@test "tools: nothing is installed twice" {
  run script tools.sh </dev/null
  [ "$status" -eq 0 ]
}

@test "tools: Homebrew, apt, dnf, pacman and winget are told their own names" {
  made() { for one in "$@"; do echo "ln -sf '$tests/stubs/$one' '$BATS_TEST_TMPDIR/bin/$one'"; done; }
  while read -r system manager command packages; do
    PATH=$system_path
    rm -rf "${BATS_TEST_TMPDIR:?}/bin"
    bare_path
    stub uname "echo $system"
    stub sudo 'exec "$@"'
    stub "$manager" "$(made docker kind kubectl helm curl)"
    # What its archive has not, is there already.
    case $manager in
      apt-get) ln -sf "$tests/stubs/kind" "$tests/stubs/kubectl" "$tests/stubs/helm" "$BATS_TEST_TMPDIR/bin" ;;
      dnf) ln -sf "$tests/stubs/kind" "$BATS_TEST_TMPDIR/bin" ;;
    esac
    run script tools.sh --yes
    echo "$manager: $output"
    [ "$status" -eq 0 ]
    grep -F -- "$command" "$WORLD/calls"
    for one in $packages; do grep -qF -- "$one" "$WORLD/calls"; done
  done <<'TABLE'
Darwin brew brew docker colima kind kubernetes-cli helm
Linux apt-get install docker.io
Linux dnf dnf moby-engine kubernetes-client helm
Linux pacman pacman docker kind kubectl helm
MINGW64_NT winget winget Docker.DockerDesktop Kubernetes.kind Kubernetes.kubectl Helm.Helm
TABLE
}

@test "tools: where the engine has to be started, that is said" {
  bare_path
  stub uname 'echo Darwin'
  stub brew "for one in docker kind kubectl helm curl; do ln -sf '$tests/stubs/'\$one '$BATS_TEST_TMPDIR/bin/'\$one; done"
  run script tools.sh --yes
  [ "$status" -eq 0 ]
  [[ $output == *'colima start'* ]]
  called '^brew install docker colima kind'
}

@test "tools: what the package manager has not is named, with where it is" {
  bare_path
  stub uname 'echo Linux'
  stub sudo 'exec "$@"'
  stub apt-get 'true'
  run script tools.sh --yes
  [ "$status" -eq 1 ]
  for one in kind kubectl helm; do [[ $output == *"$one is to be installed by hand: https://"* ]]; done
}

@test "tools: a system that nobody knows has everything named" {
  bare_path
  stub uname 'echo Plan9'
  run script tools.sh --yes
  [ "$status" -eq 1 ]
  [[ $output == *'docker is to be installed by hand'* ]]
}

@test "tools: asks before it installs" {
  bare_path
  stub uname 'echo Linux'
  stub pacman 'true'
  run script tools.sh </dev/null
  [ "$status" -eq 1 ]
  [[ $output == *'--yes'* ]]
  not called '^pacman'
}

@test "tools: a failing package manager fails the script" {
  bare_path
  stub uname 'echo Linux'
  stub sudo 'exec "$@"'
  stub pacman 'exit 1'
  run script tools.sh --yes
  [ "$status" -ne 0 ]
}

# ---- The Makefile ------------------------------------------------------------------------------

@test "the Makefile explains each of its targets, and prints them first" {
  run make --no-print-directory -C "$tests/.."
  [ "$status" -eq 0 ]
  for one in help init-all init-kind init-ingress init-postgres init-redis deploy test reset-data clean; do [[ $output == *"make $one "* ]]; done
}

@test "make init-all makes everything, twice" {
  make --no-print-directory -C "$tests/.." init-all >/dev/null 2>&1
  [ -e "$WORLD/state/cluster/kaggle-data/release.kaggle-data-api" ]
  before=$(state)
  make --no-print-directory -C "$tests/.." init-all >/dev/null 2>&1
  [ "$(state)" = "$before" ]
  make --no-print-directory -C "$tests/.." clean YES=1 >/dev/null 2>&1
  [ ! -d "$WORLD/state/cluster" ]
}

@test "make init-all ends where something fails" {
  echo '3 fail' >"$WORLD/break"
  run make --no-print-directory -C "$tests/.." init-all
  [ "$status" -ne 0 ]
  not called 'helm .*upgrade'
}
