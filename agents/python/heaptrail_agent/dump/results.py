"""What became of a dump."""


class DumpResult:
    """Fields of the `dump` frame (`protocol/frames.md`), in its spelling."""

    __slots__ = ("sequence", "status", "path", "pauseMs", "childCpuMs", "wallMs", "mode", "atMs", "code", "text")

    def __init__(self, sequence: int, path: str, mode: str, at_ms: float) -> None:
        self.sequence = sequence
        self.path = path
        self.mode = mode
        self.atMs = at_ms
        self.status = "failed"
        self.pauseMs = 0.0
        self.childCpuMs = 0.0
        self.wallMs = 0.0
        self.code: "str | None" = None
        self.text: "str | None" = None
