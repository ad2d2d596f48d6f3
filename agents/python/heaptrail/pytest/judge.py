"""Decides about one test: looks cheaply first, follows what grows, names it."""

from __future__ import annotations

import sys
import time
from typing import Dict, Iterator, Mapping, Optional, Tuple

from ..tracking.growth.analysis import GrowthAnalysis
from ..tracking.growth.growth_report import CANNOT_TELL as UNSURE
from ..tracking.growth.growth_report import GrowthReport
from ..tracking.growth.pace import NOT
from ..tracking.tracing import tracing
from ..tracking.unavailable import TracingUnavailableError
from .collecting import is_full_due
from .evidence import Evidence, gather
from .interned_texts import interning_lines, is_of_library
from .known_state import known_state
from .load_free_clock import load_free_seconds
from .look import Look, is_quiet, take_look, take_young_look
from .open_resources import wait_until_settled
from .resource_growth import ResourceGrowth
from .resources import OpenDescriptors
from .settings import Settings, allows
from .standard_caches import StandardCaches
from .survivors import Before
from .verdict import CANNOT_TELL, CLEAN, LEAK, LeakPlace, Verdict

_WARM_UP, _ROUNDS = 2, (6, 6, 12, 24, 48)
_EVIDENCE_CALLS, _LEAST_EVIDENCE_CALLS = 6, 2
_RESOURCE_BLOCK = 5
_FRAMES = 10
_NO_LIMIT = 1e9  # the time is watched here


