"""The fixture `heaptrail`: checks a callable or a block inside a test."""

from __future__ import annotations

from typing import Any, Callable, Iterator, List, Mapping, Optional

from .judge import Judge
from .leak_found import LeakFound
from .settings import Settings
from .verdict import LEAK, Verdict


class Checker:
    """`check(function)` and `for _ in repeats(): …`. Both raise LeakFound; `verdicts` has what they found."""

    def __init__(self, name: str, settings: Settings, accepted: Mapping[str, str], fails: bool = True) -> None:
        self._name, self._settings, self._accepted, self._fails = name, settings, accepted, fails
        self.verdicts: List[Verdict] = []

    def check(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Verdict:
        """Calls `function(*arguments)` until it is certain whether something grows; what it returns is dropped.

        `repeats`, `threshold`, `seconds` and `allow` as of `@pytest.mark.no_leak`. A verdict "cannot tell" is returned.
        """
        for _ in self._repeat(options):
            function(*arguments)
        return self.verdicts[-1]

    def repeats(
        self, *, repeats: Optional[int] = None, threshold: Optional[float] = None, seconds: Optional[float] = None, allow: Any = None,
    ) -> Iterator[None]:
        """Goes round until it is certain whether the body of the loop leaves something behind; the body may await.

            for _ in heaptrail.repeats():
                with server.session() as session:
                    session.handle(request)
        """
        return self._repeat({"repeats": repeats, "threshold": threshold, "seconds": seconds, "allow": allow})

    def _repeat(self, options: Mapping[str, Any]) -> Iterator[None]:
        judge = Judge(self._name, self._settings.with_options(options), self._accepted)
        blocks = judge.blocks()
        try:
            for count in blocks:
                for _ in range(count):
                    yield
                    judge.repeated()
                    if judge.is_over_time:
                        break
        finally:
            blocks.close()  # type: ignore[attr-defined]
        verdict = judge.verdict()
        self.verdicts.append(verdict)
        if verdict.verdict == LEAK and self._fails:
            raise LeakFound(verdict)
