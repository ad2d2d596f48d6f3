"""What was found about one test: texts and numbers, nothing of the program."""

from __future__ import annotations

import re
from typing import Any, Dict, List, NamedTuple, Tuple

LEAK, CLEAN, CANNOT_TELL = "leak", "clean", "cannot tell"

_MOST_PLACES = 8
_LENGTH = re.compile(r", \d+ entr(?:y|ies)\b")


class LeakPlace(NamedTuple):
    """One place that grows.

    `type`     what is kept there, and `per_call` how many of it each repetition adds
    `objects`  how many objects each repetition adds with all that hangs on them, as far as the collector lists them
    `made`     lines that allocated it, innermost first, with their source; empty where tracemalloc does not know
    `held_by`  the shortest path from a root
    `state`    empty for a leak; else why it is none: `accepted`, `allowed by …`, `test state: …`
    """

    type: str
    per_call: float
    objects: float
    made: Tuple[str, ...]
    held_by: str
    fingerprint: str
    state: str

    def lines(self) -> List[str]:
        """As people read it."""
        beyond = "" if self.objects <= self.per_call else ", %s objects with all that hangs on it" % _number(self.objects)
        lines = ["LEAK  %s   %s per call%s" % (self.type, _number(self.per_call), beyond)]
        for at, made in enumerate(self.made):
            lines.append("  %s  %s" % ("          from" if at else "made    ", made))
        lines.append("  held by   " + self.held_by)
        lines.append("  accept    " + self.fingerprint)
        return lines

    def one_line(self) -> str:
        """For the list of accepted leaks: `app.Session held by module app → .SESSIONS (list)`; without numbers that differ from run to run."""
        held_by = _LENGTH.sub("", self.held_by)
        made = ", made at " + self.made[0].split("  ")[0] if self.made else ""
        return "%s held by %s%s" % (self.type, held_by, made)


class Verdict(NamedTuple):
    """`name` of the test; `verdict`, and the `reason` for it.

    `places`    all that grew, also what is no leak (see `LeakPlace.state`)
    `resources` texts of threads, tasks, files and sockets that were left behind
    `repeats`   repetitions that were looked at, in `seconds`
    `smallest`  growth of fewer objects per call would not have been seen; 0 when that is not known
    """

    name: str
    verdict: str
    reason: str
    places: Tuple[LeakPlace, ...]
    resources: Tuple[str, ...]
    repeats: int
    seconds: float
    smallest: float

    @property
    def leaks(self) -> Tuple[LeakPlace, ...]:
        """Places that are neither accepted nor allowed nor test state."""
        return tuple(place for place in self.places if not place.state)

    def __str__(self) -> str:
        lines = ["%s: %s" % (self.name, self.verdict), "  " + self.reason]
        if self.verdict != LEAK and self.smallest:
            lines.append("  " + self.smallest_text())
        shown = self.leaks
        for place in shown[:_MOST_PLACES]:
            lines += [""] + place.lines()
        if len(shown) > _MOST_PLACES:
            lines += ["", "… and %d more places" % (len(shown) - _MOST_PLACES)]
        if self.resources:
            lines += [""] + ["LEFT  " + text for text in self.resources]
        others = [place for place in self.places if place.state]
        if others:
            lines += [""] + ["note  %s: %s   %s" % (place.state, place.one_line(), place.fingerprint) for place in others]
        return "\n".join(lines)

    def smallest_text(self) -> str:
        """Down to which growth the repetitions would have shown it."""
        calls = max(1, round(1 / self.smallest)) if self.smallest else 0
        return "growth of less than 1 object in %s would not have been seen" % ("1 call" if calls == 1 else "%d calls" % calls)

    def as_dict(self) -> Dict[str, Any]:
        """Plain data: what a worker of pytest-xdist sends."""
        data: Dict[str, Any] = self._asdict()
        data["places"] = [dict(place._asdict(), made=list(place.made)) for place in self.places]
        data["resources"] = list(self.resources)
        return data


def verdict_of(data: Dict[str, Any]) -> Verdict:
    """The verdict that `as_dict` came from."""
    places = tuple(LeakPlace(**dict(place, made=tuple(place["made"]))) for place in data["places"])
    return Verdict(**dict(data, places=places, resources=tuple(data["resources"])))


def _number(value: float) -> str:
    return "%d" % round(value) if abs(value - round(value)) < 0.05 else "%.1f" % value
