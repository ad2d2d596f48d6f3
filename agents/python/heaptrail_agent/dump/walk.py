"""The walk over the heap: every object once, level by level, written as it is met."""

import gc
import sys
import time
from array import array
from itertools import compress, repeat
from operator import is_

import _thread

from .. import __version__
from .beside import Beside
from .blocks import END, HEAD, MOST_GATHERED_BYTES, MOST_ITEMS, ROOTS, TYPE, BlockWriter
from .edges import Edges
from .frontier import Frontier
from .gathered_blocks import GatheredBlocks
from .label_blocks import LabelBlocks
from .labels import Labels
from .names import NameTable
from .privacy import Privacy
from .roots import Roots
from .sites import Sites
from .suspended import Suspended
from .texts import Texts
from .type_facts import HEAP_TYPE, TypeFacts, TypeTable
from .values import Values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Iterator, List, Optional, Sequence, Tuple, Union

    from .blocks import Disk, StillDisk
    from .still import StillCalls

    Group = Tuple[TypeFacts, List[object], List[int]]

_IMMORTAL = 1 << 30
# Up to so many types it is faster to go through a chunk once for each, at the speed of C.
_FEW_TYPES = 4
_NOT_KNOWN = 0xFFFFFFFF
_FREE_THREADED = not getattr(sys, "_is_gil_enabled", lambda: True)()


class WalkOrder:
    """What to walk and how. `frozen`: the heap is a private copy in which nothing else runs."""

    def __init__(self, sequence: int, taken_at_ms: float, keep_strings: bool, frozen: bool, pid: int) -> None:
        self.sequence = sequence
        self.taken_at_ms = taken_at_ms
        self.keep_strings = keep_strings
        self.frozen = frozen
        self.pid = pid
        # Calls of a cloned child, which may read its own memory.
        self.still: "Optional[StillCalls]" = None
        # The interpreter's lists of at-fork handlers, where they can be known.
        self.at_fork: "Sequence[object]" = ()
        # In a running program every step is a short one.
        self.batch = MOST_ITEMS if frozen else 500
        self.gathered_bytes = MOST_GATHERED_BYTES if frozen else MOST_GATHERED_BYTES // 32
        # Objects of the walker that the program's graph leads to.
        self.leave_out: "List[object]" = [self]


def walk_heap(disk: "Union[Disk, StillDisk]", order: WalkOrder) -> "Iterator[None]":
    """Writes a whole dump; stops for breath after every group of objects of one type."""
    # Before anything of the walker's is made; its generator too would be among them.
    return _walk(disk, order, gc.get_objects())


def _walk(disk: "Union[Disk, StillDisk]", order: WalkOrder, objects: "List[object]") -> "Iterator[None]":
    began = time.monotonic()
    began_cpu = time.thread_time()
    privacy = Privacy(order.keep_strings)
    out = BlockWriter(disk)
    names = NameTable(out, privacy)
    frontier = Frontier()
    sites = Sites(out)
    rows = GatheredBlocks(out, order.gathered_bytes)
    labels = Labels(LabelBlocks(rows, names), frontier, Values(out), Beside(out, privacy), Suspended(out), order.frozen)
    edges = Edges(rows, frontier, Texts(out, privacy), labels, order.frozen)
    types = TypeTable()
    roots = Roots(privacy)
    roots.collect(_thread.get_ident(), order.still, order.frozen, order.at_fork)
    out.json(HEAD, _head(order, sites))
    # A sign of life, for whoever waits for the first byte.
    out.flush()
    out.json(ROOTS, roots.rows())
    frontier.start(objects)
    frontier.leave_out(order.leave_out + [objects])
    frontier.meet(roots.objects)
    del objects
    roots.objects.clear()
    for facts, group, _ in _by_type(frontier.opaque, [_NOT_KNOWN] * len(frontier.opaque), types):
        _announce(types, out, frontier, privacy)
        edges.write_opaque(facts, group)
        del group
    frontier.opaque.clear()
    own = _own_references()
    while True:
        level = frontier.next_level()
        if not level:
            break
        refs = _reference_counts(level, own, order.frozen)
        for first in range(0, len(level), order.batch):
            for facts, group, group_refs in _by_type(level[first : first + order.batch], refs[first : first + order.batch], types):
                _announce(types, out, frontier, privacy)
                edges.write(facts, group, group_refs)
                sites.note(facts, group)
                yield
        # Nothing of a level may be held while the references of the next are counted.
        del level, refs, facts, group, group_refs
    rows.flush()
    out.json(
        END,
        {
            "objects": edges.objects,
            "edges": edges.edges,
            "cpuMs": (time.thread_time() - began_cpu) * 1000,
            "wallMs": (time.monotonic() - began) * 1000,
            "complete": True,
            "skipped": {} if order.frozen else {"variables of running functions: the heap was walked while the program ran": 1},
        },
    )
    out.flush()


