"""The verdicts of a session: counts for the summary, leaks to accept."""

from __future__ import annotations

from typing import Any, List

from .accepted import AcceptedError, add_accepted
from .verdict import CANNOT_TELL, CLEAN, LEAK, Verdict, verdict_of

_MOST_UNCERTAIN = 20


class SessionVerdicts:
    """Filled from reports, those of workers too."""

    def __init__(self) -> None:
        self._counts = {CLEAN: 0, LEAK: 0, CANNOT_TELL: 0}
        self._told: List[Verdict] = []
        self._leaks: List[Verdict] = []
        self._not_judged = 0
        self._seconds = 0.0
        self._accepted = ""

    def add(self, report: Any) -> None:
        """Of a test that was not judged because it did not pass the list is empty; of others there is none."""
        found = getattr(report, "heaptrail", None)
        if found is None:
            return
        self._not_judged += not found
        for data in found:
            verdict = verdict_of(data)
            self._counts[verdict.verdict] += 1
            self._seconds += verdict.seconds
            if verdict.verdict == LEAK:
                self._leaks.append(verdict)
            elif verdict.verdict == CANNOT_TELL or any(place.state for place in verdict.places):
                self._told.append(verdict)

    def accept(self, path: str) -> bool:
        """Adds all leaks to the list; False when it cannot be written, which `lines` say."""
        places = [place for verdict in self._leaks for place in verdict.leaks]
        try:
            added = add_accepted(path, places)
        except (OSError, AcceptedError) as error:
            self._accepted = "no leak was accepted: %s cannot be written (%s)" % (path, error)
            return False
        self._accepted = "%d %s added to %s" % (added, "leak" if added == 1 else "leaks", path)
        return True

    def lines(self) -> List[str]:
        """For the terminal; none when nothing was judged."""
        judged = sum(self._counts.values())
        if not judged:
            return []
        not_judged = ", %d failed or were skipped and were not judged" % self._not_judged if self._not_judged else ""
        lines = ["%d judged in %.1f s: %d clean, %d leak, %d cannot tell%s" % (
            judged, self._seconds, self._counts[CLEAN], self._counts[LEAK], self._counts[CANNOT_TELL], not_judged)]
        for verdict in self._told[:_MOST_UNCERTAIN]:
            if verdict.verdict == CANNOT_TELL:
                smallest = "; " + verdict.smallest_text() if verdict.smallest else ""
                lines.append("cannot tell  %s: %s%s" % (verdict.name, verdict.reason, smallest))
                lines += ["             grew so far: " + place.one_line() for place in verdict.leaks[:3]]
                continue
            for place in verdict.places:
                lines.append("%-12s %s: %s   %s" % (place.state.split(":")[0], verdict.name, place.one_line(), place.fingerprint))
        if len(self._told) > _MOST_UNCERTAIN:
            lines.append("… and %d more" % (len(self._told) - _MOST_UNCERTAIN))
        return lines + ([self._accepted] if self._accepted else [])


def section(reporter: Any, lines: List[str]) -> None:
    """Writes them under a line of their own."""
    reporter.section("heaptrail")
    for line in lines:
        reporter.line(line)
