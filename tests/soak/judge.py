#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges the samples of a soak run for drift: judge.py SAMPLES.csv

The first sixth of the run, at least two minutes and at most ten, is warm-up and is left out. What is left
is compared by thirds. Memory (what no file lies behind, and all that is resident) must grow by less than 2 MiB
an hour by the median of all slopes between two samples (Theil and Sen); below 30 minutes that would be
a guess, and is told, not judged. Descriptors and threads: the least of the last third is no more than the
least of the first; a file may be open just when one looks, a leak raises the floor. The write-ahead log never exceeds 64 MiB. Latency: the 99th percentile of the last
third is at most half as much again as the first's, and 50 ms; of fewer than 100 measurements in a third
there is no such percentile, and it is told, not judged. A machine that has more to do in the last third than in
the first may fail that too: its load is told.
"""
import csv
import statistics
import sys

from sampler import percentile

DRIFT_MIB_PER_HOUR = 2.0
DRIFT_JUDGED_FROM_S = 30 * 60
WAL_MIB = 64.0
LATENCY_FACTOR = 1.5
LATENCY_SLACK_MS = 50.0
LATENCIES = 100
AT_LEAST = 6  # samples after the warm-up


def warm_up_s(duration_s):
    return min(600.0, max(120.0, duration_s / 6))


def slope_per_hour(samples, column):
    slopes = [(b[column] - a[column]) / (b["seconds"] - a["seconds"])
              for i, a in enumerate(samples) for b in samples[i + 1:]]
    return statistics.median(slopes) * 3600


def latencies(samples):
    return [float(text) for sample in samples for text in str(sample["latencies_ms"]).split()]


class Verdict:
    """Lines of a table, and whether each of them is well."""

    def __init__(self):
        self.lines = []
        self.failed = False

    def add(self, what, first, last, judged, well):
        self.lines.append(f"{what:<24}{first:>12}{last:>12}  {judged:<40}{'ok' if well else 'FAILED'}")
        self.failed |= not well

    def check(self, what, judged, well):
        self.add(what, "", "", judged, well)

    def __str__(self):
        return "\n".join([f"{'':<24}{'first third':>12}{'last third':>12}"] + self.lines)


def judge(samples):
    verdict = Verdict()
    duration = samples[-1]["seconds"] if samples else 0
    steady = [sample for sample in samples if sample["seconds"] >= warm_up_s(duration)]
    if len(steady) < AT_LEAST:
        verdict.check("samples", "too few to judge", False)
        return verdict
    third = len(steady) // 3
    first, last = steady[:third], steady[-third:]
    judge_memory(verdict, steady, first, last)
    for column in ("descriptors", "threads"):
        judge_count(verdict, column, first, last)
    wal = max(sample["wal_mb"] for sample in samples)
    verdict.add("log, greatest, MiB", f"{greatest(first, 'wal_mb'):.1f}", f"{greatest(last, 'wal_mb'):.1f}",
                f"{wal:.1f} at most, of {WAL_MIB:.0f}", wal <= WAL_MIB)
    judge_latency(verdict, latencies(first), latencies(last))
    tell(verdict, first, last)
    return verdict


def middle(samples, column):
    return statistics.median(sample[column] for sample in samples)


def greatest(samples, column):
    return max(sample[column] for sample in samples)


def judge_memory(verdict, steady, first, last):
    is_long = steady[-1]["seconds"] - steady[0]["seconds"] >= DRIFT_JUDGED_FROM_S * 5 / 6 - 10
    for what, column in (("own memory, MiB", "own_mb"), ("resident, MiB", "rss_mb")):
        drift = slope_per_hour(steady, column)
        told = f"{drift:+.2f} an hour" + ("" if is_long else ", too short to judge")
        verdict.add(what, f"{middle(first, column):.1f}", f"{middle(last, column):.1f}", told,
                    drift <= DRIFT_MIB_PER_HOUR or not is_long)


def judge_count(verdict, column, first, last):
    floors = [min(sample[column] for sample in part) for part in (first, last)]
    verdict.add(column, f"{floors[0]:.0f}", f"{floors[1]:.0f}",
                f"{greatest(first, column):.0f} and {greatest(last, column):.0f} at most", floors[1] <= floors[0])


def judge_latency(verdict, first, last):
    p99 = [percentile(values, 0.99) for values in (first, last)]
    allowed = p99[0] * LATENCY_FACTOR + LATENCY_SLACK_MS
    verdict.add("latency p50, ms", f"{percentile(first, 0.5):.1f}", f"{percentile(last, 0.5):.1f}", "told", True)
    is_enough = min(len(first), len(last)) >= LATENCIES
    verdict.add("latency p99, ms", f"{p99[0]:.1f}", f"{p99[1]:.1f}",
                f"{allowed:.0f} allowed" if is_enough else "told: too few to judge", p99[1] <= allowed or not is_enough)


def tell(verdict, first, last):
    for what, column in (("store, MiB", "store_mb"), ("readings", "readings"), ("quarantined", "quarantined"),
                         ("readings given up", "given_up")):
        verdict.add(what, f"{middle(first, column):.0f}", f"{middle(last, column):.0f}", "told", True)
    load = [(part[-1]["cpu_seconds"] - part[0]["cpu_seconds"]) / (part[-1]["seconds"] - part[0]["seconds"])
            for part in (first, last)]
    verdict.add("load of the machine", f"{middle(first, 'machine_load'):.1f}", f"{middle(last, 'machine_load'):.1f}",
                "told", True)
    verdict.add("processor, % of a core", f"{100 * load[0]:.1f}", f"{100 * load[1]:.1f}", "told", True)


def read(path):
    with open(path, encoding="utf-8", newline="") as rows:
        return [{name: text if name == "latencies_ms" else float(text) for name, text in row.items()}
                for row in csv.DictReader(rows)]


if __name__ == "__main__":
    told = judge(read(sys.argv[1]))
    print(told)
    sys.exit(1 if told.failed else 0)
