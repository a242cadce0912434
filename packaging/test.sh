#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds the release and runs every test; windows appear on Qt's offscreen
# platform, so no display is needed. Arguments go to ctest. Ends with ctest's summary.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=packaging/build.sh
. "$root/packaging/build.sh"

bash "$root/packaging/setup.sh" --test
build "$root"
cd "$root"
exec ctest --preset release "$@"