class Judge:
    """One judgement. The caller repeats as often as each item of `blocks()` says, asks `is_over_time` after each repetition
    and ends that block early then, and asks for the `verdict()` at the end. `repeated()` has to be called after each."""

    def __init__(self, name: str, settings: Settings, accepted: Mapping[str, str]) -> None:
        self._name, self._settings, self._accepted = name, settings, accepted
        self._begun, self._begun_wall = load_free_seconds(), time.monotonic()
        self._deadline = self._begun + settings.seconds
        self._calls = self._since_look = 0
        self._least_calls = 0
        self._verdict: Optional[Verdict] = None
        self._caches = StandardCaches()
        self._look = Look()

    def repeated(self) -> None:
        """One more repetition is done."""
        self._calls += 1
        self._since_look += 1

    @property
    def is_over_time(self) -> bool:
        """The rest of this block is to be left out."""
        return self._since_look >= self._least_calls and self._is_late()

    def _is_late(self) -> bool:
        """Waiting for a processor is looked up only when it matters: it makes the time shorter, never longer."""
        return time.monotonic() - self._begun_wall > self._settings.seconds and load_free_seconds() > self._deadline

    def blocks(self) -> Iterator[int]:
        """Numbers of repetitions. Close it when it is not read to its end."""
        yield from self._quick_looks()
        if self._verdict is None:
            yield from self._follow()

    def _quick_looks(self) -> Iterator[int]:
        """A few rounds; quiet ones end it. Without counts of blocks (PYTHONMALLOC=malloc) a look would see too little."""
        if not sys.getallocatedblocks():
            return
        yield _WARM_UP
        done = 0
        for calls in (0, *_ROUNDS):
            done += calls
            if done > max(sum(_ROUNDS[:2]), self._settings.repeats // 2):
                return
            self._since_look = 0
            if calls:
                yield calls
            if self._is_quiet():
                return
            if calls and self._is_late():
                if self._since_look == 0 or self._calls < _WARM_UP + _ROUNDS[0]:
                    self._decide(CANNOT_TELL, self._took_all())
                return

    def _is_quiet(self) -> bool:
        """Looks, and decides when nothing has grown since the last look. Where young objects alone do not tell that, all do.

        The first look comes from here, too: what is alive while a look counts (a look, what the callers hold) is so each time.
        """
        is_first = self._since_look == 0
        if not is_first:
            wait_until_settled(self._look.threads, self._look.descriptors)
        self._caches.restore()
        if is_first:
            self._look = (None if is_full_due() else take_young_look()) or take_look()
            return False
        if self._decides_clean(take_young_look(self._look)):
            return True
        now = take_look()
        is_clean = self._look.is_full and self._decides_clean(now)
        self._look = now
        return is_clean

    def _decides_clean(self, now: Optional[Look]) -> bool:
        is_clean = now is not None and is_quiet(self._look, now, self._since_look, self._settings.threshold)
        if is_clean:
            self._decide(CLEAN, "nothing was left over from %d calls" % self._since_look, smallest=0.5)
        return is_clean

    def _took_all(self) -> str:
        return "%d calls took all of the %g seconds; allow more" % (self._calls, self._settings.seconds)

    def _follow(self) -> Iterator[int]:
        """Repeats under tracemalloc, in stages, until it stops growing or has grown in all of them."""
        try:
            tracing.acquire(_FRAMES)
        except (TracingUnavailableError, MemoryError) as error:
            self._decide(CANNOT_TELL, "it grows, and where cannot be told: %s" % type(error).__name__)
            return
        try:
            resources = ResourceGrowth(self._calls)
            analysis, is_cut = GrowthAnalysis(self._name, 1, self._settings.repeats, _NO_LIMIT), False
            for count in analysis.blocks():
                self._since_look = 0
                yield count
                self._caches.restore()
                is_cut = self._since_look < count or self._is_late()
                if is_cut or resources.are_left(self._calls, self._settings.threshold):
                    break
            while not is_cut and resources.is_uncertain:  # no object goes with a descriptor that is open
                self._since_look = 0
                yield _RESOURCE_BLOCK
                self._caches.restore()
                is_cut = self._since_look < _RESOURCE_BLOCK or self._is_late()
                resources.are_left(self._calls, self._settings.threshold)
            report = analysis.report()
            if is_cut:
                grew = "; something had grown until then" if report.types or report.lines else ""
                report.verdict, report.reason = UNSURE, self._took_all() + grew
            elif report.growing is False and not resources.left_per_call:
                self._decide(CLEAN, report.reason, smallest=report.smallest_objects_per_repetition)
                return
            self._since_look, self._least_calls = 0, _LEAST_EVIDENCE_CALLS
            before, open_before = Before(), OpenDescriptors()
            yield _EVIDENCE_CALLS
            self._caches.restore()
            found = gather(before, self._since_look, _rates(report), self._state_of)
            self._judge(report, resources, found, tuple(OpenDescriptors().more_than(open_before)))
        finally:
            tracing.release()

    def _judge(self, report: GrowthReport, resources: ResourceGrowth, found: Evidence, descriptors: Tuple[str, ...]) -> None:
        smallest = report.smallest_objects_per_repetition
        left = found.resources + descriptors
        leaks = [place for place in found.places if not place.state]
        excused = [place for place in found.places if place.state]
        per_call = sum(place.objects for place in leaks)
        interned = interning_lines(report)
        if resources.left_per_call and (leaks or not excused):
            reason = "%s per call are left behind, in each of %d calls" % (resources.text, resources.calls)
            self._decide(LEAK, reason, found.places, left, smallest)
        elif report.growing is None and (leaks or not excused):
            so_far = " (%.3g objects per call so far)" % found.objects_per_call if found.objects_per_call else ""
            self._decide(CANNOT_TELL, report.reason + so_far, found.places, smallest=smallest)
        elif leaks and per_call <= self._settings.threshold:
            self._decide(CLEAN, "%.3g objects per call stay, and the threshold is %g" % (per_call, self._settings.threshold), smallest=smallest)
        elif leaks:
            self._decide(LEAK, report.reason, found.places, left, smallest)
        elif excused:
            self._decide(CLEAN, "what grows is no leak, see the notes", found.places, smallest=smallest)
        elif interned and all(is_of_library(line) for line in interned):
            self._decide(CLEAN, "what grows are texts that this CPython keeps for ever once they are interned (pathlib does so)", smallest=smallest)
        elif interned:
            own = next(line for line in interned if not is_of_library(line))
            self._decide(
                CANNOT_TELL, "new texts are interned at %s:%d in each call, and this CPython keeps them for ever: a leak here, not on later versions" % own,
                smallest=smallest)
        else:
            line = report.lines[0].stack[0] if report.lines and report.lines[0].stack else None
            where = ", allocated at %s:%d" % line if line else ""
            self._decide(
                CANNOT_TELL, "memory grows, and no object or container that the collector sees keeps it: native code, or the interpreter itself%s" % where,
                smallest=smallest)

    def _state_of(self, type_name: str, held_by: str, fingerprint: str, made_in: str) -> str:
        allowed = allows(self._settings.allow, type_name, held_by, fingerprint)
        if allowed:
            return "allowed by %r" % allowed
        if fingerprint in self._accepted:
            return "accepted"
        state = known_state(held_by, type_name, made_in)
        return "test state: " + state if state else ""

    def _decide(
        self, verdict: str, reason: str, places: Tuple[LeakPlace, ...] = (), resources: Tuple[str, ...] = (), smallest: float = 0.0,
    ) -> None:
        self._verdict = Verdict(
            self._name, verdict, reason, places, resources, self._calls, round(time.monotonic() - self._begun_wall, 3), smallest)

    def failed(self, reason: str) -> Verdict:
        """The verdict when repeating was not possible."""
        self._decide(CANNOT_TELL, reason)
        return self.verdict()

    def verdict(self) -> Verdict:
        """What was found; "cannot tell" when the repetitions were broken off."""
        if self._verdict is None:
            self._decide(CANNOT_TELL, self._took_all())
        assert self._verdict is not None
        return self._verdict


def _rates(report: GrowthReport) -> Dict[str, float]:
    return {place.type_name: place.objects_per_repetition for place in report.types if place.type_name and place.pace != NOT}
