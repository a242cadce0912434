# SPDX-License-Identifier: GPL-3.0-or-later
# Judges the samples of a soak run for drift: awk -v warm_up_s=SECONDS -f judge.awk SAMPLES.csv [CHECKS]
#
# The warm-up is left out. What is left is compared by thirds. Memory (what no file lies behind, and all that is
# resident) must grow by less than 2 MiB an hour by the median of all slopes between two samples (Theil and Sen);
# below 30 minutes that would be a guess, and is told, not judged. Descriptors and threads: the least of the last
# third is no more than the least of the first; a file may be open just when one looks, a leak raises the floor.
# The write-ahead log never exceeds 64 MiB. Latency: the 99th percentile of the last third is at most half as much
# again as the first's, and 50 ms; of fewer than 100 measurements in a third there is no such percentile, and it is
# told, not judged. A machine that has more to do in the last third than in the first may fail that too: its load
# is told. Lines of CHECKS, if there are any, end the table: what, what was found and 1 or 0, with tabs between.
BEGIN {
  FS = ","
  drift_mib_per_hour = 2
  drift_judged_from_s = 30 * 60
  wal_mib = 64
  latency_factor = 1.5
  latency_slack_ms = 50
  latencies_needed = 100
  at_least = 6 # samples after the warm-up
}

FILENAME == ARGV[2] { checks[++check_count] = $0; next }
FNR == 1 { for (i = 1; i <= NF; i++) position[$i] = i; next }
{
  greatest_wal = max(greatest_wal, $position["wal_mb"])
  if ($position["seconds"] < warm_up_s) next
  count++
  for (name in position) steady[name, count] = $position[name]
}

END {
  printf "%-24s%12s%12s\n", "", "first third", "last third"
  if (count < at_least) {
    check("samples", "too few to judge", 0)
  } else {
    third = int(count / 3)
    last = count - third + 1 # where the last third begins; each ends `third` samples later
    judge_memory("own memory, MiB", "own_mb")
    judge_memory("resident, MiB", "rss_mb")
    judge_count("descriptors")
    judge_count("threads")
    row("log, greatest, MiB", sprintf("%.1f", most("wal_mb", 1)), sprintf("%.1f", most("wal_mb", last)),
      sprintf("%.1f at most, of %d", greatest_wal, wal_mib), greatest_wal <= wal_mib)
    judge_latency()
    tell("store, MiB", "store_mb", "%.0f")
    tell("readings", "readings", "%.0f")
    tell("quarantined", "quarantined", "%.0f")
    tell("readings given up", "given_up", "%.0f")
    tell("load of the machine", "machine_load", "%.1f")
    row("processor, % of a core", sprintf("%.1f", busy(1)), sprintf("%.1f", busy(last)), "told", 1)
  }
  for (i = 1; i <= check_count; i++) {
    split(checks[i], part, "\t")
    check(part[1], part[2], part[3])
  }
  exit failed
}

function row(what, first_third, last_third, judged, well) {
  printf "%-24s%12s%12s  %-39s %s\n", what, first_third, last_third, judged, well ? "ok" : "FAILED"
  failed = failed || !well
}

function check(what, judged, well) { row(what, "", "", judged, well + 0) }

function tell(what, name, format) {
  row(what, sprintf(format, middle(name, 1)), sprintf(format, middle(name, last)), "told", 1)
}

function judge_memory(what, name, drift, is_long) {
  drift = slope_per_hour(name)
  is_long = rise("seconds", 1, count) >= drift_judged_from_s * 5 / 6 - 10
  row(what, sprintf("%.1f", middle(name, 1)), sprintf("%.1f", middle(name, last)),
    sprintf("%+.2f an hour%s", drift, is_long ? "" : ", too short to judge"), drift <= drift_mib_per_hour || !is_long)
}

function judge_count(name) {
  row(name, least(name, 1), least(name, last), sprintf("%d and %d at most", most(name, 1), most(name, last)),
    least(name, last) <= least(name, 1))
}

function judge_latency(early, late, early_count, late_count, p99_early, p99_late, allowed, is_enough) {
  early_count = latencies(early, 1)
  late_count = latencies(late, last)
  p99_early = percentile(early, early_count, 0.99)
  p99_late = percentile(late, late_count, 0.99)
  allowed = p99_early * latency_factor + latency_slack_ms
  is_enough = early_count >= latencies_needed && late_count >= latencies_needed
  row("latency p50, ms", sprintf("%.1f", percentile(early, early_count, 0.5)),
    sprintf("%.1f", percentile(late, late_count, 0.5)), "told", 1)
  row("latency p99, ms", sprintf("%.1f", p99_early), sprintf("%.1f", p99_late),
    is_enough ? sprintf("%.0f allowed", allowed) : "told: too few to judge", p99_late <= allowed || !is_enough)
}

# All latencies of the third that begins there, in order; how many.
function latencies(values, from, i, j, n, part, parts) {
  for (i = from; i < from + third; i++) {
    parts = split(steady["latencies_ms", i], part, " ")
    for (j = 1; j <= parts; j++) values[++n] = part[j] == "inf" ? -log(0) : part[j] + 0
  }
  sort(values, 1, n)
  return n + 0
}

function percentile(sorted, n, share) { return n ? sorted[1 + min(n - 1, int(share * n))] : 0 }

function slope_per_hour(name, i, j, n, slopes) {
  for (i = 1; i < count; i++)
    for (j = i + 1; j <= count; j++)
      slopes[++n] = rise(name, i, j) / rise("seconds", i, j)
  return median(slopes, n) * 3600
}

# Percent of a core that the window used in the third that begins there.
function busy(from, to) {
  to = from + third - 1
  return 100 * rise("cpu_seconds", from, to) / rise("seconds", from, to)
}

function rise(name, from, to) { return steady[name, to] - steady[name, from] }

function middle(name, from, i, values) {
  for (i = 1; i <= third; i++) values[i] = steady[name, from + i - 1]
  return median(values, third)
}

function least(name, from, i, found) {
  found = steady[name, from]
  for (i = 1; i < third; i++) found = min(found, steady[name, from + i])
  return found
}

function most(name, from, i, found) {
  found = steady[name, from]
  for (i = 1; i < third; i++) found = max(found, steady[name, from + i])
  return found
}

function median(values, n) {
  sort(values, 1, n)
  return (values[int((n + 1) / 2)] + values[int(n / 2) + 1]) / 2
}

# Quicksort.
function sort(values, first, last, i, j, pivot, held) {
  if (first >= last) return
  i = first
  j = last
  pivot = values[int((first + last) / 2)]
  while (i <= j) {
    while (values[i] < pivot) i++
    while (values[j] > pivot) j--
    if (i <= j) {
      held = values[i]
      values[i++] = values[j]
      values[j--] = held
    }
  }
  sort(values, first, j)
  sort(values, i, last)
}

function min(a, b) { return a < b ? a : b }

function max(a, b) { return a > b ? a : b }
