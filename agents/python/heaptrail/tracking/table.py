"""Plain text tables."""

from __future__ import annotations

from typing import List, Sequence

_GAP = "  "


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> List[str]:
    """Lines with columns as wide as their widest cell: numbers to the right, the last column to the left and free."""
    widths = [max([len(title)] + [len(row[at]) for row in rows]) for at, title in enumerate(titles)]
    lines = []
    for row in [titles] + list(rows):
        cells = [cell.rjust(widths[at]) for at, cell in enumerate(row[:-1])]
        lines.append(_GAP.join(cells + [row[-1]]).rstrip())
    return lines
