"""A path from a root to an object, as text and numbers: it keeps nothing of the program alive."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Tuple

# What a search can come to.
FOUND, UNSEEN, GARBAGE, CUT, CALLER = "found", "unseen", "garbage", "cut", "caller"

UNSEEN_ROOT = "native code or a value that a running function has not named"


class Step(NamedTuple):
    """One reference and the object that it leads to.

    `label` as in the program's text (`.name`, `["key"]`, `[3]`, `closure name`), empty for an object that a root
    stands for itself; `entries` is the length of a
    container of CPython's own, else None; `address` is the object's `id`, which says nothing once it is gone.
    """

    label: str
    type: str
    entries: Optional[int]
    address: int

    def text(self) -> str:
        """`.registry (dict, 3 entries)`."""
        if self.type.startswith("class "):
            return self.label or self.type
        what = self.type if self.entries is None else "%s, %s" % (self.type, counted(self.entries))
        return ("%s (%s)" % (self.label, what)).strip()


class Holding(NamedTuple):
    """Why an object is alive.

    `status`  `found`: `root` and `steps` lead to it; the last step is the object itself
              `unseen`: nothing that the collector sees holds the first of `steps`, and still it is held
              `garbage`: nothing holds it but a cycle; it waits for the cyclic collector
              `caller`: only a variable of the function that asked
              `cut`: the search ended before an answer, for the reason in `note`
    `nodes` objects were looked at, in `seconds`. `note` may be empty.
    """

    status: str
    root: str
    steps: Tuple[Step, ...]
    note: str
    nodes: int
    seconds: float

    def __str__(self) -> str:
        if self.status == GARBAGE:
            return "nothing: it waits for the cyclic collector" + _with(self.note)
        if self.status == CUT:
            return "not known: " + self.note
        if self.status == CALLER:
            return self.root + _with(self.note)
        steps = list(self.steps)
        begin = self.root
        if steps and not steps[0].label:
            begin = "%s %s" % (begin, steps.pop(0).text())
        return " → ".join([begin] + [step.text() for step in steps]) + _with(self.note)

    @property
    def pattern(self) -> str:
        """The path without what differs from object to object: keys, positions, numbers of entries. Equal for equal holders."""
        parts = [self.status, self.root.split(" (")[0]]
        for step in self.steps:
            label = "[x]" if step.label.startswith("[") else step.label
            parts.append("%s %s" % (label, step.type))
        return " ".join(parts)

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = self._asdict()
        steps: List[Dict[str, Any]] = [step._asdict() for step in self.steps]
        data["steps"] = steps
        return data


def counted(entries: Optional[int]) -> str:
    """`1 entry`, `3 entries`; empty for None."""
    return "" if entries is None else "%d %s" % (entries, "entry" if entries == 1 else "entries")


def _with(note: str) -> str:
    return " (%s)" % note if note else ""
