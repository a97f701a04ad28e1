"""Drives a program in a pseudo-terminal of 120 columns.

Usage: drive.py PROGRAM [ARGUMENT ...] < steps
Each line of the standard input is a JSON step: {"type": TEXT} sends keys, {"see": TEXT} waits until TEXT stands in what
was shown since the last step that saw something. Afterwards the program must end by itself.
Output: JSON with the exit code, what was shown without escape sequences, and the step that failed (or null).
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

PATIENCE = 60  # seconds: only a hang takes so long, also beside other work on two cores
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]|\x1b\][^\x07]*\x07|\r|\x07")


def main():
    steps = [json.loads(line) for line in sys.stdin if line.strip()]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.argv[1], sys.argv[1:])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
    raw, seen = b"", 0

    def shown():
        return ESCAPES.sub("", raw.decode(errors="replace"))

    def read_until(done):
        nonlocal raw
        end = time.monotonic() + PATIENCE
        while not done():
            left = end - time.monotonic()
            if left <= 0 or not select.select([terminal], [], [], left)[0]:
                return False
            try:
                part = os.read(terminal, 65536)
            except OSError:  # the program has closed its side
                part = b""
            if not part:
                return done()
            raw += part
        return True

    failed = None
    for step in steps:
        if "type" in step:
            os.write(terminal, step["type"].encode())
        elif read_until(lambda: step["see"] in shown()[seen:]):
            seen += shown()[seen:].index(step["see"]) + len(step["see"])
        else:
            failed = step
            break
    code = None
    if failed is None:
        read_until(lambda: False)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    else:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    json.dump({"code": code, "shown": shown(), "failed": failed}, sys.stdout)


main()
