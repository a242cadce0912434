#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the fuzz targets: run.sh SECONDS [FOLDER [TARGET…]], each for so long, FUZZ_JOBS of them at a time
# (default: 1). FOLDER holds the built targets (default: build/fuzz). What is found is written to
# FOLDER/findings; new inputs that reach new code are kept in FOLDER/corpus, what each target says in
# FOLDER/logs. Exit code 1: something was found; 77: no targets are built. See README.md beside this.
set -u
here=$(cd "$(dirname "$0")" && pwd)

# One target, and a line that says how it went.
run_one() {
  name=$1
  log=$folder/logs/$name
  mkdir -p "$folder/corpus/$name" "$folder/findings" "$folder/logs"
  set -- "$folder/corpus/$name" "$here/corpus/$name"
  [ -f "$here/$name.dict" ] && set -- "-dict=$here/$name.dict" "$@"
  "$folder/fuzz_$name" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=25 -rss_limit_mb=2048 \
    -malloc_limit_mb=512 -max_len=4096 -print_final_stats=1 -artifact_prefix="$folder/findings/$name-" "$@" >"$log" 2>&1
  result=$?
  executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
  edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1)
  echo "$name: ${executed:-?} runs, ${rate:-?} a second, ${edges:-?} edges, $([ $result = 0 ] && echo nothing found || echo FOUND)"
  [ $result = 0 ] || tail -n 60 "$log"
  [ $result = 0 ]
}

if [ "${1:-}" = --one ]; then
  seconds=$2 folder=$3
  run_one "$4"
  exit
fi

seconds=${1:?usage: run.sh SECONDS [FOLDER [TARGET...]]}
folder=${2:-$here/../../build/fuzz}
[ $# -ge 2 ] && shift 2 || shift $#
if [ $# -eq 0 ]; then
  set -- $(cd "$here" && ls fuzz_*.cpp | sed 's/^fuzz_//; s/\.cpp$//')
fi
built=
for name in "$@"; do
  if [ -x "$folder/fuzz_$name" ]; then
    built="$built $name"
  else
    echo "fuzz_$name is not built: cmake --preset fuzz && cmake --build --preset fuzz" >&2
  fi
done
[ -n "$built" ] || exit 77
# Stores are made and thrown away by the thousand: in memory, where there is room.
[ -w /dev/shm ] && scratch=/dev/shm || scratch=${TMPDIR:-/tmp}
TMPDIR=$(mktemp -d "$scratch/fuzz.XXXXXX") || exit 1
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 1' INT TERM
# FUZZ_SEED makes a run repeatable, as far as its time allows; 0 is a new one each time.
export TMPDIR ASAN_OPTIONS="detect_leaks=1:allocator_may_return_null=1" UBSAN_OPTIONS="print_stacktrace=1"
printf '%s\n' $built | xargs -n 1 -P "${FUZZ_JOBS:-1}" sh "$0" --one "$seconds" "$folder" || exit 1
