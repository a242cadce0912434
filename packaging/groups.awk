# SPDX-License-Identifier: GPL-3.0-or-later
# Puts C++ sources into groups that can be compiled as one file each, for builds that are made only to
# run checks (METEOROGRAPH_UNITY): the headers are then read once a group. What is private to a file
# becomes its group's, so no two files of a group declare the same name at the start of a line, and one
# whose own type is called like a header's stays alone.
#
# awk -f groups.awk most=LINES HEADER… of=sources SOURCE…
# prints the groups, a line each, the files separated by semicolons; a group has at most so many lines.

# The last part of the name that a text begins with.
function firstName(text) {
  match(text, /^([A-Za-z0-9_]+::)*[A-Za-z0-9_]*/)
  text = substr(text, 1, RLENGTH)
  sub(/.*::/, "", text)
  return text
}

# Of a type or an alias; empty where the line declares none.
function typeOf(line) {
  if (line ~ /^using namespace / || !match(line, /^(struct|enum class|class|enum|union|using) /))
    return ""
  return firstName(substr(line, RLENGTH + 1))
}

# Of what is set, filled or called.
function nameOf(line,    open, before) {
  if (line ~ /^#define /)
    return firstName(substr(line, 9))
  if (line !~ /^[A-Za-z0-9_]/ || line ~ /^(namespace|using)/)
    return ""
  open = index(line, "(")
  before = open ? substr(line, 1, open - 1) : line
  if (match(before, /[A-Za-z0-9_]+( = |[{]|\[[A-Za-z0-9_]*\] = )/) || (!open && match(before, /[A-Za-z0-9_]+;$/)))
    return firstName(substr(before, RSTART))
  if (!match(line, /[A-Za-z0-9_:]+\(/))
    return ""
  line = substr(line, RSTART, RLENGTH - 1)
  return line ~ /::/ || line == "METEOROGRAPH_TEST" ? "" : line
}

function fits(group, names,    name) {
  if (lines[group] + count > most)
    return 0
  for (name in names)
    if ((group, name) in taken)
      return 0
  return 1
}

# Puts the file that was read last where it fits first.
function place(    group, name) {
  if (file == "" || isAlone)
    return
  for (group = 1; group <= groups && !fits(group, names); ++group)
    ;
  groups = group > groups ? group : groups
  members[group] = members[group] (members[group] == "" ? "" : ";") file
  lines[group] += count
  for (name in names)
    taken[group, name]
}

of == "sources" && FNR == 1 {
  place()
  file = FILENAME
  count = isAlone = 0
  split("", names)
}

{
  type = typeOf($0)
  if (of == "sources") {
    ++count
    isAlone = isAlone || type in shared
    name = nameOf($0)
    if (name != "")
      names[name]
    if (type != "")
      names[type]
  } else {
    name = $0 ~ /^namespace / ? firstName(substr($0, 11)) : type
    if (name != "")
      shared[name]
  }
}

END {
  place()
  for (group = 1; group <= groups; ++group)
    print members[group]
}
