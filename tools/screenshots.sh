#!/usr/bin/env bash
# Makes the pictures of docs/screenshots/ anew: those that the end-to-end tests take of the built app.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

SCREENSHOTS=$work node --test --test-concurrency=1 --test-name-pattern='1440' tests/e2e/access.test.mjs tests/e2e/stack.test.mjs

# The test's name of a screen, and the picture's.
while read -r screen picture; do
  cp "$work/$screen.png" "docs/screenshots/$picture.png"
done <<'PICTURES'
light-1440-form light-1440
dark-1440-form dark-1440
light-1440-findings findings
light-1440-compare compare
light-1440-insights insights
stack-1440-light stack
PICTURES
echo 'docs/screenshots/ is made anew.'
