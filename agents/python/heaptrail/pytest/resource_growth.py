"""Threads and descriptors that each repetition leaves behind: told early, for hundreds of them would harm the process."""

from __future__ import annotations

from typing import List

from .look import Look, collect, descriptors, threads, wait_until_settled

# More than a pool of threads has by default (32 + cores, at most 36 on small machines): what fills a pool stops before.
_RESOURCE_CALLS = 40


class ResourceGrowth:
    """Whether threads or descriptors are left behind by every call, which must not go on for hundreds of calls."""

    def __init__(self, calls: int) -> None:
        self._look = self._start = self._counts()
        self._start_calls = self._at = calls
        self._grew_always = {"threads": True, "descriptors": True}
        self.left_per_call = 0.0
        self.text, self.calls = "", 0

    def are_left(self, calls: int, allowed: float) -> bool:
        """To be asked after each block; True when it is certain."""
        now = self._counts()
        if any(_number(now, name) > _number(self._look, name) for name in self._grew_always):
            collect()
            wait_until_settled(self._look)
            now = self._counts()
        steps, self.calls = max(1, calls - self._at), calls - self._start_calls
        for name in self._grew_always:
            if _number(now, name) - _number(self._look, name) < steps * max(0.75, allowed):
                self._grew_always[name] = False
        self._look, self._at = now, calls
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
    def _counts() -> Look:
        return Look(0, 0, 0, 0, 0, 0, threads(), descriptors())


def _number(look: Look, name: str) -> int:
    return look.threads if name == "threads" else look.descriptors
