#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the fuzz targets one after the other: run.sh SECONDS [FOLDER [TARGET…]]. FOLDER holds the built
# targets (default: build/fuzz). What is found is written to FOLDER/findings; new inputs that reach
# new code are kept in FOLDER/corpus. Exit code 1: something was found; 77: no targets are built.
set -u
seconds=${1:?usage: run.sh SECONDS [FOLDER [TARGET...]]}
here=$(cd "$(dirname "$0")" && pwd)
folder=${2:-$here/../../build/fuzz}
[ $# -ge 2 ] && shift 2 || shift $#
if [ $# -eq 0 ]; then
  set -- $(cd "$here" && ls fuzz_*.cpp | sed 's/^fuzz_//; s/\.cpp$//')
fi
# FUZZ_SEED makes a run repeatable, as far as its time allows; 0 is a new one each time.
export ASAN_OPTIONS="detect_leaks=1:allocator_may_return_null=1" UBSAN_OPTIONS="print_stacktrace=1"
result=77
for name in "$@"; do
  if [ ! -x "$folder/fuzz_$name" ]; then
    echo "fuzz_$name is not built: cmake --preset fuzz && cmake --build --preset fuzz" >&2
    continue
  fi
  [ "$result" = 77 ] && result=0
  mkdir -p "$folder/corpus/$name" "$folder/findings"
  echo "== $name, $seconds s"
  "$folder/fuzz_$name" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 \
    -artifact_prefix="$folder/findings/$name-" -verbosity=0 "$folder/corpus/$name" "$here/corpus/$name" || result=1
done
exit $result
