"""The C halves of standard modules, without the Python halves, which would load `enum`, `collections` and more."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from builtins import all as all_of
    from builtins import any as any_of
    from collections import deque
    from functools import partial
    from operator import contains, getitem, is_, sub
else:
    import _signal as signal
    from builtins import all as all_of
    from builtins import any as any_of
    from _collections import deque
    from _functools import partial
    from _operator import contains, getitem, is_, sub

__all__ = ["all_of", "any_of", "contains", "deque", "getitem", "is_", "partial", "signal", "sub"]
