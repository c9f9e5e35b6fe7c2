#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154  # each test is a shell of its own; helper.bash sets what is not set here
# Each script, broken at each of its calls: by failure of the tool, by failure after the tool has done its work, and by interruption.

load helper

# at_every_call "SCRIPT [--yes]" BEFORE…: BEFORE has run in the world already. What destroys is not tried on what it has destroyed.
at_every_call() {
  local name=$1 start call number mode modes arguments starts='FRESH AGAIN' folder=$BATS_TEST_TMPDIR
  read -r -a arguments <<<"$name"
  arguments[0]+=.sh
  [[ $name != *--yes ]] || starts=FRESH
  shift
  for start in $starts; do
    new_world "$folder/$start"
    initialised "$@"
    [ "$start" = FRESH ] || initialised "$name"
    cp -R "$folder/$start" "$folder/$start.sound"
    (
      new_world "$folder/$start.sound"
      [ "$start" = FRESH ] || export TRAEFIK_CHART_VERSION=99 POSTGRES_CHART_VERSION=99 POSTGRES_IMAGE=other REDIS_CHART_VERSION=99 STAND_IN_TAG=99
      script "${arguments[@]}"
      state >"$folder/$start.wanted"
    ) >/dev/null 2>&1
    number=0
    while read -r call; do
      number=$((number + 1))
      # A question that fails late is a question that fails.
      case "$start $call" in
        FRESH*create* | FRESH*label* | FRESH*upgrade* | FRESH*apply* | FRESH*load* | FRESH*uninstall* | FRESH*delete* | FRESH*exec*) modes='fail late INT' ;;
        FRESH*) if [[ $name == *--yes ]]; then modes=fail; else modes='fail INT'; fi ;;
        AGAIN*label* | AGAIN*upgrade* | AGAIN*apply* | AGAIN*load*) modes='late TERM' ;;
        *) modes=fail ;;
      esac
      for mode in $modes; do echo "$mode $start $number"; done
    done <"$folder/$start.sound/calls"
    [ "$number" -ge 2 ]
  done >"$folder/breaks"
  xargs -P "$(getconf _NPROCESSORS_ONLN)" -L 1 "$tests/break.sh" "$folder" "$name" <"$folder/breaks" >"$folder/wrong"
  cat "$folder/wrong"
  [ ! -s "$folder/wrong" ]
}

@test "init-kind, broken at every call" { at_every_call init-kind; }
@test "init-ingress, broken at every call" { at_every_call init-ingress init-kind; }
@test "init-postgres, broken at every call" { at_every_call init-postgres init-kind; }
@test "init-redis, broken at every call" { at_every_call init-redis init-kind; }
@test "deploy, broken at every call" { at_every_call deploy init-kind; }
@test "reset-data, broken at every call" { at_every_call 'reset-data --yes' init-kind init-postgres init-redis deploy; }
@test "clean, broken at every call" { at_every_call 'clean --yes' init-kind; }
