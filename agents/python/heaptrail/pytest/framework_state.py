"""What pytest itself gathers with every run of a test, which repetitions must not leave behind."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Tuple


class FrameworkState:
    """Notes the lengths of pytest's lists about one test, and cuts them back to that.

    pytest keeps, for each run: the captured texts and properties of the test, and a finalizer at each fixture of a wider
    scope that the test uses (they end a function fixture which has ended already). A finalizer of a wider fixture
    that a repetition has set up for the first time is kept: the lists are noted anew then.
    """

    def __init__(self, item: Any) -> None:
        self._item = item
        self._cached: Dict[int, int] = {}
        self._noted: List[Tuple[List[Any], int]] = []
        self._note()

    def _lists(self) -> List[List[Any]]:
        found = [getattr(self._item, name, None) for name in ("_report_sections", "user_properties", "own_markers")]
        stack = getattr(self._item.session._setupstate, "stack", {})
        found += [entry[0] for node, entry in stack.items() if node is not self._item]
        found += [getattr(fixture, "_finalizers", None) for fixture in self._fixtures()]
        return [one for one in found if type(one) is list]

    def _fixtures(self) -> List[Any]:
        """All fixture definitions, wherever this version of pytest keeps them."""
        manager = self._item.session._fixturemanager
        tables = [table for name, table in vars(manager).items() if "fixturedefs" in name]
        tables.append(getattr(self._item._fixtureinfo, "name2fixturedefs", {}))
        found: Dict[int, Any] = {}
        for table in tables:
            _add_definitions(table, found)
        return list(found.values())

    def _cached_now(self) -> Dict[int, int]:
        return {id(fixture): id(getattr(fixture, "cached_result", None)) for fixture in self._fixtures()}

    def _note(self) -> None:
        self._cached = self._cached_now()
        self._noted = [(one, len(one)) for one in self._lists()]

    def restore(self) -> None:
        """To be called after each teardown."""
        if self._cached_now() != self._cached:
            self._note()
            return
        for one, length in self._noted:
            del one[length:]


def _add_definitions(table: Any, found: Dict[int, Any]) -> None:
    """Tables of tables and lists, as deep as they go."""
    if isinstance(table, Mapping):
        for one in table.values():
            _add_definitions(one, found)
    elif isinstance(table, (list, tuple)):
        for one in table:
            _add_definitions(one, found)
    elif hasattr(table, "cached_result"):
        found[id(table)] = table
