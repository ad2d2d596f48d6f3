"""Repeats in stages, follows what grows, and ends with a verdict."""

from __future__ import annotations

import marshal
import time
from typing import Dict, Iterator, List, Optional, Tuple

from ...byte_text import byte_text
from ..snapshot import Stack
from ..tracing import tracing
from .growth_report import CANNOT_TELL, GROWING, NOT_GROWING, GrowthPlace, GrowthReport
from .measurement import Key, Measurement, kind_of, measure, stage_values
from .pace import COUNTS, NOT, SLOWING, STEADY, StageValues, is_worth_following, pace, spread
from .stages import BLOCKS, stages
from .type_cache import type_cache_clearer

Places = Tuple[GrowthPlace, ...]


class GrowthAnalysis:
    """One analysis. The caller loops over `blocks()`, repeats the function as often as each item says, and asks for the `report()`.

    Whoever repeats (a plain loop, or one that awaits) is not known here.
    """

    def __init__(self, name: str, warm_up: int, repetitions: int, seconds: float) -> None:
        self._name, self._warm_up, self._seconds = name, warm_up, seconds
        self._plan = stages(repetitions)
        self._clear_type_cache = type_cache_clearer()
        self._measurements: Tuple[Measurement, ...] = ()  # of the stage under way; a list would count as one that grows
        self._history = b""  # marshalled: {key: [(repetitions, values), ...]}
        self._stages_done = self._repetitions = 0
        self._stopped_by: Optional[str] = None
        self._started = time.monotonic()

    def blocks(self) -> Iterator[int]:
        """Numbers of repetitions; a measurement is taken when the next one is asked for."""
        yield self._warm_up
        self._measure()
        for at, length in enumerate(self._plan):
            for _ in range(BLOCKS):
                if self._stopped_by is None and time.monotonic() - self._started > self._seconds:
                    self._stopped_by = "%d repetitions took all of the %g seconds" % (self._repetitions, self._seconds)
                if self._stopped_by is not None:
                    return
                yield length
                self._repetitions += length
                self._measure()
            if self._stopped_by is None and self._end_stage(at, length * BLOCKS):
                return

    def _measure(self) -> None:
        epoch = tracing.epoch()
        if epoch is None or (self._measurements and self._measurements[0].epoch != epoch):
            self._stopped_by = "tracemalloc was stopped, or its traces cleared, while the function was repeated"
            return
        try:
            self._measurements += (measure(epoch, self._clear_type_cache),)
        except MemoryError:
            self._stopped_by = "memory ran out while it was measured"

    def _end_stage(self, at: int, repetitions: int) -> bool:
        """Follows what moved; True when nothing is left to follow. The first stage is one more warm-up."""
        stage = stage_values(repetitions, self._measurements)
        history: Dict[Key, List[Tuple[int, Tuple[int, ...]]]] = marshal.loads(self._history) if self._history else {}
        followed = {
            key: history.get(key, []) + [tuple(values)]
            for key, values in stage.items()
            if (at < 2 or key in history) and is_worth_following(values, kind_of(key))
        }
        if at == 0:
            followed = {}
        self._history = marshal.dumps(followed)
        self._stages_done = at + 1
        if at < len(self._plan) - 1:
            self._measurements = self._measurements[-1:]
        return at > 0 and not followed

    def report(self) -> GrowthReport:
        """The verdict of what was repeated so far."""
        history = {key: [StageValues(*one) for one in stages_] for key, stages_ in self._loads().items()}
        paces = {key: pace(values, kind_of(key)) for key, values in history.items()}
        lines, types = _places(paces, history)
        verdict, reason = self._judge(lines, types)
        return GrowthReport(
            self._name, verdict, reason, self._repetitions, self._warm_up, round(time.monotonic() - self._started, 3),
            sum(line.bytes_per_repetition for line in lines), self._smallest(history, paces), lines, types)

    def _loads(self) -> Dict[Key, List[Tuple[int, Tuple[int, ...]]]]:
        history: Dict[Key, List[Tuple[int, Tuple[int, ...]]]] = marshal.loads(self._history) if self._history else {}
        return history

    def _judge(self, lines: Places, types: Places) -> Tuple[str, str]:
        steady = [place for place in lines + types if place.pace == STEADY]
        if self._stopped_by is not None:
            so_far = "it grew steadily until then" if steady else "nothing had grown steadily until then" if self._stages_done > 1 else ""
            return CANNOT_TELL, "; ".join(filter(None, (self._stopped_by, so_far, "allow more seconds, or ask for fewer repetitions")))
        if self._stages_done < len(self._plan):
            return NOT_GROWING, "nothing was left over from one stage to the next"
        filling = self._filling()
        slowing_bytes = sum(place.bytes_per_repetition for place in lines if place.pace == SLOWING)
        if steady and slowing_bytes > sum(place.bytes_per_repetition for place in steady):
            return CANNOT_TELL, "some of it grew steadily, but most of it less and less; more repetitions would tell"
        if steady and filling is not None:
            return CANNOT_TELL, "it grew steadily, %s, and %s was still filling; repeat it more often than that" % (_grown(steady), filling)
        if steady:
            return GROWING, "it grew in every stage until the end, %s; what stops only after %d repetitions would look the same" % (
                _grown(steady), self._repetitions - self._plan[-1])
        if lines or types:
            return CANNOT_TELL, "it still grew at the end, but less and less, or not in every block; more repetitions would tell"
        return NOT_GROWING, "what grew at first has stopped"

    def _filling(self) -> Optional[str]:
        """A bounded thing that grew in the last stage and is not full."""
        before, after = self._measurements[0].bounded(), self._measurements[-1].bounded()
        for name, (size, bound) in after.items():
            if name in before and size > before[name][0]:
                return "%s, with %d of %d," % (name.rsplit(" (", 1)[0], size, bound)
        return None

    def _smallest(self, history: Dict[Key, List[StageValues]], paces: Dict[Key, str]) -> float:
        """What a leak would have to add per repetition to be followed: one object in the stage that was decisive."""
        if self._stages_done < 2:
            return 0.0
        last = self._plan[self._stages_done - 1] * BLOCKS
        uneven = [spread(values[-1]) for key, values in history.items() if kind_of(key) is COUNTS and paces[key] != STEADY]
        return max([1] + uneven) / last


