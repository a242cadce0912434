#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes the layers from simulated files, knowing nothing of the program, and compares.

usage: oracle.py DATA EXPORTS TOTALS
DATA     folder that `meteorograph simulate` wrote
EXPORTS  folder with bronze.csv, gold.csv and silver-1s.csv, silver-10s.csv … of `meteorograph export`
TOTALS   JSON object with records, accepted, quarantined, skipped, readings, late, devices

Counts, minima, maxima and bronze must be equal to the last bit, means within 1e-9 of their size.
Prints the first differences and ends with 1 if there are any.
"""
import csv
import datetime
import json
import math
import os
import sys

QUANTITIES = ["humidity", "pressure", "temperature"]  # as rows of silver and gold are ordered
COLUMNS = ["temperature", "humidity", "pressure"]  # as bronze has them
LATENESS_US = 600 * 1_000_000
WINDOWS_S = [1, 10, 60, 600, 3600]
EPOCH = datetime.datetime(1970, 1, 1)
problems = []


def problem(text):
    problems.append(text)


def micros(iso):
    """'2024-01-01T00:00:00.1234567Z' in microseconds, further digits cut off."""
    whole, fraction = iso.rstrip("Z").split(".")
    seconds = (datetime.datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S") - EPOCH).total_seconds()
    return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0"))


def iso(us):
    return (EPOCH + datetime.timedelta(microseconds=us)).isoformat(timespec="microseconds") + "Z"


def files_of(folder):
    paths = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names]
    return sorted(paths, key=lambda path: (os.stat(path).st_mtime_ns, path))


def read(folder):
    """Readings in the order of files and lines, and the number of lines that are none."""
    readings, bad = [], 0
    for path in files_of(folder):
        with open(path, encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    record = json.loads(line)
                    readings.append((record["deviceId"], micros(record["EventEnqueuedUtcTime"]),
                                     {q: float(record[q]) for q in QUANTITIES}, os.path.realpath(path), number))
                except ValueError:
                    bad += 1
    return readings, bad


def count_late(readings):
    newest, late = {}, 0
    for device, time, *_ in readings:
        if device in newest and (time // 1_000_000 + 1) * 1_000_000 <= newest[device] - LATENESS_US:
            late += 1
        newest[device] = max(time, newest.get(device, time))
    return late


def windows_of(readings, seconds):
    """(device, start in s, quantity) -> values."""
    windows = {}
    for device, time, values, *_ in readings:
        start = time // 1_000_000 // seconds * seconds
        for quantity in QUANTITIES:
            windows.setdefault((device, start, quantity), []).append(values[quantity])
    return windows


def gold_of(windows):
    """Rows (device, start, quantity, mean, ma_8, ma_15s, ma_60s) from 1 s windows."""
    series = {}
    for (device, start, quantity), values in windows.items():
        series.setdefault((device, quantity), []).append((start, math.fsum(values) / len(values)))
    rows = []
    for (device, quantity), points in series.items():
        points.sort()
        for i, (start, mean) in enumerate(points):
            last_8 = [m for _, m in points[max(0, i - 7):i + 1]]
            back = points[max(0, i - 60):i + 1]
            last_15 = [m for s, m in back if s > start - 15]
            last_60 = [m for s, m in back if s > start - 60]
            rows.append((device, start, quantity, mean) +
                        tuple(math.fsum(means) / len(means) for means in (last_8, last_15, last_60)))
    return sorted(rows)


def rows_of(exports, name, header):
    with open(os.path.join(exports, name), encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or rows[0] != header:
        problem(f"{name}: header is {rows[:1]}")
    return rows[1:]


def near(text, expected):
    return math.isclose(float(text), expected, rel_tol=1e-9, abs_tol=0)


def compare(name, rows, expected, same):
    if len(rows) != len(expected):
        problem(f"{name}: {len(rows)} rows instead of {len(expected)}")
    for number, (row, wanted) in enumerate(zip(rows, expected), 2):
        if not same(row, wanted):
            problem(f"{name}:{number}: {row} instead of {wanted}")


def check_bronze(exports, readings):
    rows = rows_of(exports, "bronze.csv", ["event_time", "device", *COLUMNS, "file", "line"])
    times = [(row[1], row[0]) for row in rows]
    if times != sorted(times):
        problem("bronze.csv: rows are not ordered by device and time")
    expected = sorted((device, iso(time), file, line, [values[q] for q in COLUMNS])
                      for device, time, values, file, line in readings)
    found = sorted((row[1], row[0], row[5], int(row[6]), [float(value) for value in row[2:5]]) for row in rows)
    compare("bronze.csv, sorted", found, expected, lambda row, wanted: row == wanted)


def check_silver(exports, readings, seconds):
    name = f"silver-{seconds}s.csv"
    rows = rows_of(exports, name, ["window_start", "device", "quantity", "count", "mean", "min", "max"])
    compare(name, rows, sorted(windows_of(readings, seconds).items()), lambda row, wanted: (
        row[:3] == [iso(wanted[0][1] * 1_000_000), wanted[0][0], wanted[0][2]] and
        int(row[3]) == len(wanted[1]) and near(row[4], math.fsum(wanted[1]) / len(wanted[1])) and
        float(row[5]) == min(wanted[1]) and float(row[6]) == max(wanted[1])))


def check_gold(exports, readings):
    rows = rows_of(exports, "gold.csv", ["window_start", "device", "quantity", "mean", "ma_8", "ma_15s", "ma_60s"])
    compare("gold.csv", rows, gold_of(windows_of(readings, 1)), lambda row, wanted: (
        row[:3] == [iso(wanted[1] * 1_000_000), wanted[0], wanted[2]] and
        all(near(text, value) for text, value in zip(row[3:], wanted[3:]))))


def check_totals(totals, readings, bad):
    expected = {"records": len(readings) + bad, "accepted": len(readings), "quarantined": bad, "skipped": 0,
                "readings": len(readings), "late": count_late(readings),
                "devices": len({reading[0] for reading in readings})}
    for key, value in expected.items():
        if totals[key] != value:
            problem(f"{key} is {totals[key]} instead of {value}")


def main():
    data, exports, totals = sys.argv[1:]
    readings, bad = read(data)
    check_totals(json.loads(totals), readings, bad)
    check_bronze(exports, readings)
    for seconds in WINDOWS_S:
        check_silver(exports, readings, seconds)
    check_gold(exports, readings)
    print(f"{len(readings)} readings, {bad} bad lines, {len(problems)} differences")
    for text in problems[:20]:
        print(text)
    return 1 if problems or not readings else 0


sys.exit(main())
