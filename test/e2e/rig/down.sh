#!/usr/bin/env bash
# Ends only what up.sh started with this RIG_RUN (by process id, checked against the command's name) and removes the state. Nothing is worth
# an orderly end: what has not gone after three seconds is killed.
run=${RIG_RUN:?}
mine() { [ "$(cat "/proc/$1/comm" 2>/dev/null)" = "${2:0:15}" ]; }
each() { [ ! -e "$run/pids" ] || while read -r pid name; do "$@"; done <"$run/pids"; }
ask() { mine "$pid" "$name" && kill "$pid"; }
insist() {
  while mine "$pid" "$name" && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.1; done
  mine "$pid" "$name" && kill -9 "$pid"
  while mine "$pid" "$name"; do sleep 0.1; done
}
deadline=$((SECONDS + 3))
each ask
each insist
rm -rf "$run"
