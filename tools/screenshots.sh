#!/usr/bin/env bash
# Makes the pictures of docs/screenshots/ anew: the end-to-end tests of the guide take them of the built app, and pngquant makes them small.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

SCREENSHOTS=$work node --test --test-reporter=dot tests/e2e/guide.test.mjs
pngquant --quality 80-98 --speed 1 --strip --ext .png --force "$work"/*.png
rm -f docs/screenshots/*.png
cp "$work"/*.png docs/screenshots/
echo 'docs/screenshots/ is made anew.'
