"""Trees of references as text, for a terminal and for a notebook. They keep nothing of the program alive."""

from __future__ import annotations

from html import escape
from typing import Any, Dict, List, Optional


class Branch:
    """One object of a tree, with the reference that leads to it (or, in a tree of referrers, from it).

    `label` is that reference; `type` and `text` say what the object is (`list, 3 entries`, `5`); `note` why it has no
    branches of its own here; `more` branches were left out.
    """

    __slots__ = ("label", "type", "text", "address", "note", "branches", "more")

    def __init__(self, label: str, type: str, text: str, address: int, note: str = "") -> None:
        self.label, self.type, self.text, self.address, self.note = label, type, text, address, note
        self.branches: List[Branch] = []
        self.more = 0

    def line(self, joint: str = ": ") -> str:
        """`.sessions: list, 3 entries`."""
        what = self.type + (", " + self.text if self.text and self.type else self.text)
        line = self.label + joint + what if self.label and what else self.label or what
        return line + ("  (%s)" % self.note if self.note else "")

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        data["branches"] = [branch.as_dict() for branch in self.branches]
        return data


class Tree:
    """A tree of references. `str`, `repr` and a notebook show it; `root` is its first object; `cut` says why it is not whole, or is empty."""

    def __init__(self, root: Branch, joint: str, cut: str) -> None:
        self.root, self._joint, self.cut = root, joint, cut

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return {"root": self.root.as_dict(), "cut": self.cut}

    def __str__(self) -> str:
        lines = [self.root.line(self._joint)]
        waiting = _children(self.root, "")
        while waiting:
            branch, prefix, is_last = waiting.pop()
            if branch is None:
                lines.append(prefix)
                continue
            lines.append(prefix + ("└─ " if is_last else "├─ ") + branch.line(self._joint))
            waiting.extend(_children(branch, prefix + ("   " if is_last else "│  ")))
        return "\n".join(lines + ([self.cut] if self.cut else []))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        parts = ['<div style="font-family: monospace; line-height: 1.4">', _html(self.root, self._joint)]
        if self.cut:
            parts.append("<p>%s</p>" % escape(self.cut))
        return "".join(parts + ["</div>"])


def _children(branch: Branch, prefix: str) -> List[Any]:
    """Branches, last first, as entries for a stack."""
    found: List[Any] = [(None, "%s└─ … %d more" % (prefix, branch.more), True)] if branch.more else []
    count = len(branch.branches)
    for at in range(count - 1, -1, -1):
        found.append((branch.branches[at], prefix, at == count - 1 and not branch.more))
    return found


def _html(root: Branch, joint: str) -> str:
    """Nested lists that open and close. By a stack: a tree may be deep."""
    parts: List[str] = []
    waiting: List[Any] = [root]
    while waiting:
        item: Optional[Any] = waiting.pop()
        if type(item) is str:
            parts.append(item)
            continue
        branch: Branch = item  # type: ignore[assignment]
        line = escape(branch.line(joint))
        if not branch.branches and not branch.more:
            parts.append("<div>%s</div>" % line)
            continue
        parts.append('<details open><summary>%s</summary><div style="margin-left: 1.5em">' % line)
        waiting.append("</div></details>")
        if branch.more:
            waiting.append("<div>… %d more</div>" % branch.more)
        waiting.extend(reversed(branch.branches))
    return "".join(parts)
