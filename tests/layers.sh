#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds the sources against what the README says of them: `core` is without Qt, each folder includes
# only those below it, and only core/store knows SQL. layers.sh ROOT [BUILD]: in BUILD the includes that
# the compiler was given and took are looked at, too. What is found is told as FILE:LINE; exit code 1.
set -euo pipefail
export LC_ALL=C
root=$(cd "${1:?usage: layers.sh ROOT [BUILD]}" && pwd)
build=${2:+$(cd "$2" && pwd)}

source_faults() {
  cd "$root"
  # shellcheck disable=SC2016
  find core ui app \( -name '*.cpp' -o -name '*.h' \) | sort | xargs awk '
    BEGIN {
      may["core/model"] = "core/model"
      may["core/pipeline"] = "core/model core/pipeline"
      may["core/source"] = "core/model core/source"
      may["core/store"] = "core/model core/pipeline core/store"
      may["core/sink"] = "core/model core/sink"
      may["core/engine"] = "core"
      may["ui"] = "core/model core/source core/sink core/engine ui"
      may["app"] = "core ui app"
    }
    function fault(what) { print FILENAME ":" FNR ": " what }
    function mayInclude(header,    count, allowed, i) {
      count = split(may[layer], allowed, " ")
      for (i = 1; i <= count; ++i)
        if (index(header, allowed[i] "/") == 1)
          return 1
      return 0
    }
    FNR == 1 {
      ++files
      split(FILENAME, part, "/")
      layer = part[1] == "core" ? "core/" part[2] : part[1]
      # They read the databases of other programs, which are a source like any other.
      knowsSql = layer == "core/store" || FILENAME ~ /^core\/source\/(sqlite\/|readers\/SqliteReader)/
      if (!(layer in may))
        fault("no layer is called " layer)
    }
    match($0, /^[ \t]*#[ \t]*include[ \t]*[<"]/) {
      header = substr($0, RLENGTH + 1)
      sub(/[>"].*/, "", header)
      if (layer ~ /^core/ && header ~ /^(Q[A-Z]|Qt|q[a-z]+\.h$)/)
        fault("core includes Qt\047s " header)
      if (header ~ /^(core|ui|app|tests)\// && !mayInclude(header))
        fault(layer " includes " header)
      if (!knowsSql && header == "sqlite3.h")
        fault("SQL outside core/store")
    }
    !knowsSql && (" " $0 " ") ~ /[^A-Za-z0-9_]sqlite3_[A-Za-z0-9_]+[ \t]*\(|"[ \t]*(SELECT|WITH|INSERT|UPDATE|DELETE|PRAGMA|CREATE|DROP|ALTER|ATTACH|VACUUM|BEGIN|COMMIT)[^A-Za-z0-9_]/ {
      fault("SQL outside core/store")
    }
    END { if (files < 100) print "only " files " sources there" }'
}

# What was really given to and read by the compiler, also through headers of libraries.
build_faults() {
  awk -v core="\"$root/core/" '
    /^ *"command": / { command = tolower($0) }
    /^ *"file": / && index($0, core) {
      ++files
      if (command ~ /-(i|isystem)[ \t]*[^ \t]*\/qt6?[^a-z0-9_]/)
        print $2 " is compiled with the include path of Qt"
    }
    END { if (!files) print "nothing of core is compiled" }' "$build/compile_commands.json"
  ninja -C "$build" -t deps | awk '
    /^[^ \t]/ { target = index($0, "meteorograph_core.dir/") ? $1 : "" }
    /^[ \t].*\/qt6\// && target != "" { print target " reads " $1 }'
}

faults=$(source_faults && { [ -z "$build" ] || build_faults; })
printf '%s\n' "${faults:-every source keeps to its layer}"
[ -z "$faults" ]
