"""One setting of the collector."""

import gc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional, Tuple

OWN, FREEZE = "own", "freeze"


class Setting:
    """`own`, three thresholds, or `freeze`. `reason` says why it could not be applied."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.thresholds: "Optional[Tuple[int, ...]]" = None
        self.reason = ""
        if text not in (OWN, FREEZE):
            try:
                self.thresholds = tuple([int(part) for part in text.split(",")])
            except ValueError:
                self.reason = "the setting is neither own, freeze, nor three numbers"

    def apply(self) -> None:
        """Sets the thresholds; `freeze` comes later, when the program has started."""
        if self.thresholds is not None:
            try:
                gc.set_threshold(*self.thresholds)
            except (AttributeError, TypeError, ValueError, OverflowError):
                self.reason = "this interpreter has no such thresholds"
        elif self.text == FREEZE and not hasattr(gc, "freeze"):
            self.reason = "this interpreter has no gc.freeze"
