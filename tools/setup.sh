#!/usr/bin/env bash
# Installs what is missing for building and testing, says what it does, and does nothing twice.
#   tools/setup.sh [rust] [wasm] [node] [browser] [shell] [pictures]
# rust:    the pinned toolchain and its Wasm target
# wasm:    Trunk, the wasm-bindgen command of Cargo.lock's version
# node:    the npm packages of package-lock.json, wasm-opt among them
# browser: Chromium for the end-to-end tests
# shell:   bats, shellcheck and shfmt for the scripts of the local cluster
# pictures: pngquant, which makes the guide's pictures small
set -euo pipefail
cd "$(dirname "$0")/.."

trunk_version=0.21.14
export PATH="$HOME/.cargo/bin:$PATH"

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# The tools are built for a quick build, not for speed. (Trunk 0.22 takes a hundred crates more, for a minifier of scripts.)
cargo_install() { # CRATE VERSION OPT_LEVEL FLAG…
  if have cargo-binstall && cargo binstall --no-confirm --quiet "$1@$2" >/dev/null 2>&1; then return; fi
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL="$3" CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo "+$channel" install --quiet --force "$1" --version "$2" "${@:4}"
}

apt_install() {
  local sudo=''
  [ "$(id -u)" = 0 ] || sudo=sudo
  have apt-get || { echo "setup: install $* with this system's package manager" >&2; exit 1; }
  [ -n "${apt_updated:-}" ] || { $sudo apt-get update -qq; apt_updated=1; }
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)

rust() {
  have rustup || { echo 'setup: needs rustup (https://rustup.rs)' >&2; exit 1; }
  if ! rustup toolchain list | grep -q "^$channel-" ||
    ! rustup target list --toolchain "$channel" --installed | grep -qx wasm32-unknown-unknown ||
    ! rustup component list --toolchain "$channel" --installed | grep -q '^clippy'; then
    say "installing Rust $channel with its Wasm target"
    rustup toolchain install "$channel" --profile minimal --component rustfmt --component clippy --target wasm32-unknown-unknown
  fi
}

wasm() {
  if [ "$(trunk --version 2>/dev/null)" != "trunk $trunk_version" ]; then
    say "installing Trunk $trunk_version (some minutes)"
    cargo_install trunk "$trunk_version" 0 --locked --no-default-features --features rustls
  fi
  local bindgen
  bindgen=$(grep -A1 '^name = "wasm-bindgen"$' Cargo.lock | sed -n 's/^version = "\(.*\)"/\1/p')
  if [ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $bindgen" ]; then
    say "installing wasm-bindgen $bindgen (some minutes)"
    cargo_install wasm-bindgen-cli "$bindgen" 1
  fi
}

node_packages() {
  have node || { echo 'setup: needs Node.js 20 or later' >&2; exit 1; }
  if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    say 'installing npm packages'
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
  fi
}

browser() {
  if [ -z "${CHROMIUM:-}" ] && ! have chromium && ! have google-chrome; then
    say 'installing Chromium'
    apt_install chromium
  fi
}

shell() {
  local tool missing=()
  for tool in bats shellcheck shfmt; do
    have "$tool" || missing+=("$tool")
  done
  if [ "${#missing[@]}" -gt 0 ]; then
    say "installing ${missing[*]}"
    apt_install "${missing[@]}"
  fi
}

pictures() {
  if ! have pngquant; then
    say 'installing pngquant'
    apt_install pngquant
  fi
}

for part in "$@"; do
  case $part in
    rust | wasm | browser | shell | pictures) $part ;;
    node) node_packages ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
