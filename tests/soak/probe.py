# SPDX-License-Identifier: GPL-3.0-or-later
"""A sensor that knows when its readings can be seen: the real latency, from write to silver."""
import datetime
import gzip
import os
import sqlite3
import time

DEVICE = "probe"
KEPT = 5  # rotated files, as a log's; older ones leave the folder
GIVE_UP_S = 30.0
POLL_S = 0.002


class Probe:
    """Appends a line a second to a log that is rotated each minute, and waits until its window is in silver."""

    def __init__(self, folder, archive, store):
        self._path = os.path.join(folder, "probe.log")
        self._archive = archive
        self._store = sqlite3.connect(f"file:{store}?mode=ro", uri=True, isolation_level=None)
        self._rotated_at = time.monotonic()
        self.written = 0

    def measure(self):
        """Seconds from the write of one more line until silver has it; None where it never came."""
        if time.monotonic() - self._rotated_at >= 60:
            self._rotate()
        now = datetime.datetime.now(datetime.timezone.utc)
        line = f'{{"deviceId":"{DEVICE}","time":"{now:%Y-%m-%dT%H:%M:%S.%f}Z","temperature":{self.written % 400 / 10}}}\n'
        with open(self._path, "a", encoding="utf-8") as log:
            log.write(line)
        began = time.monotonic()
        self.written += 1
        while time.monotonic() - began < GIVE_UP_S:
            if self._is_seen(int(now.timestamp())):
                return time.monotonic() - began
            time.sleep(POLL_S)
        return None

    def _is_seen(self, window):
        query = "SELECT 1 FROM silver JOIN device ON device.id = device_id WHERE name = ? AND start_s = ?"
        return self._store.execute(query, (DEVICE, window)).fetchone() is not None

    def _rotate(self):
        """log -> log.1 -> log.2.gz -> …, as logrotate does; the oldest goes to the archive."""
        self._rotated_at = time.monotonic()
        oldest = f"{self._path}.{KEPT}.gz"
        if os.path.exists(oldest):
            os.rename(oldest, os.path.join(self._archive, f"probe-{self.written}.log.gz"))
        for number in range(KEPT - 1, 1, -1):
            if os.path.exists(f"{self._path}.{number}.gz"):
                os.rename(f"{self._path}.{number}.gz", f"{self._path}.{number + 1}.gz")
        if os.path.exists(f"{self._path}.1"):
            packed = os.path.join(self._archive, "packing")
            with open(f"{self._path}.1", "rb") as plain, gzip.open(packed, "wb") as gz:
                gz.write(plain.read())
            os.remove(f"{self._path}.1")
            os.rename(packed, f"{self._path}.2.gz")
        os.rename(self._path, f"{self._path}.1")

    def close(self):
        self._store.close()
