"""The connection to the host: lines out, lines in, never waiting."""

import os

import _socket

from .high_descriptor import HighDescriptor, lift
from .json_text import decode_flat, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Optional

MAX_LINE_BYTES = 256 * 1024
MAX_BUFFERED_BYTES = 256 * 1024


class Wire:
    """One connection of one process. After `lost` turns true it is of no use any more: the host has gone, or, when
    `displaced`, the program has closed the descriptor.

    The socket object lives only while connecting: a lasting one would close, when it dies, whatever file the
    program has meanwhile put in place of the number. Signals are blocked in the agent's thread, so a broken
    connection cannot raise SIGPIPE in a program that asked for it.
    """

    __slots__ = ("_path", "_descriptor", "_out", "_out_offset", "_in", "connected", "lost", "displaced", "dropped")

    def __init__(self, path: str) -> None:
        self._path = path
        self._descriptor: "Optional[HighDescriptor]" = None
        self._out = bytearray()
        self._out_offset = 0
        self._in = b""
        self.connected = False
        self.lost = False
        self.displaced = False
        self.dropped = 0

    def open(self, alone: bool) -> bool:
        """Makes the socket and tries to connect; `alone` where the program cannot open a file at the same time.

        A full backlog leaves the wire unconnected, and `connect` may be tried again; False when there is no host.
        """
        channel = None
        try:
            channel = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0)
            channel.settimeout(0)
            self._descriptor = lift(channel.fileno(), alone)
            if self._descriptor is None:
                self.lost = True
            else:
                self._try_to_connect(channel)
        except OSError:
            self.lost = True
        finally:
            if channel is not None:
                channel.close()
        if self.lost:
            self.close()
        return not self.lost

    def connect(self) -> None:
        """Tries once more to connect after a full backlog."""
        if self.connected or self.lost or self._descriptor is None:
            return
        if not self._still_ours():
            return
        channel = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0, self._descriptor.number)
        try:
            channel.settimeout(0)
            self._try_to_connect(channel)
        finally:
            channel.detach()

    def _try_to_connect(self, channel: "_socket.socket") -> None:
        try:
            channel.connect(self._path)
            self.connected = True
        except BlockingIOError:
            pass
        except OSError:
            self.lost = True

    def send(self, frame: "Dict[str, object]") -> bool:
        """Queues a frame and sends what the socket takes; a frame that does not fit is dropped and counted."""
        line = encode(frame).encode("ascii") + b"\n"
        waiting = len(self._out) - self._out_offset
        if self.lost or len(line) > MAX_LINE_BYTES or (waiting and waiting + len(line) > MAX_BUFFERED_BYTES):
            self.dropped += 1
            return False
        self._out += line
        self.flush()
        return True

    def flush(self) -> None:
        """Sends what is queued, as far as the socket takes it now."""
        while self._out and self.connected and not self.lost:
            if self._descriptor is None or not self._still_ours():
                return
            try:
                sent = os.write(self._descriptor.number, self._out[self._out_offset : self._out_offset + 65536])
            except BlockingIOError:
                return
            except OSError:
                self.lost = True
                return
            self._out_offset += sent
            if self._out_offset >= len(self._out):
                self._out = bytearray()
                self._out_offset = 0

    def receive(self) -> "List[Dict[str, Any]]":
        """The commands that have arrived whole."""
        if not self.connected or self.lost:
            return []
        if self._descriptor is None or not self._still_ours():
            return []
        try:
            data = os.read(self._descriptor.number, 65536)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data or len(self._in) > MAX_LINE_BYTES:
            self.lost = True
            return []
        lines = (self._in + data).split(b"\n")
        self._in = lines.pop()
        return [decode_flat(line.decode("utf-8", "replace")) for line in lines]

    def _still_ours(self) -> bool:
        if self._descriptor is not None and not self._descriptor.is_ours():
            self.lost = self.displaced = True
        return not self.lost

    def close(self) -> None:
        """Closes the descriptor, if the program has not done so; nothing can be sent afterwards."""
        self.lost = True
        self._out = bytearray()
        if self._descriptor is not None:
            self._descriptor.close()
            self._descriptor = None
