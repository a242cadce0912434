# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # soak.sh sources this: its variables are used here, and these there
# What the window and its store are at a moment, and how soon a reading can be seen: the real latency from the
# write of a line until silver has its window. Times are microseconds of the system's clock.

columns=seconds,rss_mb,pss_mb,own_mb,descriptors,threads,wal_mb,store_mb,cpu_seconds,readings,quarantined,given_up
columns+=,machine_load,latency_p50_ms,latency_p99_ms,latencies_ms
sample_every_us=10000000
probe_every_us=1000000
give_up_us=30000000
poll_us=2000 # with the store's answer, latencies are true to 3 ms
rotate_us=60000000
kept=5 # rotated files, as a log's; older ones leave the folder

latencies_ms=() # since the latest sample, as the log's greatest size
wal_bytes=0
probes=0 # written
lost=0   # probes that were not seen in time

# A pipe into which nobody writes; waiting for it costs no process as sleep would.
mkfifo "$folder/pipe"
exec {pipe}<>"$folder/pipe"
pause() {
  local seconds
  printf -v seconds '%.6f' "$1e-6"
  (($1 <= 0)) || read -rt "$seconds" -u "$pipe" || true
}

# Seconds with so many digits: as_seconds MICROSECONDS DIGITS
as_seconds() { printf '%.*f' "$2" "$1e-6"; }

# One sqlite3 stays open and answers each question by a line.
open_store() {
  coproc STORE { exec sqlite3 -readonly -batch -cmd '.timeout 5000' "$store" 2>"$folder/sqlite3.errors"; }
}

close_store() {
  local pid=$STORE_PID
  printf '.quit\n' >&"${STORE[1]}"
  wait "$pid"
}

ask() {
  printf '%s;\n' "$1" >&"${STORE[1]}"
  IFS= read -rt 30 -u "${STORE[0]}" answer || die "the store does not answer; see sqlite3.errors"
}

# Readings, quarantined records and rows of bronze that retention gave up.
ask_totals() {
  ask "SELECT readings, quarantined, (SELECT rows_deleted FROM retention WHERE name = 'bronze') FROM totals"
  IFS='|' read -r readings quarantined given_up <<<"$answer"
}

file_bytes() { stat -c %s "$1" 2>/dev/null || echo 0; }

look_at_log() {
  local bytes
  bytes=$(file_bytes "$store-wal")
  wal_bytes=$((bytes > wal_bytes ? bytes : wal_bytes))
}

# Appends a line to a log that is rotated each minute, and waits until its window is in silver.
probe() {
  ((${EPOCHREALTIME/./} - rotated_at < rotate_us)) || rotate
  local now=$EPOCHREALTIME began us
  TZ=UTC printf '{"deviceId":"probe","time":"%(%FT%T)T.%sZ","temperature":%d.%d}\n' "${now%.*}" "${now#*.}" \
    $((probes % 400 / 10)) $((probes % 10)) >>"$data/probe.log"
  began=${EPOCHREALTIME/./}
  probes=$((probes + 1))
  while us=$((${EPOCHREALTIME/./} - began)) && ((us < give_up_us)); do
    ask "SELECT count(*) FROM silver JOIN device ON device.id = device_id WHERE name = 'probe' AND start_s = ${now%.*}"
    if [ "$answer" = 1 ]; then
      us=$((${EPOCHREALTIME/./} - began))
      latencies_ms+=("$(printf '%.2f' "${us}e-3")")
      return
    fi
    pause $poll_us
  done
  lost=$((lost + 1))
  latencies_ms+=(inf)
}

# log -> log.1 -> log.2.gz -> …, as logrotate does; the oldest goes to the archive.
rotate() {
  local log=$data/probe.log number
  rotated_at=${EPOCHREALTIME/./}
  [ ! -e "$log.$kept.gz" ] || mv "$log.$kept.gz" "$archive/probe-$probes.log.gz"
  for ((number = kept - 1; number > 1; number--)); do
    [ ! -e "$log.$number.gz" ] || mv "$log.$number.gz" "$log.$((number + 1)).gz"
  done
  if [ -e "$log.1" ]; then
    gzip -c "$log.1" >"$archive/packing"
    rm "$log.1"
    mv "$archive/packing" "$log.2.gz"
  fi
  mv "$log" "$log.1"
}

# A line of the columns above: sample MICROSECONDS. Own memory is what no file lies behind: pages of libraries are
# shared with whoever else runs.
sample() {
  local process=/proc/$window sorted count=${#latencies_ms[@]}
  local descriptors=("$process"/fd/*) threads=("$process"/task/*)
  mapfile -t sorted < <(printf '%s\n' "${latencies_ms[@]}" | sort -g)
  ask_totals
  awk -v seconds="$(as_seconds "$1" 1)" -v counts="${#descriptors[@]},${#threads[@]}" -v ticks="$(getconf CLK_TCK)" \
    -v wal="$wal_bytes" -v store="$(file_bytes "$store")" -v rows="$readings,$quarantined,$given_up" \
    -v latencies="${sorted[count / 2]},${sorted[count * 99 / 100]},${latencies_ms[*]}" '
    $1 ~ /^(Rss|Pss|Anonymous):$/ { mib[$1] = $2 / 1024 }
    FILENAME ~ /stat$/ { sub(/.*\) /, ""); cpu = ($12 + $13) / ticks }
    FILENAME ~ /loadavg$/ { load = $1 }
    END {
      printf "%s,%.3f,%.3f,%.3f,%s,%.3f,%.3f,%.2f,%s,%s,%s\n", seconds, mib["Rss:"], mib["Pss:"], mib["Anonymous:"],
        counts, wal / 1048576, store / 1048576, cpu, rows, load, latencies
    }' "$process/smaps_rollup" "$process/stat" /proc/loadavg
}
