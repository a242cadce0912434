#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the packages that building needs, with --test those that testing needs too, with --fuzz those
# that building the fuzz targets needs, with --checks those of every check of .ci/run and tests/long.sh. On Debian and Ubuntu those that are missing are installed with
# apt, as root or through sudo; elsewhere their names are listed. Does nothing when all are there, or
# when METEOROGRAPH_SKIP_SETUP is set.
# Everything it says goes to standard error.
set -euo pipefail

# Names as Debian has them; `a|b` where other releases know a package by another name.
build_packages=(
  g++ cmake ninja-build ccache pkg-config
  qt6-base-dev 'qt6-svg-dev|libqt6svg6-dev'
  libgl-dev libopengl-dev libvulkan-dev libxkbcommon-dev
  libboost-dev libsqlite3-dev zlib1g-dev
  nlohmann-json3-dev libsimdjson-dev libexpected-dev libcli11-dev libfast-float-dev libxxhash-dev
  libcctz-dev libzstd-dev libsnappy-dev tzdata
  fonts-dejavu-core fonts-inter
)
test_packages=(xvfb xauth python3 sqlite3)
fuzz_packages=(clang-14 libclang-rt-14-dev)
check_packages=(clang-format-14 clang-tidy-14 llvm-14 git binutils)

packages=("${build_packages[@]}")
if [ "${1:-}" = --test ]; then
  packages+=("${test_packages[@]}")
elif [ "${1:-}" = --fuzz ]; then
  packages+=("${fuzz_packages[@]}")
elif [ "${1:-}" = --checks ]; then
  packages+=("${test_packages[@]}" "${fuzz_packages[@]}" "${check_packages[@]}")
fi

say() { printf '%s\n' "$*" >&2; }

is_installed() { dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

is_available() { apt-cache show "$1" >/dev/null 2>&1; }

# Prints those of the packages of which no name is installed.
missing_packages() {
  local names name
  for names in "${packages[@]}"; do
    for name in ${names//|/ }; do
      is_installed "$name" && continue 2
    done
    printf '%s\n' "$names"
  done
}

# Prints for each `a|b` the first name that apt knows.
available_names() {
  local names name
  for names in "$@"; do
    for name in ${names//|/ }; do
      if is_available "$name"; then
        printf '%s\n' "$name"
        continue 2
      fi
    done
    printf '%s\n' "${names%%|*}" # apt will say that it does not know it
  done
}

if [ -n "${METEOROGRAPH_SKIP_SETUP:-}" ]; then
  exit 0
fi

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  say "This is neither Debian nor Ubuntu. Please install what these Debian packages hold, then set"
  say "METEOROGRAPH_SKIP_SETUP=1 and start again:"
  say "  ${packages[*]}"
  exit 1
fi

mapfile -t missing < <(missing_packages)
if [ "${#missing[@]}" -eq 0 ]; then
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    say "These packages are missing; please install them as root:"
    say "  apt-get install --no-install-recommends ${missing[*]%%|*}"
    exit 1
  fi
  as_root=(sudo)
fi

say "Updating the list of packages"
"${as_root[@]}" apt-get update -q >&2
mapfile -t names < <(available_names "${missing[@]}")
say "Installing ${names[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${names[@]}" >&2
