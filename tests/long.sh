#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The checks that take too long for every change (about four hours on two cores): a line for each, the
# verdict last. `long.sh [CHECK…]` runs these alone: laws, kills, faults, asan, tsan, fuzzing, coverage.
# The numbers below can be given in the environment. build/logs holds what the checks said.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
# shellcheck source=packaging/checks.sh
. packaging/checks.sh
# shellcheck source=packaging/build.sh
. packaging/build.sh

histories=${METEOROGRAPH_HISTORIES:-5000}
kills=${METEOROGRAPH_KILLS:-500}
faults=${METEOROGRAPH_FAULTS:-500}
fuzz_seconds=${METEOROGRAPH_FUZZ_SECONDS:-600}
least_coverage=90 # percent of the lines of core

# law CLASS NAME=NUMBER: in the release, without the time limit that it has under ctest.
law() {
  env LC_ALL=C.UTF-8 TZ=UTC QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=/tmp QTEST_FUNCTION_TIMEOUT=36000000 \
    "$2" build/release/laws_tests "$1"
}

wanted() {
  local check
  [ "${#checks[@]}" -eq 0 ] && return
  for check in "${checks[@]}"; do
    [ "$check" = "$1" ] && return
  done
  return 1
}

# check NAME TITLE COMMAND…
check() { ! wanted "$1" || step "${@:2}"; }

checks=("$@")
step 'packages' install_packages
step 'release: build' build "$PWD"
check laws "laws: $histories random histories of files" law tst_Histories "METEOROGRAPH_HISTORIES=$histories"
check kills "laws: $kills kills of the program" law tst_IngestLaws "METEOROGRAPH_KILLS=$kills"
check faults "laws: $faults faults below the store" law tst_CrashLaws "METEOROGRAPH_FAULTS=$faults"
check asan 'ASan and UBSan: build' sanitized_build asan all fuzz_targets
check asan 'ASan and UBSan: every test' sanitized_tests asan '.*'
check fuzzing 'fuzzing: build' sanitized_build asan fuzz_targets
check fuzzing "fuzzing: $fuzz_seconds s of each target" fuzz "$fuzz_seconds"
check tsan 'TSan: build' sanitized_build tsan core_tests laws_tests
check tsan 'TSan: core tests and laws, without the window' sanitized_tests tsan 'core|laws'
check coverage "coverage of core: $least_coverage % of its lines" coverage "$least_coverage"
verdict
