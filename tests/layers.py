#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the sources against what the README says of them: `core` is without Qt, each folder includes
only those below it, and only core/store knows SQL. What is found is told as FILE:LINE.

layers.py ROOT [BUILD]: in BUILD the includes that the compiler was given and took are looked at, too.
"""
import json
import pathlib
import re
import subprocess
import sys

MAY_INCLUDE = {
    "core/model": ["core/model"],
    "core/pipeline": ["core/model", "core/pipeline"],
    "core/source": ["core/model", "core/source"],
    "core/store": ["core/model", "core/pipeline", "core/store"],
    "core/sink": ["core/model", "core/sink"],
    "core/engine": ["core"],
    "ui": ["core/model", "core/source", "core/sink", "core/engine", "ui"],
    "app": ["core", "ui", "app"],
}
# They read the databases of other programs, which are a source like any other.
FOREIGN_SQL = ["core/source/sqlite/", "core/source/readers/SqliteReader"]

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
QT = re.compile(r"^(Q[A-Z]|Qt|q[a-z]+\.h$)")
SQLITE = re.compile(r"\bsqlite3_\w+\s*\(|^\s*#\s*include\s*<sqlite3\.h>")
STATEMENT = re.compile(r'"\s*(SELECT|WITH|INSERT|UPDATE|DELETE|PRAGMA|CREATE|DROP|ALTER|ATTACH|VACUUM|BEGIN|COMMIT)\b')


def sources(root):
    for folder in ("core", "ui", "app"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".cpp", ".h"):
                yield path.relative_to(root).as_posix(), path.read_text().splitlines()


def include_fault(layer, header):
    if layer.startswith("core/") and QT.match(header):
        return f"core includes Qt's {header}"
    inside = re.match(r"(core|ui|app|tests)/", header)
    if inside and not any(header.startswith(allowed + "/") for allowed in MAY_INCLUDE[layer]):
        return f"{layer} includes {header}"
    return None


def line_fault(name, layer, line):
    include = INCLUDE.match(line)
    if include and (fault := include_fault(layer, include.group(1))):
        return fault
    if layer == "core/store" or name.startswith(tuple(FOREIGN_SQL)):
        return None
    if SQLITE.search(line) or STATEMENT.search(line):
        return "SQL outside core/store"
    return None


def source_faults(root):
    count = 0
    for name, lines in sources(root):
        count += 1
        layer = "/".join(name.split("/")[:2]) if name.startswith("core/") else name.split("/")[0]
        if layer not in MAY_INCLUDE:
            yield f"{name}: no layer is called {layer}"
            continue
        for number, line in enumerate(lines, 1):
            if fault := line_fault(name, layer, line):
                yield f"{name}:{number}: {fault}"
    if count < 100:
        yield f"{root}: only {count} sources there"


def build_faults(root, build):
    """What was really given to and read by the compiler, also through headers of libraries."""
    commands = json.loads((build / "compile_commands.json").read_text())
    core = [c for c in commands if c["file"].startswith(str(root / "core") + "/")]
    if not core:
        yield f"{build}: compiles nothing of core"
    for command in core:
        if re.search(r"-(I|isystem)\s*\S*/qt6?\b", command["command"], re.IGNORECASE):
            yield f"{command['file']}: is compiled with Qt's include path"
    told = subprocess.run(["ninja", "-C", str(build), "-t", "deps"], capture_output=True, text=True, check=False)
    for target in told.stdout.split("\n\n"):
        if "meteorograph_core.dir/" in target.split("\n", 1)[0]:
            for header in re.findall(r"^\s+(\S*/qt6/\S+)$", target, re.MULTILINE):
                yield f"{target.split(':', 1)[0]}: reads {header}"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    faults = list(source_faults(root))
    if len(sys.argv) > 2:
        faults += build_faults(root, pathlib.Path(sys.argv[2]).resolve())
    print("\n".join(faults) if faults else "every source keeps to its layer")
    return 1 if faults else 0


sys.exit(main())
