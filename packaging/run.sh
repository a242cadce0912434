#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds the release and starts `meteorograph ARGUMENTS`. Without a
# display, and with no argument or --demo, it shows the main job headless instead.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=packaging/build.sh
. "$root/packaging/build.sh"
program=$root/build/release/meteorograph

wants_window() { [ $# -eq 0 ] || { [ $# -eq 1 ] && [ "$1" = --demo ]; }; }

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

# Two simulated hours of three devices: simulate, ingest, status, chart.
headless_demo() {
  local folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/meteorograph-demo.XXXXXX")
  echo "There is no display, so here is the main job without the window, in $folder."
  set -x
  "$program" simulate --output "$folder/data" --duration 7200 --late 0.02 --bad 0.01 --fast
  "$program" ingest --store "$folder/demo.meteorograph" "$folder/data"
  "$program" status --store "$folder/demo.meteorograph"
  "$program" chart --store "$folder/demo.meteorograph" --output "$folder/chart.png"
  { set +x; } 2>/dev/null
  echo "The chart is $folder/chart.png"
}

bash "$root/packaging/setup.sh"
(build "$root" meteorograph)
if wants_window "$@" && ! has_display; then
  headless_demo
else
  exec "$program" "$@"
fi
