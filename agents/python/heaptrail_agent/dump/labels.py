"""What edges are called: attributes rather than positions in a table, locals rather than cells of a frame."""

import gc
import sys
from collections import deque
from itertools import compress
from types import CodeType, FrameType, ModuleType

from .beside import Beside
from .edge_names import code_parts, local_names
from .frontier import Frontier
from .label_blocks import ATTRIBUTE, INTERNAL, LOCAL, NAMES_EXISTING, NEW_COUNTED, SLOT, LabelBlocks
from .suspended import Suspended, frame_of, is_suspendable
from .type_facts import LIST_SUBCLASS, TUPLE_SUBCLASS, TYPE_SUBCLASS, TypeFacts, namespace_of
from .values import Values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, List, Optional, Sequence, Tuple

    Parts = List[List[object]]

BY_INDEX, MEMBER = 1, 2
# Since 3.13 a `__dict__` that somebody asked for shows the values that lie in the instance, which alone holds them.
SHARES_INLINE_VALUES = sys.version_info >= (3, 13)
_module_dict: "Any" = vars(ModuleType)["__dict__"].__get__


class Labels:
    """Names the edges of one type's objects. Looks up `__dict__` of instances only where the heap is a frozen copy: it would make one."""

    def __init__(self, blocks: LabelBlocks, frontier: Frontier, values: Values, beside: Beside, suspended: Suspended, frozen: bool) -> None:
        self._blocks = blocks
        self._frontier = frontier
        self._values = values
        self._beside = beside
        self._suspended = suspended
        self._frozen = frozen

    def note_values(self, reached: "List[object]") -> None:
        self._values.note(reached)

    def has_hidden_edges(self, facts: TypeFacts) -> bool:
        return facts.kind is CodeType

    def hidden_edges(self, facts: TypeFacts, objects: "List[object]") -> "Optional[Parts]":
        """References of types whose traversal shows none."""
        if facts.kind is not CodeType:
            return None
        self._beside.code(objects)  # type: ignore[arg-type]
        return list(map(code_parts, objects))  # type: ignore[arg-type]

    def items_of_sequence(self, facts: TypeFacts, objects: "List[object]") -> "Optional[Tuple[Parts, Parts, int]]":
        """Items, and what else each object refers to, for deques and subclasses of list, tuple and set. None for others."""
        iterate, labelling = _iteration_of(facts)
        if iterate is None:
            return None
        items: "Parts" = []
        further: "Parts" = []
        for thing in objects:
            referents = gc.get_referents(thing)
            listed = list(iterate(thing))  # type: ignore[operator]
            own = len(referents) - len(listed)
            # The base type's references come last in the traversal of a subclass; a deque's class comes first.
            if own < 0 or list(map(id, referents[own:])) != list(map(id, listed)):
                ids = set(map(id, listed))
                further.append([target for target in referents if id(target) not in ids])
            else:
                further.append(referents[:own])
            items.append(listed)
        if facts.kind is deque:
            self._beside.deques(objects)
        return items, further, labelling

    def further(self, facts: TypeFacts, objects: "List[object]", further: "Parts") -> None:
        """Edges beyond the entries: new ones, each with the best name that is known."""
        self._frontier.meet([target for targets in further for target in targets])
        names = self._blocks.names
        for kind in (ATTRIBUTE, INTERNAL):
            owners: "List[int]" = []
            counts: "List[int]" = []
            name_ids: "List[int]" = []
            addresses: "List[int]" = []
            for thing, targets in zip(objects, further):
                known = self._names_by_target(facts, thing)
                chosen = []
                for target in targets:
                    name = known.get(id(target))
                    if (kind == ATTRIBUTE) == (name is not None and name != "__dict__"):
                        chosen.append((names.plain(name or ""), id(target)))
                if chosen:
                    owners.append(id(thing))
                    counts.append(len(chosen))
                    name_ids.extend([name for name, _ in chosen])
                    addresses.extend([address for _, address in chosen])
            self._blocks.write(kind, NEW_COUNTED, owners, counts, name_ids, addresses)

    def dict_subclass(self, facts: TypeFacts, objects: "List[object]", further: "Parts") -> None:
        self.further(facts, objects, further)

    def name(self, facts: TypeFacts, objects: "List[object]", referents: "Parts") -> None:
        """Names edges that an EDGES block has listed."""
        if facts.flags & TYPE_SUBCLASS:
            self._classes(objects)
            return
        if issubclass(facts.kind, ModuleType):
            self._blocks.one_name(INTERNAL, NAMES_EXISTING, "__dict__", list(map(id, objects)), list(map(id, map(_module_dict, objects))))
            return
        if facts.kind is FrameType or is_suspendable(facts.kind):
            if self._frozen:
                self._locals(facts, objects)
            return
        if facts.dict_getter is not None:
            self._instances(facts, objects, referents)
        for name, getter in facts.slots:
            self._slot(name, getter, objects)
        self._beside.note(facts, objects)

    def _instances(self, facts: TypeFacts, objects: "List[object]", referents: "Parts") -> None:
        if not self._frozen:
            self._tables_among_referents(facts, objects, referents)
            return
        tables = list(map(facts.dict_getter, objects))  # type: ignore[arg-type]
        real = [(id(thing), id(table), targets) for thing, table, targets in zip(objects, tables, referents) if self._frontier.knows(id(table))]
        if real:
            # Since 3.13 the table of an instance is not among its referents while the values are.
            for mode in (NAMES_EXISTING, NEW_COUNTED):
                chosen = [(thing, table) for thing, table, targets in real if (mode == NEW_COUNTED) == _hides(targets, table)]
                self._blocks.one_name(INTERNAL, mode, "__dict__", [thing for thing, _ in chosen], [table for _, table in chosen])
        if not facts.keeps_values_inline:
            return
        # Where the table is the program's own, it is an object with entries; before 3.13 the values are only there.
        made = [(thing, table) for thing, table in zip(objects, tables) if type(table) is dict and (SHARES_INLINE_VALUES or not self._frontier.knows(id(table)))]
        keys = [key for _, table in made for key in table]
        values = [value for _, table in made for value in table.values()]
        self._values.note(values)
        self._blocks.write(ATTRIBUTE, NAMES_EXISTING, [id(thing) for thing, _ in made], [len(table) for _, table in made], self._blocks.names.of(keys), list(map(id, values)))

    def _tables_among_referents(self, facts: TypeFacts, objects: "List[object]", referents: "Parts") -> None:
        """In a running program no table may come into being; one that is there is the only dict among the referents."""
        if facts.slots or facts.keeps_values_inline:
            return
        found = []
        for thing, targets in zip(objects, referents):
            tables = [id(target) for target in targets if type(target) is dict]
            if len(tables) == 1:
                found.append((id(thing), tables[0]))
        self._blocks.one_name(INTERNAL, NAMES_EXISTING, "__dict__", [owner for owner, _ in found], [table for _, table in found])

    def _slot(self, name: str, getter: "Callable[[object], object]", objects: "List[object]") -> None:
        try:
            owners, values = objects, list(map(getter, objects))
        except (AttributeError, ValueError):
            owners, values = _set_ones(getter, objects)
        targets = list(map(id, values))
        if not self._frontier.knows_all(targets):
            # What a getter makes anew is nothing that the object holds.
            known = list(map(self._frontier.knows, targets))
            owners, values, targets = list(compress(owners, known)), list(compress(values, known)), list(compress(targets, known))
        self._values.note(values)
        self._blocks.one_name(SLOT, NAMES_EXISTING, name, list(map(id, owners)), targets)

    def _classes(self, objects: "Sequence[object]") -> None:
        """A class's namespace; that of a static type shows in no traversal."""
        owners: "List[List[int]]" = [[], []]
        tables: "List[List[int]]" = [[], []]
        met: "List[object]" = []
        for kind in objects:
            found = [target for target in gc.get_referents(namespace_of(kind)) if type(target) is dict]  # type: ignore[arg-type]
            if not found:
                continue
            shown = any(target is found[0] for target in gc.get_referents(kind))
            owners[not shown].append(id(kind))
            tables[not shown].append(id(found[0]))
            met.append(found[0])
        self._frontier.meet(met)
        self._blocks.one_name(INTERNAL, NAMES_EXISTING, "__dict__", owners[False], tables[False])
        self._blocks.one_name(INTERNAL, NEW_COUNTED, "__dict__", owners[True], tables[True])

    def _locals(self, facts: TypeFacts, objects: "List[object]") -> None:
        frames = list(map(frame_of, objects))
        if facts.kind is not FrameType:
            self._suspended.note(objects, frames)
        for thing, frame in zip(objects, frames):
            names, values = local_names(frame)
            known = [(name, value) for name, value in zip(names, values) if self._frontier.knows(id(value))]
            self._values.note([value for _, value in known])
            self._blocks.write(LOCAL, NAMES_EXISTING, [id(thing)], [len(known)], self._blocks.names.of([name for name, _ in known]), [id(value) for _, value in known])

    def _names_by_target(self, facts: TypeFacts, thing: object) -> "dict[int, str]":
        names: "dict[int, str]" = {}
        if self._frozen and facts.dict_getter is not None:
            table = facts.dict_getter(thing)
            names[id(table)] = "__dict__"
            if facts.keeps_values_inline and type(table) is dict:
                for key, value in table.items():
                    names[id(value)] = self._blocks.names.text_of(key)
        for name, getter in facts.slots:
            try:
                names[id(getter(thing))] = name
            except (AttributeError, ValueError):
                pass
        return names


def _set_ones(getter: "Callable[[object], object]", objects: "List[object]") -> "Tuple[List[object], List[object]]":
    owners: "List[object]" = []
    values: "List[object]" = []
    for thing in objects:
        try:
            values.append(getter(thing))
        except (AttributeError, ValueError):
            continue  # not set
        owners.append(thing)
    return owners, values


def _hides(targets: "List[object]", table: int) -> bool:
    return SHARES_INLINE_VALUES and table not in map(id, targets)


def _iteration_of(facts: TypeFacts) -> "Tuple[Optional[object], int]":
    if facts.flags & LIST_SUBCLASS:
        return list.__iter__, BY_INDEX
    if facts.flags & TUPLE_SUBCLASS:
        return tuple.__iter__, BY_INDEX
    if issubclass(facts.kind, deque):
        return deque.__iter__, BY_INDEX
    if issubclass(facts.kind, set):
        return set.__iter__, MEMBER
    if issubclass(facts.kind, frozenset):
        return frozenset.__iter__, MEMBER
    return None, 0
