# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by .ci/run and tests/long.sh: the checks beside the release's tests, and how they are run one
# after the other, a line each with its time and the verdict last. A check that this machine cannot
# have ends with 77 and says why: it is left out, which is no failure, but the verdict tells it.

failed=()
left_out=()
logs=$PWD/build/logs
mkdir -p "$logs"

# step TITLE COMMAND…: one check. What it says goes to a log, whose end is shown where it fails.
step() {
  local title=$1 begun=$SECONDS code=0 log result
  log="$logs/$(tr -cs '[:alnum:]' - <<<"$title" | sed 's/-$//').log"
  shift
  "$@" >"$log" 2>&1 </dev/null || code=$?
  case $code in
  0) result=passed ;;
  77) result="LEFT OUT: $(tail -n 1 "$log")" left_out+=("$title") ;;
  *) result="FAILED, see $log" failed+=("$title") ;;
  esac
  printf '%-40s %3d:%02d  %s\n' "$title" $(((SECONDS - begun) / 60)) $(((SECONDS - begun) % 60)) "$result"
  [ "$code" -eq 0 ] || [ "$code" -eq 77 ] || tail -n 60 "$log" | sed 's/^/  | /'
}

# The last line, and the exit code of the run.
verdict() {
  local whole names
  whole="in $((SECONDS / 60)) min $((SECONDS % 60)) s"
  if [ "${#failed[@]}" -gt 0 ]; then
    printf -v names '%s; ' "${failed[@]}"
    echo "FAILED $whole: ${names%; }"
    return 1
  fi
  if [ "${#left_out[@]}" -gt 0 ]; then
    printf -v names '%s; ' "${left_out[@]}"
    echo "PASSED $whole, BUT LEFT OUT: ${names%; }"
  else
    echo "PASSED $whole"
  fi
}

# needs PROGRAM…: ends the check with 77 where one is missing.
needs() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null && continue
    echo "$program is not here and could not be installed"
    exit 77
  done
}

# What the checks need beside the release's tests. Those that lack something are left out then.
install_packages() (
  bash packaging/setup.sh --checks && exit
  echo 'not every package could be installed: checks may be left out below'
  exit 77
)

check_format() (
  needs clang-format-14
  git ls-files -z '*.cpp' '*.h' | xargs -0 clang-format-14 --dry-run -Werror
)

# The commit that the changes are counted from: where the branch left main, else the first parent.
changes_base() {
  local main base
  for main in origin/main main; do
    base=$(git merge-base "$main" HEAD 2>/dev/null) || continue
    [ "$base" = "$(git rev-parse HEAD)" ] || { echo "$base" && return; }
  done
  git rev-parse --verify --quiet HEAD^
}

# The sources that differ from a commit, or whose own header does.
changed_sources() {
  local name
  git diff --name-only --diff-filter=d "$1" -- '*.cpp' '*.h' | sed 's/\.h$/.cpp/' | sort -u | while read -r name; do
    [ ! -f "$name" ] || echo "$name"
  done
}

# Warnings in changed files, of as many as can be looked at in METEOROGRAPH_TIDY_SECONDS (4 min).
check_tidy() (
  needs clang-tidy-14 clang++-14
  base=$(changes_base) || { echo 'the history ends here, so nothing says what has changed' && exit 77; }
  mapfile -t names < <(changed_sources "$base")
  echo "${#names[@]} sources differ from $base"
  [ "${#names[@]}" -gt 0 ] || exit 0
  tidy_tree || exit
  code=0
  printf '%s\n' "${names[@]}" | timeout "${METEOROGRAPH_TIDY_SECONDS:-240}" \
    xargs -t -n 1 -P "$(nproc)" clang-tidy-14 -p build/tidy --quiet --warnings-as-errors='*' >"$logs/tidy" || code=$?
  cat "$logs/tidy"
  if [ "$code" -eq 124 ]; then
    ! grep -q 'error:' "$logs/tidy" || exit 1
    echo "time was up before all ${#names[@]} changed sources were looked at"
    exit 77
  fi
  exit "$code"
)

# How each source is compiled, without what only g++ knows of precompiled headers; and what moc makes of
# the tests, which include it.
tidy_tree() {
  cmake --preset fuzz -B build/tidy -DMETEOROGRAPH_SANITIZE= -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
    -DCMAKE_AUTOGEN_ORIGIN_DEPENDS=OFF &&
    cmake --build build/tidy --target {core,laws,ui,app}_tests_autogen
}

# sanitized_build PRESET TARGET…: builds them with the sources in groups, which takes half the time; where
# they cannot be compiled so, one by one.
sanitized_build() (
  needs clang++-14
  preset=$1
  shift
  cmake --preset "$preset" -DMETEOROGRAPH_UNITY=ON && cmake --build --preset "$preset" --target "$@" && exit
  echo 'The sources in groups did not compile; now each by itself'
  cmake --preset "$preset" -DMETEOROGRAPH_UNITY=OFF && cmake --build --preset "$preset" --target "$@"
)

# sanitized_tests PRESET LABELS: the tests of these layers.
sanitized_tests() (
  needs clang++-14
  ctest --preset "$1" -L "^($2)\$" -j "$(nproc)" --no-tests=error
)

# fuzz SECONDS: of each target, as many at once as there are cores.
fuzz() (
  needs clang++-14
  FUZZ_JOBS=$(nproc) tests/fuzz/run.sh "$1" build/asan
)

# coverage PERCENT: how many of core's lines its own tests and the laws reach, file by file; fails below.
coverage() (
  needs clang++-14 llvm-cov-14 llvm-profdata-14
  tree=build/coverage
  rm -rf $tree/profiles
  export LLVM_PROFILE_FILE=$PWD/$tree/profiles/%p.profraw
  cmake --preset coverage && cmake --build --preset coverage --target core_tests && ctest --preset coverage -L '^core$' -j "$(nproc)" --no-tests=error || exit
  llvm-profdata-14 merge -sparse -o $tree/profile $tree/profiles || exit
  rm -rf $tree/profiles
  llvm-cov-14 report $tree/core_tests -instr-profile=$tree/profile --show-branch-summary=false --show-region-summary=false "$PWD/core" >$tree/report || exit
  cat $tree/report
  awk -v least="$1" '$1 == "TOTAL" { reached = $NF + 0 } END { printf "%.2f %% of the lines of core\n", reached; exit reached < least }' $tree/report
)
