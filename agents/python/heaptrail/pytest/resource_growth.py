"""Threads and descriptors that each repetition leaves behind: told early, for hundreds of them would harm the process."""

from __future__ import annotations

from typing import List, NamedTuple

from .collecting import collect
from .open_resources import descriptors, threads, wait_until_settled

# More than a pool of threads has by default (32 + cores, at most 36 on small machines): what fills a pool stops before.
_RESOURCE_CALLS = 40


class _Open(NamedTuple):
    threads: int
    descriptors: int


class ResourceGrowth:
    """Whether threads or descriptors are left behind by every call, which must not go on for hundreds of calls."""

    def __init__(self, calls: int) -> None:
        self._last = self._start = self._counts()
        self._start_calls = self._at = calls
        self._grew_always = {"threads": True, "descriptors": True}
        self.left_per_call = 0.0
        self.text, self.calls = "", 0

    @property
    def is_uncertain(self) -> bool:
        """Each block so far has left some, and more calls will tell whether all do."""
        return self.calls < _RESOURCE_CALLS and any(self._grew_always.values())

    def are_left(self, calls: int, allowed: float) -> bool:
        """To be asked after each block; True when it is certain."""
        now = self._counts()
        if any(_number(now, name) > _number(self._last, name) for name in self._grew_always):
            collect()
            wait_until_settled(self._last.threads, self._last.descriptors)
            now = self._counts()
        steps, self.calls = max(1, calls - self._at), calls - self._start_calls
        for name in self._grew_always:
            if _number(now, name) - _number(self._last, name) < steps * max(0.75, allowed):
                self._grew_always[name] = False
        self._last, self._at = now, calls
        left: List[str] = []
        if self.calls >= _RESOURCE_CALLS:
            for name, grew in self._grew_always.items():
                rate = (_number(now, name) - _number(self._start, name)) / self.calls
                if grew and rate > allowed:
                    self.left_per_call += rate
                    left.append("%.3g %s" % (rate, "threads" if name == "threads" else "open files or sockets"))
        self.text = " and ".join(left)
        return bool(left)

    @staticmethod
    def _counts() -> _Open:
        return _Open(threads(), descriptors())


def _number(counted: _Open, name: str) -> int:
    return counted.threads if name == "threads" else counted.descriptors
