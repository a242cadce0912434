#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the real window for a long time and judges whether it drifts: soak.sh [MINUTES] [BUILD FOLDER]
# (60 minutes, build/release). First the window loads six hours of 20 devices at 1 Hz. Then it follows them live
# at 5 Hz with late and bad lines, in files that are rolled each minute, beside a log that is rotated and packed,
# while retention gives up what is old by age and by size. A sample is taken every ten seconds.
# It needs no display: it starts an Xvfb of its own on a free number, and keeps everything it makes below a folder
# of its own in ${TMPDIR:-/var/tmp}, which it removes unless it fails. The samples go to BUILD FOLDER/soak-TIME.csv.
# soak/measure.sh says what a sample is, soak/judge.awk what is judged. Exit code 0: no drift; 1: drift, or something
# lost; 2: wrong usage; 77: something that is needed is missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
minutes=${1:-60}
build=${2:-$here/../build/release}

if ! [[ $minutes =~ ^[1-9][0-9]*$ ]] || [ $# -gt 2 ]; then
  echo "usage: soak.sh [MINUTES] [BUILD FOLDER]" >&2
  exit 2
fi
missing() { ! command -v Xvfb >/dev/null || ! command -v sqlite3 >/dev/null; }
if missing; then
  bash "$here/../packaging/setup.sh" --test || true
fi
if missing; then
  echo "Xvfb or sqlite3 is missing: packaging/setup.sh --test installs them" >&2
  exit 77
fi
if [ ! -x "$build/meteorograph" ]; then
  echo "$build/meteorograph is not built: cmake --preset release && cmake --build --preset release" >&2
  exit 77
fi

devices=20
faults=(--late 0.02 --bad 0.01)
loaded_s=$((6 * 3600))
retention=(--bronze "4h,24MB" --silver "5h,40MB")
warm_up_s=$((minutes * 60 / 6)) # a sixth of the run, at least two minutes and at most ten
warm_up_s=$((warm_up_s < 120 ? 120 : warm_up_s > 600 ? 600 : warm_up_s))
end_us=1000000 # within which the window is gone

program=$(cd "$build" && pwd)/meteorograph
samples=${program%/*}/soak-$(date +%Y%m%d-%H%M%S)-$$.csv
folder=$(mktemp -d "${TMPDIR:-/var/tmp}/meteorograph-soak.XXXXXXXX")
store=$folder/soak.meteorograph
data=$folder/sensors
archive=$folder/archive
good=0 # lines that were written
bad=0
running=()
mkdir "$data" "$archive"
mkdir -m 700 "$folder/runtime"
export LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb XDG_RUNTIME_DIR=$folder/runtime
export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data
export XDG_CACHE_HOME=$folder/cache XDG_STATE_HOME=$folder/state
# shellcheck source=tests/soak/measure.sh
. "$here/soak/measure.sh"

die() {
  printf '%s; the folder stays\n' "$*" >&2
  exit 1
}

# Starts a command with its output in files of that name in the folder: start NAME COMMAND…
start() {
  "${@:2}" </dev/null >"$folder/$1.output" 2>"$folder/$1.errors" {pipe}>&- &
  running+=($!)
}

# Runs the program to its end, with its output in files of that name: run NAME ARGUMENTS…
run() {
  "$program" "${@:2}" </dev/null >"$folder/$1.output" 2>"$folder/$1.errors" || die "$1 fails; see $1.errors"
}

is_running() { kill -0 "$1" 2>/dev/null; }

# Ends a process by SIGTERM and gives its exit code, or 124 if it does not end: stop PID MICROSECONDS
stop() {
  local began=${EPOCHREALTIME/./}
  kill "$1" 2>/dev/null || true
  while is_running "$1"; do
    ((${EPOCHREALTIME/./} - began < $2)) || return 124
    pause 10000
  done
  wait "$1"
}

# Ends what still runs, the latest first, each by its id.
clean_up() {
  local status=$? i
  for ((i = ${#running[@]} - 1; i >= 0; i--)); do
    is_running "${running[i]}" || continue
    stop "${running[i]}" 10000000 || true
    ! is_running "${running[i]}" || kill -KILL "${running[i]}" || true
  done
  [ "$status" -ne 0 ] || rm -rf "$folder"
}

# Adds the good and bad lines of a simulator's report.
add_written() {
  local pattern='([0-9,]+) readings?, [0-9,]+ of them late, and ([0-9,]+) bad lines?'
  [[ $(<"$folder/$1.output") =~ $pattern ]] || die "$1 reports nothing; see $1.errors"
  good=$((good + ${BASH_REMATCH[1]//,/}))
  bad=$((bad + ${BASH_REMATCH[2]//,/}))
}

start_display() {
  start display Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp 3>"$folder/display"
  until [ -s "$folder/display" ]; do
    is_running $! || die "Xvfb does not start; see display.errors"
    pause 10000
  done
  DISPLAY=:$(<"$folder/display")
  export DISPLAY
}

# A store that keeps a part, and files to load.
prepare() {
  run ingest ingest --store "$store" "$archive"
  run retain retain --store "$store" "${retention[@]}"
  run load simulate --output "$data" --devices $devices --fast --start "$(date -u -d "$loaded_s seconds ago" +%FT%TZ)" \
    --duration $loaded_s "${faults[@]}"
  add_written load
  start_display
  start window "$program" --store "$store" "$data"
  window=$!
}

# Waits until all that was written is in the store, or until patience ends: await_store MICROSECONDS
await_store() {
  local began=${EPOCHREALTIME/./}
  while ((${EPOCHREALTIME/./} - began < $1)); do
    is_running "$window" || die "the window has ended by itself; see window.errors"
    look_at_log
    ask_totals
    if ((readings >= good && quarantined >= bad)); then
      break
    fi
    pause 100000
  done
  waited_us=$((${EPOCHREALTIME/./} - began))
}

live() {
  start live "$program" simulate --output "$data" --devices $devices --rate 5 --forever --seed 2 "${faults[@]}"
  local simulator=$! began=${EPOCHREALTIME/./} passed_us sample_at_us=$sample_every_us
  rotated_at=$began
  printf '%s\n' "$columns" >"$samples"
  while passed_us=$((${EPOCHREALTIME/./} - began)) && ((passed_us < minutes * 60000000)); do
    is_running "$window" || die "the window has ended by itself; see window.errors"
    probe
    look_at_log
    if ((passed_us >= sample_at_us)); then
      sample_at_us=$((sample_at_us + sample_every_us))
      sample $passed_us >>"$samples"
      latencies_ms=()
      wal_bytes=0
    fi
    # Not in step with the simulator's own seconds.
    pause $((probe_every_us * 103 / 100 - (${EPOCHREALTIME/./} - began - passed_us)))
  done
  stop $simulator 60000000 || die "the simulator fails; see live.errors"
  add_written live
  good=$((good + probes))
}

# A line of the verdict: check WHAT FOUND CONDITION…
check() {
  local well=0
  ! "${@:3}" || well=1
  printf '%s\t%s\t%d\n' "$1" "$2" $well >>"$folder/checks"
}

check_end() {
  local began=${EPOCHREALTIME/./} status=0 us
  stop "$window" 60000000 || status=$?
  us=$((${EPOCHREALTIME/./} - began))
  check "ends by SIGTERM" "in $(as_seconds $us 2) s with $status" test $status -eq 0 -a $us -le $end_us
}

query() { sqlite3 -readonly -cmd '.timeout 5000' "$@"; }

# Name, start, and count, sum, minimum and maximum of each quantity in each device's hours.
hours() { query -header -quote "$1" "SELECT name, start_s, * FROM rollup_3600s JOIN device ON device.id = device_id"; }

# Whether the store holds what was written, each record once.
check_accounts() {
  local books agree=agree difference found
  IFS='|' read -r readings quarantined < <(query "$store" "SELECT readings, quarantined FROM totals")
  check "stored, of written" "$readings of $good" test "$readings" -eq $good
  check "quarantined, of bad" "$quarantined of $bad" test "$quarantined" -eq $bad
  books=$(query "$store" "SELECT records - accepted - quarantined - skipped,
    readings - (SELECT rows_deleted FROM retention WHERE name = 'bronze') - (SELECT count(*) FROM bronze),
    quarantined - (SELECT count(*) FROM quarantine), silver_rows - (SELECT count(*) FROM silver) FROM totals")
  [ "$books" = "0|0|0|0" ] || agree="differ by (${books//|/, })"
  check "rows by the totals" "$agree" test "$agree" = agree
  run fresh ingest --store "$folder/fresh.meteorograph" "$data" "$archive"
  difference=$(awk -f "$here/soak/hours.awk" <(hours "$folder/fresh.meteorograph") <(hours "$store"))
  check "hours, read afresh" "${difference:-the same}" test -z "$difference"
  run status status --store "$store" --check --json
  found=$(query :memory: "SELECT json_extract(readfile('$folder/status.output'), '$.integrity')")
  check "the store's check" "$found" test "$found" = ok
}

trap clean_up EXIT
trap 'exit 1' INT TERM
printf 'samples: %s\nfolder: %s\n' "$samples" "$folder"
prepare
open_store
await_store 600000000
printf '%d records loaded in %s s; live for %d minutes, of which %s are warm-up\n' $((good + bad)) \
  "$(as_seconds $waited_us 1)" "$minutes" "$(as_seconds $((warm_up_s * 1000000 / 60)) 1)"
live
await_store 60000000
close_store
check "seen in time" "all but $lost" test "$lost" -eq 0
check_end
check_accounts
if ! awk -v warm_up_s=$warm_up_s -f "$here/soak/judge.awk" "$samples" "$folder/checks"; then
  echo "Something drifts or is lost; its folder stays."
  exit 1
fi
echo "Nothing drifts, nothing is lost."
