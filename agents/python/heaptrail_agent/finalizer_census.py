"""Finalizers by callback: the exact counter behind "a finalizer is created on every call"."""

from itertools import islice

from . import registries
from .code_places import code_of_callback
from .tally import Tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List

    from .governor import Slice

# Entries taken from the registry at a time. Few, because each is kept alive meanwhile, and its last reference
# would be dropped here, in the agent's thread. The most, because finding the n-th entry walks over the others.
_CHUNK = 256
_MOST_SCANNED = 50_000


def finalizer_census(pieces: "Slice") -> "List[Dict[str, object]]":
    """Callbacks with the number of live finalizers that would call them."""
    registry = registries.finalizers()
    info_type = registries.finalizer_info_type()
    tally = Tally()
    if registry is not None and info_type is not None:
        position = 0
        while pieces.go_on():
            chunk: "List[Any]" = list(islice(registry.values(), position, position + _CHUNK))
            if not chunk:
                break
            for info in chunk:
                if type(info) is info_type:
                    tally.add(code_of_callback(info.func))
            position += _CHUNK
            if position >= _MOST_SCANNED:
                pieces.partial = True
                break
    return tally.entries("callback")
