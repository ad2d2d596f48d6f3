"""What two runs of a module say differently, and whether that comes of us: the runs are repeated, with and without."""

import collections
import math

from stdlib_run import BAD

# One in a hundred by chance: below it a test fails more often with us.
SELDOM = 0.01
OF_MODULE = {
    "exit code": lambda outcome: outcome.code,
    "tests run": lambda outcome: outcome.counts,
    "warnings between tests": lambda outcome: _warned(outcome, [""]),
}
WARNINGS_OF = "warnings of "
_OR = " or "
NONE = "none"


def differences(alone, watched):
    """{what: (without, with)} of two outcomes: tests by name, and what is said of the module as a whole."""
    # Other output (asyncio's debug mode complains of slow turns) may tear the line of a test apart: then its verdict is not
    # seen, in one run or the other. The numbers of tests and the exit code still have to agree, and no failure be hidden.
    found = {}
    for name in sorted(set(alone.results) | set(watched.results)):
        pair = alone.results.get(name), watched.results.get(name)
        if pair[0] != pair[1] and (None not in pair or any([value in BAD for value in pair])):
            found[name] = pair
    for method in sorted((set(alone.warned) | set(watched.warned)) - {""}):
        before = (watched if method in watched.warned else alone).before[method]
        methods = [before, method] if before else [method]
        pair = _warned(alone, methods), _warned(watched, methods)
        if pair[0] != pair[1]:
            found[WARNINGS_OF + _OR.join(methods)] = pair
    for what, of in OF_MODULE.items():
        # Fewer run where a test that hung was left out; it is among the tests above.
        if of(alone) != of(watched) and not (what == "tests run" and alone.hung != watched.hung):
            found[what] = of(alone), of(watched)
    return found


def _warned(outcome, methods):
    return "; ".join(sorted(set().union(*[outcome.warned.get(method, ()) for method in methods]))) or NONE


def _methods(what):
    return what[len(WARNINGS_OF):].split(_OR)


def _said(outcome, what):
    """What a run says of one of the things that `differences` names."""
    if what in OF_MODULE:
        return OF_MODULE[what](outcome)
    if what.startswith(WARNINGS_OF):
        return _warned(outcome, _methods(what))
    return outcome.results.get(what)


class Repetition:
    """What each run said of everything that differed at first, and whether that differs without us as well."""

    note = "differs in the twin too"

    def __init__(self, found, is_counted=True):
        self.without = {what: collections.Counter([pair[0]] * is_counted) for what, pair in found.items()}
        self.with_us = {what: collections.Counter([pair[1]] * is_counted) for what, pair in found.items()}

    @staticmethod
    def add(side, outcome, names):
        for what in names:
            side[what][_said(outcome, what)] += 1

    def ours(self):
        """What came out with us as it never did without, or as it seldom did."""
        return [what for what, values in self.with_us.items() if any([self._differs(what, value) for value in values])]

    def _differs(self, what, value):
        return not self.without[what][value] or self._is_seldom(what, value)

    def _is_seldom(self, what, value):
        with_us, without = self.with_us[what], self.without[what]
        return chance(with_us[value], sum(with_us.values()), without[value], sum(without.values())) < SELDOM

    def lines(self):
        ours = self.ours()
        for what in self.without:
            yield "    %s: without: %s | with: %s%s" % (
                what, _times(self.without[what]), _times(self.with_us[what]), "" if what in ours else " | " + self.note)


class Warned(Repetition):
    """The same of warnings, which are no outcome of a test: a single run that warned is chance, and a warning less no harm."""

    note = "no more than in the twin, whose children end later"

    def _differs(self, what, value):
        return value != NONE and self._is_seldom(what, value)

    def is_seen(self, side, found):
        return all([side[what][pair[1]] for what, pair in found.items()])


def chance(hits, of, other_hits, of_others):
    """Fisher's exact test, one-sided: how often at least so many of all hits fall to the first by chance."""
    hits_in_all = hits + other_hits
    ways = [
        math.comb(of, first) * math.comb(of_others, hits_in_all - first)
        for first in range(max(0, hits_in_all - of_others), min(of, hits_in_all) + 1)]
    lowest = max(0, hits_in_all - of_others)
    return sum(ways[hits - lowest:]) / sum(ways)


def _times(values):
    return ", ".join(["%s %d times" % (value, count) if count > 1 else str(value) for value, count in values.most_common()])


def repeat(twins, found, times_alone, times_whole, times_warned):
    """Repetitions of all that is found: outcomes and warnings."""
    warnings = {what: pair for what, pair in found.items() if what.startswith(WARNINGS_OF)}
    outcomes = {what: pair for what, pair in found.items() if what not in warnings}
    repetitions = []
    if outcomes:
        repetitions.append(repeat_outcomes(twins, outcomes, times_alone, times_whole))
    if warnings:
        repetitions.append(repeat_warnings(twins, warnings, times_alone, times_whole, times_warned))
    return repetitions


def repeat_outcomes(twins, found, times_alone, times_whole):
    """Runs what differed again: the tests alone, with and without, and the twin as a whole until it has shown all of it."""
    repetition = Repetition(found)
    tests = [what for what in found if what not in OF_MODULE]
    for _ in range(times_alone if tests else 0):
        repetition.add(repetition.without, twins.without(tests), tests)
        repetition.add(repetition.with_us, twins.watched(tests), tests)
    for _ in range(times_whole):
        if not repetition.ours():
            break
        repetition.add(repetition.without, twins.without(), found)
    return repetition


def repeat_warnings(twins, found, times_alone, times_whole, times_warned):
    """Runs the tests that were warned of alone, with and without, until the twin has shown the warnings too; the whole
    module, with and without, where they do not come again alone."""
    methods = sorted(set().union(*map(_methods, found)))
    alone = Warned(found, is_counted=False)
    for turn in range(times_warned):
        is_shown = alone.is_seen(alone.without, found) or not alone.is_seen(alone.with_us, found)
        if turn >= times_alone and is_shown and not alone.ours():
            break
        alone.add(alone.without, twins.without(methods, children_end_late=True), found)
        alone.add(alone.with_us, twins.watched(methods), found)
    if alone.is_seen(alone.with_us, found):
        return alone
    whole = Warned(found)
    for _ in range(times_whole):
        whole.add(whole.without, twins.without(children_end_late=True), found)
        whole.add(whole.with_us, twins.watched(), found)
    return whole
