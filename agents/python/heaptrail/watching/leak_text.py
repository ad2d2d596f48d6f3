"""A check for leaks as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict, List, Tuple

from ..byte_text import byte_text
from .watched_object import WatchedObject

if TYPE_CHECKING:
    from .leak_check import LeakCheck

_MOST_GROUPS = 20
_MOST_HOLDERS = 3
_MOST_FRAMES = 4


def leak_text(check: LeakCheck) -> str:
    """Leaks of one class, place and label together, those of most objects first."""
    lines = [_headline(check)]
    groups = _grouped(check.leaks)
    for group in groups[:_MOST_GROUPS]:
        lines += [""] + _leak(group)
    if len(groups) > _MOST_GROUPS:
        lines += ["", "… and %d more kinds of leaks" % (len(groups) - _MOST_GROUPS)]
    for group in _grouped(check.uncertain)[:_MOST_GROUPS]:
        lines += ["", "?     %s: whether it is the same object that was watched cannot be told" % _what(group)] + _made(group[0])
    if check.note:
        lines += ["", "note  " + check.note]
    return "\n".join(lines)


def _headline(check: LeakCheck) -> str:
    parts = ["%d of %d watched objects %s alive past %s time" % (
        check.leak_count, check.watched, "is" if check.leak_count == 1 else "are", "its" if check.leak_count == 1 else "their")]
    if check.garbage:
        parts.append("%d more %s only for the cyclic collector" % (check.garbage, "waits" if check.garbage == 1 else "wait"))
    if check.pending:
        parts.append("%d %s time left" % (check.pending, "has" if check.pending == 1 else "have"))
    return "; ".join(parts)


def _grouped(found: Tuple[WatchedObject, ...]) -> List[List[WatchedObject]]:
    groups: Dict[Tuple[object, ...], List[WatchedObject]] = {}
    for one in found:
        groups.setdefault((one.type, one.place, one.label), []).append(one)
    return sorted(groups.values(), key=lambda group: -len(group))


def _leak(group: List[WatchedObject]) -> List[str]:
    lines = ["LEAK  " + _what(group)] + _made(group[0])
    holders: Dict[str, Tuple[int, str]] = {}
    for one in group:
        if one.held_by is not None:
            count, text = holders.get(one.held_by.pattern, (0, str(one.held_by)))
            holders[one.held_by.pattern] = (count + 1, text)
    for count, text in list(holders.values())[:_MOST_HOLDERS]:
        lines.append("  held by   " + text + ("" if count == 1 else "   (and %d more alike)" % (count - 1)))
    if not holders:
        lines.append("  held by   not searched: more objects than paths were asked for")
    return lines


def _what(group: List[WatchedObject]) -> str:
    one = group[0]
    size = sum([each.size_bytes for each in group])
    number = "" if len(group) == 1 else "%d objects, " % len(group)
    label = "" if one.label is None else ', label "%s"' % one.label
    oldest = max([each.age_s for each in group])
    return "%s   %s%s, %s%.1f s old%s" % (one.type, number, byte_text(size), "" if len(group) == 1 else "the oldest ", oldest, label)


def _made(one: WatchedObject) -> List[str]:
    if not one.stack:
        return ["  %-9s in more places than are kept" % one.how]
    at = one.stack.index(one.place) if one.place in one.stack else 0
    shown = [str(place) for place in one.stack[at : at + _MOST_FRAMES]]
    return ["  %-9s %s" % (one.how, " ← ".join(shown + (["…"] if len(one.stack) > at + _MOST_FRAMES else [])))]
