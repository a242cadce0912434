# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh and test.sh: builds the release preset, saying on standard error what happens.

# build ROOT [TARGET…]: configures where that was not done yet, then builds the targets, or all.
build() {
  local target arguments=()
  cd "$1" || return
  for target in "${@:2}"; do
    arguments+=(--target "$target")
  done
  if [ ! -f build/release/build.ninja ]; then
    echo "Configuring Meteorograph" >&2
    cmake --preset release >&2
  fi
  if [ ! -x build/release/meteorograph ]; then
    echo "Building Meteorograph; this takes some minutes the first time" >&2
    cmake --build --preset release "${arguments[@]}" >&2
  else
    cmake --build --preset release "${arguments[@]}" -- --quiet 2>&1 | sed -u '/^ninja: no work to do\.$/d' >&2
  fi
}
