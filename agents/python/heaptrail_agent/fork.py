"""Takes the agent's thread out of the way of os.fork, and brings it back on both sides."""

import os
import sys

import _thread

from . import fork_warning, signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Set

    from .agent import Agent


class ForkGuard:
    """The three at-fork handlers. Registered first, `before` runs last and the others run first.

    Signals are held from `before` until the end of the other handler, so that none is handled, and its exception
    lost, in between. Several threads may fork at the same time; the thread is back after the last of them.
    """

    __slots__ = ("_agent", "_masks")

    def __init__(self, agent: "Agent") -> None:
        self._agent = agent
        self._masks: "Dict[int, Set[int]]" = {}

    def register(self) -> None:
        """For good: Python has no way to unregister. The handlers do nothing when the agent has gone quiet."""
        os.register_at_fork(before=self._before, after_in_parent=self._in_parent, after_in_child=self._in_child)

    def _before(self) -> None:
        agent = self._agent
        if agent.active and not agent.worker.is_current():
            self._masks[_thread.get_ident()] = signals.hold()
            try:
                agent.pause()
            except BaseException:
                pass

    def _in_parent(self) -> None:
        mask = self._masks.pop(_thread.get_ident(), None)
        if mask is None:
            return
        try:
            if not self._masks:
                self._agent.resume(late=fork_warning.would_show(sys._getframe().f_back))
        except BaseException:
            pass
        self._agent.deliver_again(signals.release(mask))

    def _in_child(self) -> None:
        mask = self._masks.pop(_thread.get_ident(), None)
        self._masks.clear()
        if mask is None:
            self._agent.active = False
            return
        try:
            self._agent.become_child()
        except BaseException:
            self._agent.active = False
        self._agent.deliver_again(signals.release(mask))
