"""Runs one command for as long as the caller lives: the other end of its standard input is the caller.

`python java_watch.py LOG COMMAND...` starts the command with its output in LOG and reads standard input. The
word `stop` ends the command in order, `kill` at once; so does the end of the input, which comes however the
caller ends. It exits with the command's code. It is a process of its own since a caller that is killed can no
longer clear up.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path


def main() -> int:
    log, *command = sys.argv[1:]
    with Path(log).open("ab") as output:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)

    def leave(*_: object) -> None:
        child.kill()

    signal.signal(signal.SIGTERM, leave)
    # The caller's terminal sends Ctrl-C to the whole group; what then happens is for the caller to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def obey() -> None:
        for line in sys.stdin:
            if line.strip() == "stop":
                child.terminate()
            elif line.strip() == "kill":
                break
        child.kill()

    threading.Thread(target=obey, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    # Not sys.exit: the thread still holds standard input, and the interpreter would wait for it.
    import os

    os._exit(main() & 0xFF)
