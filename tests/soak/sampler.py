# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process and its store are at a moment."""
import os
import sqlite3

COLUMNS = ["seconds", "rss_mb", "pss_mb", "own_mb", "descriptors", "threads", "wal_mb", "store_mb",
           "cpu_seconds", "readings", "quarantined", "given_up", "machine_load", "latency_p50_ms", "latency_p99_ms",
           "latencies_ms"]
MIB = 1024 * 1024


def size_mib(path):
    try:
        return os.stat(path).st_size / MIB
    except FileNotFoundError:
        return 0.0


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Sampler:
    """Collects latencies and the log's greatest size meanwhile, and gives both with each sample."""

    def __init__(self, pid, store):
        self._pid = pid
        self._path = store
        self._store = sqlite3.connect(f"file:{store}?mode=ro", uri=True, isolation_level=None)
        self._latencies_ms = []
        self._wal_mib = 0.0

    def note(self, latency_s):
        self._latencies_ms.append(latency_s * 1000)
        self.look_at_log()

    def look_at_log(self):
        self._wal_mib = max(self._wal_mib, size_mib(self._path + "-wal"))

    def totals(self):
        """Readings, quarantined records and rows of bronze that retention gave up."""
        return self._store.execute("SELECT readings, quarantined, (SELECT rows_deleted FROM retention "
                                   "WHERE name = 'bronze') FROM totals").fetchone()

    def sample(self, seconds):
        self.look_at_log()
        memory = self._memory()
        values = [round(seconds, 1), *(round(mib, 3) for mib in memory), self._descriptors(), self._threads(),
                  round(self._wal_mib, 3), round(size_mib(self._path), 3), self._cpu_seconds(), *self.totals(),
                  round(os.getloadavg()[0], 2),
                  round(percentile(self._latencies_ms, 0.5), 2), round(percentile(self._latencies_ms, 0.99), 2),
                  " ".join(f"{latency:.2f}" for latency in self._latencies_ms)]
        self._latencies_ms, self._wal_mib = [], 0.0
        return dict(zip(COLUMNS, values))

    def _memory(self):
        """RSS, PSS and what no file lies behind, in MiB: pages of libraries are shared with whoever else runs."""
        fields = {}
        with open(f"/proc/{self._pid}/smaps_rollup", encoding="ascii") as lines:
            for line in lines.readlines()[1:]:
                name, amount = line.split()[:2]
                fields[name.rstrip(":")] = int(amount) / 1024
        return fields["Rss"], fields["Pss"], fields["Anonymous"]

    def _descriptors(self):
        return len(os.listdir(f"/proc/{self._pid}/fd"))

    def _threads(self):
        return len(os.listdir(f"/proc/{self._pid}/task"))

    def _cpu_seconds(self):
        with open(f"/proc/{self._pid}/stat", encoding="utf-8") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return round((int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), 2)

    def close(self):
        self._store.close()
