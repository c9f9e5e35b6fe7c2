#!/usr/bin/env bash
# shellcheck disable=SC2154  # colours and options are set by integration.test.sh
# Runs the cases one after the other and reports on them: coloured for people, TAP 13 and JUnit for machines. Sourced by integration.test.sh.

# case_of FUNCTION GROUP NAME
functions=() groups=() names=()
case_of() {
  functions+=("$1")
  groups+=("$2")
  names+=("$3")
}

SKIPPED=77
skip() {
  echo "$1"
  exit "$SKIPPED"
}

indent() { printf '%s\n' "$2" | sed "s/^/$1/"; }

# Of those that ran: their numbers, words, seconds and outputs.
ran=() words=() times=() outputs=() passed=0 failed=0 skipped=0
run_cases() {
  local at output status started
  for at in "${!functions[@]}"; do
    case "${groups[at]} ${names[at]}" in *"$only"*) ;; *) continue ;; esac
    started=$(date +%s)
    # A shell of its own: nothing that a test sets or breaks reaches the next one. Behind `||` it would run without strict mode.
    set +e
    output=$(
      set -Eeuo pipefail
      "${functions[at]}" 2>&1
    )
    status=$?
    set -e
    record "$at" "$status" "$(($(date +%s) - started))" "$output"
  done
}

record() { # NUMBER STATUS SECONDS OUTPUT
  local word=passed colour=$green detail=''
  case $2 in
    0) passed=$((passed + 1)) ;;
    "$SKIPPED")
      word=skipped colour=$yellow detail=" ($(tail -n 1 <<<"$4"))"
      skipped=$((skipped + 1))
      ;;
    *)
      word=failed colour=$red
      failed=$((failed + 1))
      ;;
  esac
  ran+=("$1")
  words+=("$word")
  times+=("$3")
  outputs+=("$4")
  printf '%s%-8s%s%s: %s%s\n' "$colour" "$word" "$plain" "${groups[$1]}" "${names[$1]}" "$detail" >&2
  if [ "$word" = failed ]; then indent '        ' "$4" >&2; fi
}

write_tap() {
  local at number title
  echo 'TAP version 13'
  echo "1..${#ran[@]}"
  for at in ${ran[@]+"${!ran[@]}"}; do
    number=$((at + 1)) title="${groups[ran[at]]}: ${names[ran[at]]}"
    case ${words[at]} in
      passed) echo "ok $number - $title" ;;
      skipped) echo "ok $number - $title # SKIP $(tail -n 1 <<<"${outputs[at]}")" ;;
      failed)
        echo "not ok $number - $title"
        indent '# ' "${outputs[at]}"
        ;;
    esac
  done
}

# What XML cannot hold is left out, what it cannot hold bare is written as an entity.
xml() { printf '%s' "$1" | LC_ALL=C tr -d '\000-\010\013\014\016-\037' | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g'; }

write_junit() {
  local at total=0
  for at in ${ran[@]+"${!ran[@]}"}; do total=$((total + times[at])); done
  local counts="tests=\"${#ran[@]}\" failures=\"$failed\" errors=\"0\" skipped=\"$skipped\" time=\"$total\""
  echo '<?xml version="1.0" encoding="UTF-8"?>'
  echo "<testsuites $counts>"
  echo "  <testsuite name=\"local-env\" $counts>"
  for at in ${ran[@]+"${!ran[@]}"}; do
    printf '    <testcase classname="local-env.%s" name="%s" time="%s"' "$(xml "${groups[ran[at]]}")" "$(xml "${names[ran[at]]}")" "${times[at]}"
    case ${words[at]} in
      passed) echo '/>' ;;
      skipped) printf '><skipped message="%s"/></testcase>\n' "$(xml "$(tail -n 1 <<<"${outputs[at]}")")" ;;
      failed) printf '><failure message="failed">%s</failure></testcase>\n' "$(xml "${outputs[at]}")" ;;
    esac
  done
  echo '  </testsuite>'
  echo '</testsuites>'
}

write_to() { # FILE WRITER
  if [ "$1" = - ]; then "$2"; else "$2" >"$1"; fi
}

report() {
  [ -z "$tap" ] || write_to "$tap" write_tap
  [ -z "$junit" ] || write_to "$junit" write_junit
  printf '%s%s passed, %s failed, %s skipped%s\n' "$bold" "$passed" "$failed" "$skipped" "$plain" >&2
  [ "$failed" -eq 0 ] || exit 1
  if [ "$passed" -lt "$required" ]; then
    printf '%sonly %s passed, at least %s have to%s\n' "$red" "$passed" "$required" "$plain" >&2
    exit 1
  fi
}
