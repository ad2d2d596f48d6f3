"""Keeps the agent's own work small, by measuring it."""

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .worker import Worker

# Share of one CPU that figures and details may take, and what may be spent at once after a quiet time.
SHARE = 0.005
BURST_SECONDS = 0.05
SHORTEST_SECONDS = 1.0
LONGEST_SECONDS = 60.0


class Governor:
    """An account: time pays in `SHARE` of itself, the thread's CPU time is taken out, debt stretches the interval.

    Lives in the agent's thread, because it reads that thread's clock. Dumps are not charged: the host orders
    them, and each reports its own cost.
    """

    __slots__ = ("_credit", "_at", "_cpu", "_total")

    def __init__(self) -> None:
        self._credit = BURST_SECONDS
        self._total = 0.0
        self._at = 0.0
        self._cpu = 0.0
        self.begin_thread()

    def begin_thread(self) -> None:
        """A new thread's clock starts at zero; the account goes on."""
        self._at = time.monotonic()
        self._cpu = time.thread_time()

    def settle(self, charged: bool = True) -> None:
        """Books what was spent since the last call; not against the account when `charged` is false."""
        now, cpu = time.monotonic(), time.thread_time()
        spent = cpu - self._cpu
        self._total += spent
        self._credit = min(BURST_SECONDS, self._credit + (now - self._at) * SHARE)
        if charged:
            self._credit -= spent
        self._at, self._cpu = now, cpu

    @property
    def in_debt(self) -> bool:
        """True when anything that is not urgent has to wait."""
        return self._credit < 0

    @property
    def total_cpu_seconds(self) -> float:
        """All CPU time of the agent's thread in this process."""
        return self._total

    def interval_seconds(self) -> float:
        """How long to wait until the next sample: one second, or as long as the debt takes to be paid."""
        if self._credit >= 0:
            return SHORTEST_SECONDS
        return min(LONGEST_SECONDS, SHORTEST_SECONDS - self._credit / SHARE)


class Slice:
    """Cuts a long loop into pieces during which the interpreter lock is held, and ends it when it costs too much."""

    __slots__ = ("_piece_ends", "_cpu_end", "_worker", "partial")

    PIECE_SECONDS = 0.001

    def __init__(self, budget_seconds: float, worker: "Worker") -> None:
        self._cpu_end = time.thread_time() + budget_seconds
        self._piece_ends = time.perf_counter() + self.PIECE_SECONDS
        self._worker = worker
        self.partial = False

    def go_on(self) -> bool:
        """Called every few steps: lets other threads run when a piece is over; False when the loop has to end."""
        if time.perf_counter() < self._piece_ends:
            return not self.partial
        if self._worker.stopping or time.thread_time() > self._cpu_end:
            self.partial = True
            return False
        time.sleep(0.0005)
        self._piece_ends = time.perf_counter() + self.PIECE_SECONDS
        return True
