"""A program that Ctrl-C ended must still end by that signal when a room of this package is imported on its way out.

CPython remembers that KeyboardInterrupt was not handled, and ends by SIGINT once its `atexit` callbacks have run; it forgets
that whenever text is evaluated (3.8 to 3.14: `run_eval_code_obj`). A module with named tuples evaluates text when it is imported.
"""

from __future__ import annotations

import sys
import threading


def keep_unhandled_interrupt() -> None:
    """To be called after such an import. Does nothing unless the main thread is in an `atexit` callback after an unhandled Ctrl-C."""
    if getattr(sys, "last_type", None) is not KeyboardInterrupt or not _is_at_exit():
        return
    try:
        eval("interrupt()", {"interrupt": _interrupt})  # the exception that leaves evaluated text is what CPython remembers
    except KeyboardInterrupt:
        pass


def _interrupt() -> None:
    raise KeyboardInterrupt


def _is_at_exit() -> bool:
    """While a program runs, and in a console, the outermost frame of the main thread is a module's."""
    if threading.current_thread() is not threading.main_thread():
        return False
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code.co_name != "<module>"
