# SPDX-License-Identifier: GPL-3.0-or-later
# What a soaked store's rollups of hours, which retention leaves alone, hold otherwise than those of a fresh store,
# or nothing: awk -f hours.awk FRESH SOAKED, both as soak.sh's `hours` prints them. Sums may differ in their last
# digits, as they depend on the order of adding.
BEGIN { FS = "," }

FNR == 1 {
  for (i = 1; i <= NF; i++) {
    gsub(/'/, "", $i)
    column[i] = $i
  }
  next
}

{
  gsub(/'/, "", $1)
  key = $1 ", hour " $2
}

FILENAME == ARGV[1] {
  missing[key]
  for (i = 3; i <= NF; i++) fresh[key, column[i]] = $i
  next
}

!(key in missing) { only_one++; next }

{
  delete missing[key]
  compared++
  for (i = 3; i <= NF; i++)
    if (column[i] ~ /_(count|sum|min|max)$/ && !difference && !is_same(column[i], $i, fresh[key, column[i]]))
      difference = key ", " column[i] ": " $i ", not " fresh[key, column[i]]
}

END {
  for (key in missing) only_one++
  if (only_one) print only_one " hours of a device are in one of the two only"
  else if (!compared) print "there are no hours"
  else if (difference) print difference
}

# A quantity that one of the two has no column for is as NULL.
function is_same(name, one, other) {
  if (other == "") other = "NULL"
  if (name !~ /_sum$/ || one == "NULL" || other == "NULL") return one "" == other ""
  return absolute(one - other) <= 1e-12 * absolute(one)
}

function absolute(number) { return number < 0 ? -number : number }