def _places(paces: Dict[Key, str], history: Dict[Key, List[StageValues]]) -> Tuple[Places, Places]:
    """Lines (blocks and bytes of one stack together) and types that grew, the largest growth first."""
    lines: Dict[Stack, GrowthPlace] = {}
    types: List[GrowthPlace] = []
    rates = {key: history[key][-1].rate for key, each in paces.items() if each != NOT}
    for (what, where), rate in rates.items():
        if isinstance(where, str):
            types.append(GrowthPlace((), where, paces[what, where], rate, 0.0))
            continue
        # Blocks tell the pace better than bytes, which grow in steps.
        best = paces["blocks" if ("blocks", where) in rates else "bytes", where]
        lines[where] = GrowthPlace(where, None, best, rates.get(("blocks", where), 0.0), rates.get(("bytes", where), 0.0))
    return (
        tuple(sorted(lines.values(), key=lambda place: (-place.bytes_per_repetition, -place.objects_per_repetition, place.stack))),
        tuple(sorted(types, key=lambda place: (-place.objects_per_repetition, place.type_name or ""))))


def _grown(steady: List[GrowthPlace]) -> str:
    """`80.9 B per repetition`; of what grows within memory that was reserved before, `1.0 entries of list per repetition`."""
    grown_bytes = sum(place.bytes_per_repetition for place in steady)
    if grown_bytes > 0:
        return "%s per repetition" % byte_text(round(grown_bytes, 1))
    first = steady[0]
    return "%.3g %s per repetition" % (first.objects_per_repetition, first.type_name or "blocks")
