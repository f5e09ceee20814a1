"""`map` on all cores: for work that is long, its items many, and its function pure but for files that it writes.

Workers are forks of this process, made for one row of items and gone after it. They have everything that it has, the
whole briefing included, without a byte of it being sent; only results come back. That is also why there is no pool: one
made early would not know the briefing. Where there is no fork, or only one core, this process does it all: Windows has
none, and on macOS a fork of a process that has used the system's libraries may crash.

The pipes are plain ones: to import those of `multiprocessing` takes half as long as to start a worker.
"""

import gc
import os
import pickle
import select
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from typing import Any, NoReturn, TypeVar

from builder.memo import one_by_one

Given = TypeVar("Given")
Returned = TypeVar("Returned")

FEW = 300
"""Fewer items than this are done sooner than workers are started."""
BATCH = 20
"""How many results a worker sends at a time."""
LENGTH = 8
"""Bytes that say how many follow."""


class WorkerDied(ChildProcessError):
    """A worker was stopped from outside; the message says how."""


@dataclass(slots=True)
class Worker:
    """A process and what comes from it. It does every n-th item, so that long ones that stand together are shared."""

    process: int
    results: FileIO


def spread(work: Callable[[Given], Returned], items: Iterable[Given], /) -> Generator[Returned, None, None]:
    """What `map` gives, in the same order. What `work` raises is raised here; so is WorkerDied."""
    waiting = list(items)
    count = workers_for(len(waiting))
    return in_processes(work, waiting, count) if count > 1 else one_by_one(work, waiting)


def workers_for(items: int) -> int:
    """How many processes are worth their while."""
    if items < FEW or sys.platform == "darwin" or not hasattr(os, "fork"):
        return 1
    return cores()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    work: Callable[[Given], Returned], items: Sequence[Given], count: int
) -> Generator[Returned, None, None]:
    # What is there now is shared with the workers until it is written to, and the collector writes to all it looks at.
    gc.freeze()
    workers: list[Worker] = []
    try:
        for number in range(count):
            workers.append(started(work, items[number::count], workers))
        yield from in_order(workers, len(items))
    finally:
        for worker in workers:
            stop(worker)
        gc.unfreeze()


def in_order(workers: Sequence[Worker], count: int) -> Iterator[Any]:
    """The results of all workers as if one had made them: those that come early wait."""
    received: dict[int, Any] = {}
    next_of = list(range(len(workers)))
    index_of = {worker.results.fileno(): index for index, worker in enumerate(workers)}
    for wanted in range(count):
        while wanted not in received:
            # Whoever has something to say is heard, so that no worker waits for a slower one.
            busy = select.poll()
            for worker, following in zip(workers, next_of, strict=True):
                if following < count:
                    busy.register(worker.results, select.POLLIN)
            for pipe, _ in busy.poll():
                index = index_of[pipe]
                for result in received_from(workers[index]):
                    received[next_of[index]] = result
                    next_of[index] += len(workers)
        yield received.pop(wanted)


def received_from(worker: Worker) -> list[Any]:
    try:
        batch = pickle.loads(read(worker.results, int.from_bytes(read(worker.results, LENGTH))))
    except EOFError:
        raise WorkerDied(in_words(ended(worker))) from None
    if isinstance(batch, BaseException):
        raise batch
    return list(batch)


def read(pipe: FileIO, count: int) -> bytearray:
    """So many bytes; raises EOFError where the other side is gone before."""
    body, come = bytearray(count), 0
    while come < count:
        if not (more := pipe.readinto(memoryview(body)[come:])):
            raise EOFError
        come += more
    return body


def in_words(status: int | None) -> str:
    if status is None:
        return "a process that made pages was stopped; nothing is written"
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        reason = ", most likely for want of memory" if number == signal.SIGKILL else ""
        return f"a process that made pages was stopped by {signal.Signals(number).name}{reason}; nothing is written"
    return f"a process that made pages ended with status {os.waitstatus_to_exitcode(status)}; nothing is written"


def stop(worker: Worker) -> None:
    """Ends a worker that may still be at it, and waits for it: none outlives the work."""
    worker.results.close()
    if worker.process:
        with suppress(ProcessLookupError):
            os.kill(worker.process, signal.SIGKILL)
        ended(worker)


def ended(worker: Worker) -> int | None:
    """Waits for a worker; how it ended. None if nobody knows: where whoever started the command ignores SIGCHLD, the
    system keeps nothing of a process that is gone."""
    process, worker.process = worker.process, 0
    with suppress(ChildProcessError):
        return os.waitpid(process, 0)[1]
    return None


# --- the other side ------------------------------------------------------------------------------------------------


def started(work: Callable[[Any], Any], items: Sequence[Any], others: Sequence[Worker]) -> Worker:
    ours, theirs = os.pipe()
    process = os.fork()
    if process:
        os.close(theirs)
        return Worker(process, FileIO(ours))
    try:
        os.close(ours)
        for other in others:  # else a worker would keep open what only this process is to read
            other.results.close()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        run(work, items, theirs)
    finally:
        end()


def run(work: Callable[[Any], Any], items: Sequence[Any], pipe: int) -> None:
    try:
        for start in range(0, len(items), BATCH):
            send(pipe, pickle.dumps([work(item) for item in items[start : start + BATCH]], 5))
    except Exception as failure:  # noqa: BLE001 - whatever went wrong is raised again where it is waited for
        send(pipe, portable(failure))


def send(pipe: int, body: bytes) -> None:
    """All of it, however little the pipe takes at a time."""
    left = memoryview(len(body).to_bytes(LENGTH) + body)
    while left:
        left = left[os.write(pipe, left) :]


def portable(failure: Exception) -> bytes:
    """An exception as the other process can raise it; what cannot travel goes as its words."""
    try:
        body = pickle.dumps(failure, 5)
        pickle.loads(body)
    except Exception:  # noqa: BLE001 - an exception may refuse to be pickled in any way it likes
        return pickle.dumps(RuntimeError(f"{type(failure).__name__}: {failure}"), 5)
    return body


def end() -> NoReturn:
    """Without a word to what this process shares with its parent: its buffers, its exit handlers."""
    os._exit(0)
