"""Takes the agent's thread out of the way of os.fork, and brings it back on both sides."""

import os
import sys

import _thread

from . import fork_warning, signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List, Set

    from .agent import Agent

_TURN_SECONDS = 0.2


class ForkGuard:
    """The at-fork handlers. Registered first, `before` runs last and the others run first.

    Signals are held from one to the other. Several threads may fork at the same time: one at a time moves the
    agent's thread, and it is back when none of them forks any more.
    """

    def __init__(self, agent: "Agent") -> None:
        self._agent = agent
        self._masks: "Dict[int, Set[int]]" = {}
        self._late: "List[int]" = []
        self._turn = _thread.allocate_lock()

    def register(self) -> None:
        """For good: Python has no way to unregister. The handlers do nothing when the agent has gone quiet."""
        os.register_at_fork(before=self._before, after_in_parent=self._in_parent, after_in_child=self._in_child)

    def _before(self) -> None:
        for _ in range(3):  # once, unless a handler raises before signals are held
            try:
                if self._agent.active and not self._agent.worker.is_current():
                    self._step_out()
                return
            except BaseException as error:
                self._late.extend(signals.signal_behind(error))

    def _step_out(self) -> None:
        ident = _thread.get_ident()
        if ident not in self._masks:
            self._masks[ident] = signals.hold(self._late)
        self._turn.acquire(True, _TURN_SECONDS)
        self._agent.pause()
        self._end_turn()

    def _in_parent(self) -> None:
        try:
            mask = self._masks.pop(_thread.get_ident(), None)
            if mask is None:
                return
            self._turn.acquire(True, _TURN_SECONDS)
            if not self._masks:
                self._agent.resume(late=fork_warning.would_show(sys._getframe().f_back))
            self._end_turn()
            self._finish(mask)
        except BaseException as error:
            self._agent.deliver_again(signals.signal_behind(error))

    def _in_child(self) -> None:
        try:
            mask = self._masks.pop(_thread.get_ident(), None)
            self._masks.clear()
            self._turn = _thread.allocate_lock()
            if mask is None:
                self._agent.active = False
                return
            self._agent.become_child()
            self._finish(mask)
        except BaseException as error:
            self._agent.deliver_again(signals.signal_behind(error))

    def _finish(self, mask: "Set[int]") -> None:
        late, self._late = self._late, []
        signals.restore(mask, late)
        if late:
            self._agent.deliver_again(late)

    def _end_turn(self) -> None:
        try:
            self._turn.release()
        except RuntimeError:
            pass  # somebody took longer than a turn lasts
