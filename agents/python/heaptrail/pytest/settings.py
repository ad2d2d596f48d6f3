"""How one test is judged."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Sequence, Tuple

REPEATS, SECONDS = 240, 20.0
LEAST_REPEATS = 12


class Settings(NamedTuple):
    """`repeats` at most until something is called a leak (0: not judged), in `seconds` at most. Growth of `threshold`
    objects per call is no leak, nor are places that one of `allow` names (see `allows`)."""

    repeats: int = REPEATS
    threshold: float = 0.0
    seconds: float = SECONDS
    allow: Tuple[str, ...] = ()

    def with_options(self, options: Mapping[str, Any]) -> Settings:
        """These settings with the options of a marker or a call. Raises TypeError and ValueError, which say what is expected."""
        unknown = sorted(set(options) - set(self._fields))
        if unknown:
            raise TypeError("no_leak has no option %s; it has repeats, threshold, seconds and allow" % ", ".join(map(repr, unknown)))
        changed = {name: value for name, value in options.items() if value is not None}
        if "allow" in changed:
            allow = changed["allow"]
            changed["allow"] = (allow,) if isinstance(allow, str) else tuple(map(str, allow))
        for name in ("repeats", "threshold", "seconds"):
            if isinstance(changed.get(name), bool) or not isinstance(changed.get(name, 0), (int, float)):
                raise TypeError("%s has to be a number, not %r" % (name, changed[name]))
        found = self._replace(**changed)
        if found.repeats and found.repeats < LEAST_REPEATS:
            raise ValueError("repeats has to be 0 (not judged) or at least %d, not %r" % (LEAST_REPEATS, found.repeats))
        if found.threshold < 0 or found.seconds <= 0:
            raise ValueError("threshold must not be negative, and seconds has to be more than 0")
        return found


def allows(allow: Sequence[str], type_name: str, held_by: str, fingerprint: str) -> str:
    """The first of `allow` that names the place: its fingerprint, or a part of its type or of the path that holds it."""
    for text in allow:
        if text == fingerprint or text in type_name or text in held_by:
            return text
    return ""
