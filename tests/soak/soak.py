# SPDX-License-Identifier: GPL-3.0-or-later
"""The run of soak.sh: soak.py MINUTES BUILD_FOLDER

First the window loads six hours of 20 devices at 1 Hz. Then it follows them live at 5 Hz with late and
bad lines, in files that are rolled each minute, beside a log that is rotated and packed, while
retention gives up what is old by age and by size. A sample is taken every ten seconds.
"""
import csv
import datetime
import json
import os
import shutil
import signal
import sys
import tempfile
import time

import accounts
import judge
from probe import Probe
from processes import Processes
from sampler import COLUMNS, Sampler

DEVICES = "20"
FAULTS = ("--late", "0.02", "--bad", "0.01")
LIVE_RATE = "5"
LOADED = datetime.timedelta(hours=6)
RETENTION = ("--bronze", "4h,24MB", "--silver", "5h,40MB")
SAMPLE_EVERY_S = 10.0
PROBE_EVERY_S = 1.0
LOAD_PATIENCE_S = 600.0
END_S = 1.0  # within which the window is gone


class Soak:
    def __init__(self, seconds, program, folder, samples_path):
        self.seconds, self.program, self.folder, self.samples_path = seconds, program, folder, samples_path
        self.store = os.path.join(folder, "soak.meteorograph")
        self.data = os.path.join(folder, "sensors")
        self.archive = os.path.join(folder, "archive")
        os.mkdir(self.data)
        os.mkdir(self.archive)
        self.processes = Processes(folder, program)
        self.samples = []
        self.lost = 0

    def run(self):
        good, bad = self.prepare()
        self.window = self.processes.start("window", self.program, "--store", self.store, self.data)
        self.sampler = Sampler(self.window.pid, self.store)
        loaded_s = self.await_store(good, bad, LOAD_PATIENCE_S)
        print(f"{good + bad} records loaded in {loaded_s:.1f} s; live for {self.seconds / 60:.0f} minutes, "
              f"of which {judge.warm_up_s(self.seconds) / 60:.1f} are warm-up", flush=True)
        more_good, more_bad = self.live()
        good, bad = good + more_good, bad + more_bad
        self.await_store(good, bad, 60)
        self.sampler.close()
        return self.verdict(good, bad)

    def prepare(self):
        """A store that keeps a part, and files to load; how many good and bad lines they hold."""
        self.processes.run("ingest", "--store", self.store, self.archive)
        self.processes.run("retain", "--store", self.store, *RETENTION)
        start = datetime.datetime.now(datetime.timezone.utc) - LOADED
        told = self.processes.run("simulate", "--output", self.data, "--devices", DEVICES, "--fast", "--start",
                                  f"{start:%Y-%m-%dT%H:%M:%SZ}", "--duration", str(LOADED.seconds), *FAULTS)
        self.processes.start_display()
        return accounts.written(told)

    def await_store(self, good, bad, patience_s):
        """Waits until so much is in the store, or until patience ends; seconds it took."""
        began = time.monotonic()
        while time.monotonic() - began < patience_s:
            if self.window.poll() is not None:
                raise RuntimeError("the window has ended by itself; see window.output.errors")
            self.sampler.look_at_log()
            readings, quarantined, _ = self.sampler.totals()
            if readings >= good and quarantined >= bad:
                break
            time.sleep(0.1)
        return time.monotonic() - began

    def live(self):
        """Good and bad lines that were written meanwhile."""
        simulator = self.processes.start("simulator", self.program, "simulate", "--output", self.data, "--devices",
                                         DEVICES, "--rate", LIVE_RATE, "--forever", "--seed", "2", *FAULTS)
        probe = Probe(self.data, self.archive, self.store)
        with open(self.samples_path, "w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS)
            rows.writeheader()
            self.follow(probe, rows, file)
        probe.close()
        self.processes.stop(simulator)
        with open(self.processes.output("simulator"), encoding="utf-8") as report:
            good, bad = accounts.written(report.read())
        return good + probe.written, bad

    def follow(self, probe, rows, file):
        began = time.monotonic()
        sample_at = SAMPLE_EVERY_S
        while (passed := time.monotonic() - began) < self.seconds:
            if self.window.poll() is not None:
                raise RuntimeError("the window has ended by itself; see window.output.errors")
            latency = probe.measure()
            self.lost += latency is None
            self.sampler.note(latency if latency is not None else float("inf"))
            if passed >= sample_at:
                sample_at += SAMPLE_EVERY_S
                self.samples.append(self.sampler.sample(passed))
                rows.writerow(self.samples[-1])
                file.flush()
            # Not in step with the simulator's own seconds.
            time.sleep(max(0.0, PROBE_EVERY_S * 1.03 - (time.monotonic() - began - passed)))

    def verdict(self, good, bad):
        verdict = judge.judge(self.samples)
        verdict.check("seen in time", f"all but {self.lost}", self.lost == 0)
        ended_s = self.processes.stop(self.window)
        verdict.check("ends by SIGTERM", f"in {ended_s:.2f} s with {self.window.returncode}",
                      ended_s <= END_S and self.window.returncode == 0)
        fresh = os.path.join(self.folder, "fresh.meteorograph")
        self.processes.run("ingest", "--store", fresh, self.data, self.archive)
        accounts.check(verdict, self.store, fresh, good, bad)
        found = json.loads(self.processes.run("status", "--store", self.store, "--check", "--json"))["integrity"]
        verdict.check("the store's check", str(found), found == "ok")
        return verdict


def main():
    minutes, build = int(sys.argv[1]), sys.argv[2]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp(prefix="meteorograph-soak.", dir=os.environ.get("TMPDIR", "/var/tmp"))
    samples = os.path.join(build, f"soak-{datetime.datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.csv")
    print(f"samples: {samples}\nfolder: {folder}", flush=True)
    soak = Soak(minutes * 60, os.path.join(build, "meteorograph"), folder, samples)
    failed = True
    try:
        verdict = soak.run()
        failed = verdict.failed
        print(verdict)
    finally:
        soak.processes.stop_all()
        if not failed:
            shutil.rmtree(folder)
    print("Something drifts or is lost; its folder stays." if failed else "Nothing drifts, nothing is lost.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