def _announce(types: TypeTable, out: BlockWriter, frontier: Frontier, privacy: Privacy) -> None:
    """Types that were met for the first time: each before its first object."""
    for fresh in types.take_fresh():
        out.json(TYPE, [_described(fresh, privacy)])
        frontier.meet([fresh.kind])


def _described(facts: TypeFacts, privacy: Privacy) -> "Dict[str, object]":
    described = facts.describe()
    described["module"] = privacy.dotted(facts.module)
    # Types of C have the names that their source gives them, `method-wrapper` among them.
    if facts.flags & HEAP_TYPE:
        described["name"] = privacy.class_name(facts.name)
    return described


def _by_type(chunk: "List[object]", refs: "List[int]", types: TypeTable) -> "List[Group]":
    """Groups of one type each; types are told apart by address, for a metaclass may have an opinion on equality."""
    kinds = list(map(type, chunk))
    by_address = {id(kind): kind for kind in kinds}
    groups: "Dict[int, Tuple[List[object], List[int]]]" = {address: ([], []) for address in by_address}
    if len(groups) == 1:
        ((address, kind),) = by_address.items()
        return [(types.of(kind, chunk[0]), chunk, refs)]
    if len(groups) <= _FEW_TYPES:
        for address, kind in by_address.items():
            chosen = list(map(is_, kinds, repeat(kind)))
            groups[address] = (list(compress(chunk, chosen)), list(compress(refs, chosen)))
        return [(types.of(by_address[address], group[0]), group, counts) for address, (group, counts) in groups.items()]
    appends = {address: (group.append, counts.append) for address, (group, counts) in groups.items()}
    for address, thing, count in zip(map(id, kinds), chunk, refs):
        append, append_count = appends[address]
        append(thing)
        append_count(count)
    return [(types.of(by_address[address], group[0]), group, counts) for address, (group, counts) in groups.items()]


def _own_references() -> int:
    """How many references to an object the counting itself adds, on this version."""
    return list(map(sys.getrefcount, [object()]))[0]


def _reference_counts(level: "List[object]", own: int, exact: bool) -> "List[int]":
    if not exact or _FREE_THREADED:
        return [_NOT_KNOWN] * len(level)
    counts = array("Q", map(sys.getrefcount, level))
    return [count - own if count < _IMMORTAL else _NOT_KNOWN for count in counts]


def _head(order: WalkOrder, sites: Sites) -> "Dict[str, object]":
    return {
        "writer": "heaptrail-python %s" % __version__,
        "runtime": {"name": "cpython", "version": "%d.%d.%d" % sys.version_info[:3], "build": "free-threaded" if _FREE_THREADED else "gil"},
        "pid": order.pid,
        "sequence": order.sequence,
        "takenAtMs": order.taken_at_ms,
        "mode": "forked-child" if order.frozen else "in-process",
        "text": "all" if order.keep_strings else "identifiers",
        "ownReferences": 0,
        "tracing": {"on": True, "frames": sites.frame_limit, "sinceMs": 0} if sites.on else None,
    }
