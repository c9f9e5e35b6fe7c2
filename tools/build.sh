#!/usr/bin/env bash
# Builds the app into dist/ for hosting, unless nothing has changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH"

stamp=target/dist-built-from
inputs() {
  find src crates charts public tools index.html Trunk.toml Cargo.toml Cargo.lock package-lock.json rust-toolchain.toml \
    -type f ! -path "public/generated/*" | LC_ALL=C sort | xargs sha256sum | sha256sum
}
now=$(inputs)
if [ -f dist/index.html ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
  echo '==> dist/ is up to date' >&2
  exit 0
fi
echo '==> building the app into dist/' >&2
# wasm-opt comes with the npm packages: Debian's does not know all that the page uses.
PATH="$PWD/node_modules/.bin:$PATH" trunk build --release --offline
mkdir -p target
echo "$now" >"$stamp"
