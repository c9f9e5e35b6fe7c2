#!/usr/bin/env bash
# One script, broken at one call: break.sh FOLDER "SCRIPT [--yes]" MODE FRESH|AGAIN NUMBER. Prints what is wrong then, nothing if all is well.
#   FRESH: what the script makes is not there yet. AGAIN: it is, and another version is asked for.
# Whatever breaks in a script that makes something: either the script says that it failed and everything is as before, or it succeeded and everything is as it should be.
# Whatever breaks in one that destroys (--yes): it says so. And whatever broke after it had done something, the next run succeeds.
set -uo pipefail
# shellcheck source=helper.bash
. "$(dirname "$0")/helper.bash"
folder=$1 name=$2 mode=$3 start=$4 number=$5
read -r -a arguments <<<"$name"
arguments[0]+=.sh

world=$folder/$mode-$start-$number
cp -R "$folder/$start" "$world"
new_world "$world"
[ "$start" = FRESH ] || export TRAEFIK_CHART_VERSION=99 POSTGRES_CHART_VERSION=99 POSTGRES_IMAGE=other REDIS_CHART_VERSION=99 STAND_IN_TAG=99
before=$(state)
echo "$number $mode" >"$WORLD/break"
said=$(script "${arguments[@]}" 2>&1)
status=$?
after=$(state)
call=$(sed -n "${number}p" "$WORLD/calls")
wanted=$(cat "$folder/$start.wanted")

wrong() {
  printf '%s\n' "$name, $start, $mode at call $number ($call): $1" "exit $status" "$said"
  diff <(echo "$before") <(echo "$after") | sed 's/^/state: /'
}
if [ -e "$WORLD/break" ]; then
  wrong 'there is no such call'
elif [ "$status" -eq 0 ]; then
  # Only what is asked again, and what is done without.
  case $call in
    *version* | curl* | *'rollout status'* | *'apply --filename'* | 'docker info'*) [ "$after" = "$wanted" ] || wrong 'it succeeded, but not all is there' ;;
    *) wrong 'it says that it succeeded' ;;
  esac
else
  case $mode in
    INT) [ "$status" -eq 130 ] || wrong 'an interrupted script ends with 130' ;;
    TERM) [ "$status" -eq 143 ] || wrong 'a terminated script ends with 143' ;;
  esac
  [ "$after" = "$before" ] || [[ $name == *--yes ]] || wrong 'what it made was not taken back'
fi
if find "$WORLD" -maxdepth 1 -name 'local-env.*' | grep -q .; then wrong 'a temporary folder stayed'; fi
# After a tool that has done nothing, the next run is the first one.
[ "$mode" != fail ] || [[ $name == *--yes ]] || {
  rm -rf "$world"
  exit
}
said=$(script "${arguments[@]}" 2>&1)
status=$?
after=$(state)
if [ "$status" -ne 0 ] || [ "$after" != "$wanted" ]; then
  before=$wanted
  wrong 'the next run does not mend it'
fi
rm -rf "$world"
