"""`report()`: all that is known of watched objects, as text."""

from __future__ import annotations

from typing import List

from .leak_check import check_leaks
from .monitoring import monitoring
from .registry import registry
from .statistics import SiteStats, site_rows

_MOST_SITES = 20


def report(*, grace: float = 0.0, collect: bool = False, paths: int = 10, seconds: float = 2.0) -> str:
    """Leaks with who holds them, as `check_leaks` finds them, and `stats` of each place."""
    lines = [str(check_leaks(grace=grace, collect=collect, paths=paths, seconds=seconds))]
    rows = site_rows()
    if rows:
        lines += ["", "allocated      alive  ratio  class and place"] + [_row(row) for row in rows[:_MOST_SITES]]
    if len(rows) > _MOST_SITES:
        lines.append("… and %d more places" % (len(rows) - _MOST_SITES))
    lines += _skipped()
    if monitoring.running or monitoring.checks:
        lines += ["", "monitor: %d checks%s" % (monitoring.checks, "" if monitoring.running else ", not running")]
    lines += ["  a callback failed: " + failure for failure in monitoring.failures]
    return "\n".join(lines)


def _row(row: SiteStats) -> str:
    about = "" if row.is_exact else "about "
    place = "in more places than are kept" if row.place is None else str(row.place)
    return "%9s  %9s  %4.0f %%  %s   %s %s" % (about + str(row.allocated), about + str(row.alive), 100 * row.ratio, row.type, row.how, place)


def _skipped() -> List[str]:
    skipped = {}
    for site in list(registry.sites.values()):
        if site.tracked is not None and site.tracked.skipped:
            skipped[id(site.tracked)] = "  %s and subclasses: %d instances were not noted, more than %g came in a second" % (
                site.type, site.tracked.skipped, site.tracked.rate)
    lines = sorted(skipped.values())
    return ([""] + lines) if lines else []
