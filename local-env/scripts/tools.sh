#!/usr/bin/env bash
# Installs what is missing of docker, kind, kubectl, helm and curl with this system's package manager; names what it does not have. Asks first.
#   tools.sh [--yes]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
options "$@"

# What each package manager calls them, apart by commas; a dash where its own archive has none. Homebrew's docker is a client alone: Colima is its engine.
# winget's are names of the Windows side, seen from Git Bash.
#       tool     brew     apt        dnf                pacman  winget
names='
docker  docker,colima     docker.io  moby-engine        docker  Docker.DockerDesktop
kind    kind              -          -                  kind    Kubernetes.kind
kubectl kubernetes-cli    -          kubernetes-client  kubectl Kubernetes.kubectl
helm    helm              -          helm               helm    Helm.Helm
curl    curl              curl       curl               curl    cURL.cURL
'

where() {
  case $1 in
    docker) echo 'https://docs.docker.com/engine/install/ (or Podman: KIND_EXPERIMENTAL_PROVIDER=podman)' ;;
    kind) echo 'https://kind.sigs.k8s.io/docs/user/quick-start/#installation, or with Go: go install sigs.k8s.io/kind@v0.33.0' ;;
    kubectl) echo 'https://kubernetes.io/docs/tasks/tools/' ;;
    helm) echo 'https://helm.sh/docs/intro/install/' ;;
    curl) echo 'https://curl.se/download.html' ;;
  esac
}

# The first one that is there, asked for in the order of the system.
manager() {
  local candidates one
  case $(uname -s) in
    Darwin) candidates='brew' ;;
    Linux) candidates='apt-get dnf pacman brew' ;;
    MINGW* | MSYS* | CYGWIN*) candidates='winget' ;;
    *) candidates='' ;;
  esac
  for one in $candidates; do
    if have "$one"; then
      echo "$one"
      return
    fi
  done
}

package() { # TOOL MANAGER
  local column
  case $2 in
    brew) column=2 ;;
    apt-get) column=3 ;;
    dnf) column=4 ;;
    pacman) column=5 ;;
    winget) column=6 ;;
  esac
  printf '%s\n' "$names" | awk -v tool="$1" -v column="$column" '$1 == tool && $column != "-" { gsub(",", " ", $column); print $column }'
}

install() { # MANAGER PACKAGE…
  local manager=$1 sudo='' one
  shift
  [ "$(id -u)" = 0 ] || sudo=sudo
  case $manager in
    brew) brew install "$@" ;;
    apt-get)
      $sudo apt-get update -qq
      $sudo apt-get install -y --no-install-recommends "$@"
      ;;
    dnf) $sudo dnf install -y "$@" ;;
    pacman) $sudo pacman -S --needed --noconfirm "$@" ;;
    winget)
      for one in "$@"; do winget install --exact --id "$one" --accept-package-agreements --accept-source-agreements; done
      ;;
  esac
}

# There, and not too old: docker and curl of any version do.
fits() {
  have "$1" || return 1
  case $1 in
    kind) at_least "$KIND_MINIMUM" "$(version_of kind)" ;;
    kubectl) at_least "$KUBECTL_MINIMUM" "$(version_of kubectl)" ;;
    helm) at_least "$HELM_MINIMUM" "$(version_of helm)" ;;
  esac
}

manager=$(manager)
packages=() missing=() rest=()
engine=${KIND_EXPERIMENTAL_PROVIDER:-docker}
for tool in "$engine" kind kubectl helm curl; do
  if fits "$tool"; then
    good "$tool"
    continue
  fi
  found=''
  [ -z "$manager" ] || found=$(package "$tool" "$manager")
  if [ -n "$found" ]; then
    read -r -a named <<<"$found"
    packages+=("${named[@]}")
    missing+=("$tool")
  else
    rest+=("$tool")
  fi
done

if [ "${#packages[@]}" -gt 0 ]; then
  confirm "Install ${packages[*]} with $manager?"
  say "installing ${packages[*]} with $manager"
  install "$manager" "${packages[@]}"
  for tool in "${missing[@]}"; do
    if fits "$tool"; then good "$tool"; else rest+=("$tool"); fi
  done
  case " ${packages[*]} " in *' colima '*) good "'colima start --cpu 4 --memory 8' starts the engine" ;; esac
fi
if [ "${#rest[@]}" -gt 0 ]; then
  for tool in "${rest[@]}"; do
    printf '%s  !! %s is to be installed by hand: %s%s\n' "$red" "$tool" "$(where "$tool")" "$plain" >&2
  done
  exit 1
fi
