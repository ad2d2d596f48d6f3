"""The heap dump under way, between the host's command and the answering frame."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Optional

    from .dump import Dumper


class Dumping:
    """At most one dump at a time; a second order is answered as failed at once.

    The dumper is loaded when the first dump is ordered: most processes that a command starts are never dumped.
    """

    __slots__ = ("_dumper", "_keep_strings", "_pending")

    def __init__(self, keep_strings: bool) -> None:
        self._keep_strings = keep_strings
        self._dumper: "Optional[Dumper]" = None
        self._pending: "Any" = None

    @property
    def under_way(self) -> bool:
        """True while `poll` has to be called about twenty times a second."""
        return self._pending is not None

    def start(self, command: "Dict[str, Any]", now_ms: float) -> "Optional[Dict[str, object]]":
        """Starts what the host ordered; the answer, if it cannot be."""
        sequence, path = command.get("sequence"), command.get("path")
        if self._pending is not None:
            return _failed(sequence, path, now_ms, "HEAPTRAIL_DUMP_BUSY", "another dump is under way")
        if not isinstance(sequence, int) or not isinstance(path, str):
            return _failed(sequence, path, now_ms, "HEAPTRAIL_DUMP_ORDER", "the order has no sequence or no path")
        if self._dumper is None:
            try:
                from .dump import Dumper

                self._dumper = Dumper(keep_strings=self._keep_strings)
            except Exception as error:
                text = "the dumper cannot be loaded: %s" % type(error).__name__
                return _failed(sequence, path, now_ms, "HEAPTRAIL_DUMP_FAILED", text)
        self._pending = self._dumper.start(
            path, sequence, float(command.get("deadlineMs") or 60_000), str(command.get("mode") or "auto")
        )
        return None

    def poll(self) -> "Optional[Dict[str, object]]":
        """The `dump` frame once the dump is done or has failed."""
        if self._pending is None:
            return None
        result = self._pending.poll()
        if result is None:
            return None
        self._pending = None
        frame: "Dict[str, object]" = {"t": "dump"}
        for name in ("sequence", "status", "path", "pauseMs", "childCpuMs", "wallMs", "mode", "atMs", "code", "text"):
            value = getattr(result, name, None)
            if value is not None:
                frame[name] = value
        return frame

    def abort(self) -> None:
        """Ends a dump that nobody will wait for."""
        pending, self._pending = self._pending, None
        if pending is not None:
            pending.abort()

    def forget(self) -> None:
        """In a forked child: the dump is the parent's."""
        self._pending = None


def _failed(sequence: object, path: object, now_ms: float, code: str, text: str) -> "Dict[str, object]":
    return {
        "t": "dump",
        "sequence": sequence,
        "status": "failed",
        "path": path,
        "atMs": now_ms,
        "code": code,
        "text": text,
    }
