"""Takes the agent's thread out of the way of os.fork, and brings it back on both sides."""

import os
import sys

import _thread

from . import fork_warning
from .signals import SignalGate, take_late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Set

    from .agent import Agent

_TURN_SECONDS = 0.2


class ForkGuard:
    """The at-fork handlers. Registered first, `before` runs last and the others run first.

    Signals are held from before the first to after the last of them. Several threads may fork at the same time:
    one at a time moves the agent's thread, and it is back when none of them forks any more.
    """

    def __init__(self, agent: "Agent") -> None:
        self._agent = agent
        self._gate = SignalGate()
        self._forking: "Set[int]" = set()
        self._turn = _thread.allocate_lock()

    def register(self) -> None:
        """For good: Python has no way to unregister. The handlers do nothing when the agent has gone quiet."""
        gate = self._gate
        os.register_at_fork(before=self._before, after_in_parent=self._in_parent, after_in_child=self._in_child)
        os.register_at_fork(before=gate.close, after_in_parent=gate.open, after_in_child=gate.open)

    def _before(self) -> None:
        try:
            agent = self._agent
            if not agent.active:
                self._gate.retire()
            elif not agent.worker.is_current():
                self._forking.add(_thread.get_ident())
                self._turn.acquire(True, _TURN_SECONDS)
                agent.pause()
                self._end_turn()
        except BaseException:
            pass

    def _in_parent(self) -> None:
        try:
            ident = _thread.get_ident()
            if ident not in self._forking:
                return
            self._forking.discard(ident)
            self._turn.acquire(True, _TURN_SECONDS)
            if not self._forking:
                self._agent.resume(late=fork_warning.would_show(sys._getframe().f_back))
            self._end_turn()
            self._hand_over_late_signals()
        except BaseException:
            pass

    def _in_child(self) -> None:
        try:
            ident = _thread.get_ident()
            forked_by_program = ident in self._forking
            self._forking.clear()
            self._turn = _thread.allocate_lock()
            mask = self._gate.masks.get(ident)
            self._gate.masks.clear()
            if mask is not None:
                self._gate.masks[ident] = mask
            if forked_by_program:
                self._agent.become_child()
                self._hand_over_late_signals()
            else:
                self._agent.active = False
        except BaseException:
            self._agent.active = False

    def _hand_over_late_signals(self) -> None:
        mask = self._gate.masks.get(_thread.get_ident())
        if mask is not None and self._agent.active:
            self._agent.deliver_again(take_late(mask))

    def _end_turn(self) -> None:
        try:
            self._turn.release()
        except RuntimeError:
            pass  # somebody took longer than a turn lasts
