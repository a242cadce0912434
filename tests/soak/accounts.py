# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a store holds what was written, each record once."""
import re
import sqlite3

REPORT = re.compile(r"([\d,]+) readings?, ([\d,]+) of them late, and ([\d,]+) bad lines?")
HOURS = "SELECT name, start_s, * FROM rollup_3600s JOIN device ON device.id = device_id ORDER BY name, start_s"
ACCOUNTS = """SELECT records - accepted - quarantined - skipped,
  readings - (SELECT rows_deleted FROM retention WHERE name = 'bronze') - (SELECT count(*) FROM bronze),
  quarantined - (SELECT count(*) FROM quarantine), silver_rows - (SELECT count(*) FROM silver) FROM totals"""


def written(report):
    """Good and bad lines by the simulator's own report."""
    good, _, bad = (int(number.replace(",", "")) for number in REPORT.search(report).groups())
    return good, bad


def open_store(path):
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    store.row_factory = sqlite3.Row
    return store


def hours(store):
    """Count, sum, minimum and maximum of each quantity in each device's hours."""
    rows = {}
    for row in store.execute(HOURS):
        rows[row["name"], row["start_s"]] = {name: row[name] for name in row.keys()
                                             if name.rsplit("_", 1)[-1] in ("count", "sum", "min", "max")}
    return rows


def is_same(name, one, other):
    if one is None or other is None or not name.endswith("_sum"):
        return one == other
    return abs(one - other) <= 1e-12 * max(abs(one), abs(other))


def difference(soaked, fresh):
    """What the rollups of hours, which retention leaves alone, hold otherwise than those of a fresh store."""
    ours, theirs = hours(soaked), hours(fresh)
    if ours.keys() != theirs.keys():
        return f"{len(ours.keys() ^ theirs.keys())} hours of a device are in one of the two only"
    for key, values in ours.items():
        for name, value in values.items():
            if not is_same(name, value, theirs[key].get(name)):
                return f"{key[0]}, hour {key[1]}, {name}: {value}, not {theirs[key].get(name)}"
    return None


def check(verdict, soaked_path, fresh_path, good, bad):
    soaked, fresh = open_store(soaked_path), open_store(fresh_path)
    held = soaked.execute("SELECT readings, quarantined FROM totals").fetchone()
    verdict.check("stored, of written", f"{held[0]} of {good}", held[0] == good)
    verdict.check("quarantined, of bad", f"{held[1]} of {bad}", held[1] == bad)
    books = tuple(soaked.execute(ACCOUNTS).fetchone())
    verdict.check("rows by the totals", "agree" if not any(books) else f"differ by {books}", not any(books))
    other = difference(soaked, fresh)
    verdict.check("hours, read afresh", other or "the same", other is None)
    soaked.close()
    fresh.close()
