"""Whole processes measured from outside: wall time, processor time, peak memory."""

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from threading import Event, Thread
from time import perf_counter, thread_time

SHORTEST_PAUSE, SHARE_OF_TIME = 0.01, 50
"""Seconds between two looks at the memory, and how many times longer a pause is than the look before it: to ask for
the memory of a process stops it for as long as the system counts its pages."""

AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Who installs a program in Python has it compiled, by pip or by its first run; else every run compiles all of it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took: seconds by the clock, seconds of all processors, and bytes at the peak.

    The processors' seconds are those of the command and of all that it started and waited for, the system's work for
    them included. The bytes are the proportional set sizes (PSS) of all its processes together, so that what they share
    counts once.
    """

    wall: float
    cpu: float
    memory: int


def middle(runs: Sequence[Measured]) -> Measured:
    """The median of each figure."""
    return Measured(
        median(run.wall for run in runs), median(run.cpu for run in runs), round(median(run.memory for run in runs))
    )


def measure(command: Sequence[str | Path], folder: Path) -> Measured:
    """Runs a command to its end, with nothing to read. Raises RuntimeError with what it printed if it fails."""
    with TemporaryFile() as printed:
        begun = perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env=AS_INSTALLED,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        look = Look(process.pid)
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            wall = perf_counter() - begun
            look.end()
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        if process.returncode:
            said = printed.read().decode(errors="replace")
            raise RuntimeError(f"exit status {process.returncode}: {' '.join(map(str, command))}\n{said}")
    return Measured(wall, used.ru_utime + used.ru_stime, look.peak)


class Look:
    """Looks at the memory of a process and of all that it has started, again and again, until it is told to end."""

    def __init__(self, process: int) -> None:
        self.peak = 0
        self._ended = Event()
        self._thread = Thread(target=self._look, args=(process,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self, process: int) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            begun = thread_time()
            self.peak = max(self.peak, sum(map(proportional_set_size, (process, *descendants(process)))))
            pause = max(SHORTEST_PAUSE, SHARE_OF_TIME * (thread_time() - begun))


def proportional_set_size(process: int) -> int:
    """In bytes; 0 for a process that has ended."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    sizes = (line.split() for line in text.splitlines() if line.startswith("Pss:"))
    return sum(int(kilobytes) * 1024 for _, kilobytes, _ in sizes)


def descendants(process: int) -> Iterator[int]:
    """All processes that a process and its threads have started, and theirs."""
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            started = [int(child) for child in children.read_text(encoding="ascii").split()]
        except OSError:  # the thread has ended between the two looks
            continue
        for child in started:
            yield child
            yield from descendants(child)
