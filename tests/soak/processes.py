# SPDX-License-Identifier: GPL-3.0-or-later
"""The processes of a run, each ended by its id when the run is over."""
import os
import signal
import subprocess
import time


class Processes:
    def __init__(self, folder, program):
        self._folder = folder
        self._program = program
        self._running = []
        self._environment = dict(os.environ, LC_ALL="C.UTF-8", QT_QPA_PLATFORM="xcb")
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            self._environment[f"XDG_{name}_HOME"] = os.path.join(folder, name.lower())
        self._environment["XDG_RUNTIME_DIR"] = os.path.join(folder, "runtime")
        os.mkdir(self._environment["XDG_RUNTIME_DIR"], 0o700)

    def start(self, name, *arguments, **more):
        """Its output goes to files of that name in the folder."""
        with open(self.output(name), "wb") as out, open(self.output(name) + ".errors", "wb") as errors:
            process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
                                       env=self._environment, **more)
        self._running.append(process)
        return process

    def start_display(self):
        """An X server on a number that it finds free itself."""
        reading, writing = os.pipe()
        self.start("display", "Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp",
                   pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb does not start; see display.errors")
        self._environment["DISPLAY"] = f":{number}"

    def run(self, *arguments):
        """Runs the program to its end and gives what it printed."""
        return subprocess.run([self._program, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                              encoding="utf-8", check=True, env=self._environment).stdout

    def output(self, name):
        return os.path.join(self._folder, name + ".output")

    def stop(self, process, patience_s=60.0):
        """Ends it by SIGTERM; how many seconds that took."""
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(patience_s)
        return time.monotonic() - began

    def stop_all(self):
        for process in reversed(self._running):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
