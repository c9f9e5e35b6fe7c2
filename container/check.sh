#!/usr/bin/env bash
# Checks what the page's web server promises: container/check.sh URL, such as http://127.0.0.1:8080
set -euo pipefail
url=${1:?where is it}
failed=0

# header PATH NAME [CURL_ARGUMENT…]
header() { curl --silent --show-error --output /dev/null --dump-header - "${@:3}" "$url$1" | tr -d '\r' | awk -v name="$2:" 'tolower($1) == name { sub(/^[^ ]* /, ""); print }'; }
status() { curl --silent --output /dev/null --write-out '%{http_code}' "$@"; }
expect() { # WHAT WANTED FOUND
  if [ "$2" = "$3" ]; then
    echo "ok   $1"
  else
    echo "FAIL $1: wanted '$2', found '$3'"
    failed=1
  fi
}

expect 'it is alive' 200 "$(status "$url/health/live")"
expect 'it is ready' 200 "$(status "$url/health/ready")"
expect 'the page is there' 200 "$(status "$url/")"
expect 'what is not there is not found' 404 "$(status "$url/nothing-here")"
expect 'no folder is listed' 403 "$(status "$url/fonts/")"
expect 'the page is asked for again' no-cache "$(header / cache-control)"
expect 'its charts are asked for again' no-cache "$(header /charts.json cache-control)"

page=$(curl --silent "$url/")
wasm=$(grep -oE '[a-z-]+-[0-9a-f]{12,16}_bg\.wasm' <<<"$page" | head -n 1)
expect 'what never changes is kept' 'public, max-age=31536000, immutable' "$(header "/$wasm" cache-control)"
expect 'WebAssembly is called so, and can be compiled while it comes' application/wasm "$(header "/$wasm" content-type)"
expect 'texts come compressed to whoever takes them' gzip "$(header / content-encoding --header 'Accept-Encoding: gzip')"
expect 'and bare to whoever does not' '' "$(header / content-encoding)"
expect 'nobody frames it' DENY "$(header / x-frame-options)"
expect 'types are not guessed' nosniff "$(header / x-content-type-options)"
expect 'nothing is told of where visitors come from' no-referrer "$(header / referrer-policy)"
expect 'the server does not tell its version' nginx "$(header / server)"
grep -q 'Content-Security-Policy' <<<"$page" || expect 'the page brings its policy' yes no
exit "$failed"
