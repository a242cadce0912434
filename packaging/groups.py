#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts C++ sources into groups that can be compiled as one file each, for builds that are made only to
run checks (METEOROGRAPH_UNITY): the headers are then read once a group. No two files of a group declare
the same name at the start of a line, since names that are private to a file become the group's.

groups.py LINES FILE…: prints the groups, a line each, the files separated by semicolons; a group has
about LINES lines.
"""
import pathlib
import re
import sys

# The name that a line declares: of a type, of what is set or filled, or of what is called.
DECLARED = re.compile(r"(?:struct|enum class|class|enum|union) (\w+)|[^(]*?\b(\w+)(?: = |\{|\[\w*\] = |;$)|.*?([\w:]+)\(")
ALIAS = re.compile(r"using (?!namespace)(?:\w+::)*(\w+)|#define (\w+)")


def names_of(path):
    names = set()
    for line in pathlib.Path(path).read_text().splitlines():
        found = ALIAS.match(line) or (line[:1].isalpha() and not line.startswith(("namespace", "using")) and DECLARED.match(line))
        if found:
            names.add(next(name for name in found.groups() if name))
    return {name for name in names if "::" not in name} - {"METEOROGRAPH_TEST"}


def lines_of(path):
    return pathlib.Path(path).read_text().count("\n")


class Group:
    def __init__(self):
        self.files, self.names, self.lines = [], set(), 0

    def takes(self, names, lines, most):
        return self.lines + lines <= most and not (self.names & names)

    def add(self, path, names, lines):
        self.files.append(path)
        self.names |= names
        self.lines += lines


def main():
    most = int(sys.argv[1])
    groups = []
    for path in sorted(sys.argv[2:]):
        names, lines = names_of(path), lines_of(path)
        group = next((g for g in groups if g.takes(names, lines, most)), None)
        if group is None:
            group = Group()
            groups.append(group)
        group.add(path, names, lines)
    for group in groups:
        print(";".join(group.files))


main()
