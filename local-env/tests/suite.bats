#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154  # each test is a shell of its own; helper.bash sets what is not set here
# The integration test itself: what it reports, where there is no cluster, and where tests fail.

load helper

setup() {
  new_world "$BATS_TEST_TMPDIR/world"
  suite=$tests/integration.test.sh
}
not() { ! "$@"; }

@test "there are at least 25 tests, each with a name of its own" {
  run bash "$suite" --list
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -ge 25 ]
  [ "$(printf '%s\n' "${lines[@]}" | sort -u | wc -l)" -eq "${#lines[@]}" ]
  for group in tools cluster ingress postgres redis dns network storage charts; do printf '%s\n' "${lines[@]}" | grep -q "^$group: "; done
}

@test "where there is no cluster everything but the tools is skipped, with the reason" {
  run bash "$suite" --tap -
  [ "$status" -eq 0 ]
  printf '%s\n' "$output" | grep -q '^ok [0-9]* - postgres: .* # SKIP no API server at kind-chartwright$'
  not grep -q '^not ok' <<<"$output"
}

@test "at least so many tests have to run, if so many are asked for" {
  run bash "$suite" --require 20
  [ "$status" -eq 1 ]
  [[ $output == *'at least 20 have to'* ]]
}

@test "TAP: a plan and a line for each test" {
  bash "$suite" --tap "$BATS_TEST_TMPDIR/tap" 2>/dev/null
  [ "$(head -n 1 "$BATS_TEST_TMPDIR/tap")" = 'TAP version 13' ]
  planned=$(sed -n 's/^1\.\.//p' "$BATS_TEST_TMPDIR/tap")
  [ "$(grep -cE '^(not )?ok [0-9]+ - ' "$BATS_TEST_TMPDIR/tap")" -eq "$planned" ]
  [ "$planned" -ge 25 ]
}

@test "JUnit: an element for each test, counts that agree" {
  bash "$suite" --junit "$BATS_TEST_TMPDIR/junit" 2>/dev/null
  total=$(sed -n 's/.*<testsuite name="local-env" tests="\([0-9]*\)".*/\1/p' "$BATS_TEST_TMPDIR/junit")
  [ "$(grep -c '<testcase ' "$BATS_TEST_TMPDIR/junit")" -eq "$total" ]
  [ "$(grep -c '<skipped ' "$BATS_TEST_TMPDIR/junit")" -eq "$(sed -n 's/.*<testsuite .* skipped="\([0-9]*\)".*/\1/p' "$BATS_TEST_TMPDIR/junit")" ]
  if command -v python3 >/dev/null; then python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$BATS_TEST_TMPDIR/junit"; fi
}

@test "a test that fails is reported with what it said, in every form, and the others go on" {
  cat >"$BATS_TEST_TMPDIR/own.sh" <<'SUITE'
#!/usr/bin/env bash
. "$1/../scripts/lib.sh"
. "$1/report.sh"
tap=$2/tap junit=$2/junit only='' required=0
breaks() { echo 'said <this> & "that"'; false; echo 'not reached'; }
unset_variable() { echo "$nobody_set_it"; }
in_a_pipe() { false | cat; }
works() { true; }
skips() { skip 'no <reason>'; }
case_of breaks group 'breaks <&> "quoted"'
case_of unset_variable group 'an unset variable'
case_of in_a_pipe group 'a failure in a pipe'
case_of skips group skips
case_of works group works
run_cases
report
SUITE
  run bash "$BATS_TEST_TMPDIR/own.sh" "$tests" "$BATS_TEST_TMPDIR"
  [ "$status" -eq 1 ]
  [[ $output == *'1 passed, 3 failed, 1 skipped'* ]]
  [[ $output == *'said <this> & "that"'* ]]
  [[ $output != *'not reached'* ]]
  grep -qx 'not ok 1 - group: breaks <&> "quoted"' "$BATS_TEST_TMPDIR/tap"
  grep -qx '# said <this> & "that"' "$BATS_TEST_TMPDIR/tap"
  grep -qx 'ok 4 - group: skips # SKIP no <reason>' "$BATS_TEST_TMPDIR/tap"
  grep -qF 'name="breaks &lt;&amp;&gt; &quot;quoted&quot;"' "$BATS_TEST_TMPDIR/junit"
  grep -qF '<failure message="failed">said &lt;this&gt; &amp; &quot;that&quot;</failure>' "$BATS_TEST_TMPDIR/junit"
  grep -qF 'tests="5" failures="3" errors="0" skipped="1"' "$BATS_TEST_TMPDIR/junit"
}

@test "it is coloured on a terminal and where it is forced, and nowhere else" {
  unset NO_COLOR
  esc=$(printf '\033')
  FORCE_COLOR=1 run bash "$suite" --only tools
  [[ $output == *"${esc}[32mpassed"* ]]
  run bash "$suite" --only tools
  [[ $output != *"$esc"* ]]
}

@test "no call asks for a terminal" {
  not grep -nE -- '(exec|run)( [^|;]*)? (-t|-it|-ti|--tty)( |$)' "$tests"/*.sh "$scripts"/*.sh
}

@test "options that nobody knows are refused" {
  run bash "$suite" --nothing
  [ "$status" -eq 2 ]
}
