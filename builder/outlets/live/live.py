"""The one variable of the server: what is shown now. One thread builds, the event loop answers."""

import asyncio
from dataclasses import replace
from threading import Lock
from typing import Any

from builder.outlets.live.shown import Shown


class Live:
    """Swaps what is shown, and wakes those who wait for something newer."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.ended = False
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: set[asyncio.Event] = set()

    def show(self, **changes: Any) -> Shown:
        """Changes some of what is shown; from any thread. The fields are those of Shown."""
        with self._lock:
            self.shown = replace(self.shown, **changes, number=self.shown.number + 1)
        self._wake()
        return self.shown

    def end(self) -> None:
        """Lets everybody go who waits; from any thread, and from a signal's handler."""
        self.ended = True
        self._wake()

    def _wake(self) -> None:
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_now)

    def _wake_now(self) -> None:
        for event in self._waiting:
            event.set()

    # --- on the event loop -----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Says that this is the loop on which others wait."""
        self._loop = asyncio.get_running_loop()

    async def newer_than(self, number: int, patience: float) -> bool:
        """Waits until something newer is shown or the server ends, but not longer than this many seconds."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            if self.shown.number > number or self.ended:
                return True
            await asyncio.wait_for(event.wait(), patience)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(event)
        return True
