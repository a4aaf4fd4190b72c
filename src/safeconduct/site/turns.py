"""Pages are answered one after the other in each process that answers, in the order in which they were asked.

Python computes one page at a time anyway; eight that take turns every few milliseconds are all as late as the last. Whoever sends
something does not wait here: a slow line would hold up everybody.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

_PATIENCE = 2.0  # seconds; then a page is no longer waited for
_ASKS = ("GET", "HEAD")


class Line:
    """A lock that is handed on in the order of coming; a `threading.Lock` goes to whoever comes at the right moment."""

    def __init__(self) -> None:
        self._guard, self._taken = threading.Lock(), False
        self._waiting: deque[threading.Lock] = deque()

    def take(self, *, patience: float) -> bool:
        """Wait for one's turn; False where it did not come within so many seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it came at the last moment

    def hand_on(self) -> None:
        """The turn of the next."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class InTurn:
    """A WSGI application around another, which computes its pages in turn; what they send is sent outside."""

    def __init__(self, answer: Callable[..., Iterable[bytes]]) -> None:
        self._answer, self._line = answer, Line()

    def __call__(self, request: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        mine = request["REQUEST_METHOD"] in _ASKS and self._line.take(patience=_PATIENCE)
        try:
            return self._answer(request, start_response)
        finally:
            if mine:
                self._line.hand_on()
