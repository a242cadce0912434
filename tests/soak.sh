#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the real window for a long time and judges whether it drifts: soak.sh [MINUTES] [BUILD FOLDER]
# (60 minutes, build/release). It needs no display: it starts an Xvfb of its own on a free number, and
# keeps everything it makes below a folder of its own in ${TMPDIR:-/var/tmp}, which it removes unless it
# fails. The samples go to BUILD FOLDER/soak-TIME.csv. soak/soak.py says what runs, soak/judge.py
# what is judged. Exit code 0: no drift; 1: drift, or something lost; 2: wrong usage; 77: something that is
# needed is missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
minutes=${1:-60}
build=${2:-$here/../build/release}

if ! [[ $minutes =~ ^[1-9][0-9]*$ ]] || [ $# -gt 2 ]; then
  echo "usage: soak.sh [MINUTES] [BUILD FOLDER]" >&2
  exit 2
fi
missing() { ! command -v Xvfb >/dev/null || ! command -v python3 >/dev/null; }
if missing; then
  bash "$here/../packaging/setup.sh" --test || true
fi
if missing; then
  echo "Xvfb or python3 is missing: packaging/setup.sh --test installs them" >&2
  exit 77
fi
if [ ! -x "$build/meteorograph" ]; then
  echo "$build/meteorograph is not built: cmake --preset release && cmake --build --preset release" >&2
  exit 77
fi
exec python3 -B "$here/soak/soak.py" "$minutes" "$(cd "$build" && pwd)"
