"""System calls and compression that keep the interpreter lock.

Whoever lets go of the lock in a cloned child wakes threads that do not exist, and glibc then waits for them to have
woken: for ever. Python's own `os.write` and `zlib.compress` let go of it, so the child calls C by way of ctypes.
"""

import os
import sys

import _signal  # type: ignore[import-not-found]
import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Optional

CLOSE_RANGE = 436
_SIGALRM = 14
_SIG_UNBLOCK = 1
_SIGSET_BYTES = 128
_MOST_DESCRIPTORS = 4096
# zlib.crc32 keeps the lock for what is shorter than this.
_SHORT = 5000
_ROOM_BYTES = 1 << 20


class StillCalls:
    """The child's calls, prepared in the parent. Raises ImportError, OSError or AttributeError where ctypes cannot do it."""

    def __init__(self) -> None:
        import _ctypes
        import ctypes

        library = ctypes.PyDLL(None, use_errno=True)
        # The object at an address, which must be one.
        self.object_at: "Callable[[int], Any]" = _ctypes.PyObj_FromPtr
        self._ctypes = ctypes
        self.syscall: "Callable[..., int]" = _typed(library.syscall, ctypes.c_long, [ctypes.c_long] * 6)
        self._open: "Callable[..., int]" = _typed(library.open, ctypes.c_int, [ctypes.c_char_p, ctypes.c_int, ctypes.c_int])
        self._write: "Callable[..., int]" = _typed(library.write, ctypes.c_ssize_t, [ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t])
        self._read_at: "Callable[..., int]" = _typed(library.pread, ctypes.c_ssize_t, [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_long])
        self._close: "Callable[..., int]" = _typed(library.close, ctypes.c_int, [ctypes.c_int])
        self._set_handler: "Callable[..., Any]" = _typed(library.signal, ctypes.c_void_p, [ctypes.c_int, ctypes.c_void_p])
        self._mask: "Callable[..., int]" = _typed(library.pthread_sigmask, ctypes.c_int, [ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p])
        self._codec = _codec(ctypes)
        self._buffer = bytearray()
        self._at_buffer = 0
        self._length = ctypes.c_ulong(0)
        self._at_length = ctypes.byref(self._length)
        self._why = ctypes.get_errno

    def open(self, path: bytes) -> int:
        return self._checked(self._open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))

    def write(self, descriptor: int, data: bytes) -> None:
        while data:
            data = data[self._checked(self._write(descriptor, data, len(data))) :]

    def open_own_memory(self) -> int:
        """Below 0 where the system does not allow it."""
        return self._open(b"/proc/self/mem", os.O_RDONLY | os.O_CLOEXEC, 0)

    def read_own_memory(self, descriptor: int, address: int, length: int) -> bytes:
        """Nothing where there is no memory: the kernel says so, and nobody crashes."""
        if len(self._buffer) < length:
            self._make_room(length)
        if self._read_at(descriptor, self._at_buffer, length, address) != length:
            return b""
        return memoryview(self._buffer)[:length].tobytes()

    def put(self, path: bytes, data: bytes) -> None:
        """Into a file that is there already; nothing where it cannot be."""
        descriptor = self._open(path, os.O_WRONLY, 0)
        if descriptor >= 0:
            self._write(descriptor, data, len(data))
            self._close(descriptor)

    def close_all(self) -> None:
        if self.syscall(CLOSE_RANGE, 0, 0x7FFFFFFF, 0, 0, 0) != 0:
            for descriptor in range(min(os.sysconf("SC_OPEN_MAX"), _MOST_DESCRIPTORS)):
                self._close(descriptor)

    def end_after(self, seconds: int) -> None:
        """By SIGALRM, with no handler of the program's; the thread that was cloned may have all signals blocked."""
        self._set_handler(_SIGALRM, None)
        self._mask(_SIG_UNBLOCK, (1 << _SIGALRM - 1).to_bytes(_SIGSET_BYTES, sys.byteorder), None)
        _signal.alarm(seconds)

    def compress(self, raw: bytes) -> bytes:
        """As `zlib.compress(raw, 1)`; `raw` itself where libz is not to be had."""
        if self._codec is None:
            return raw
        most = len(raw) + len(raw) // 1000 + 64
        if len(self._buffer) < most:
            self._make_room(most)
        self._length.value = len(self._buffer)
        if self._codec(self._at_buffer, self._at_length, raw, len(raw), 1) != 0:
            return raw
        return memoryview(self._buffer)[: self._length.value].tobytes()

    def _make_room(self, most: int) -> None:
        # No array of ctypes: each length would make a class, which the walk would meet.
        self._buffer = bytearray(max(most, _ROOM_BYTES))
        self._at_buffer = self._ctypes.addressof(self._ctypes.c_char.from_buffer(self._buffer))

    def crc32(self, data: bytes) -> int:
        value = 0
        for first in range(0, len(data), _SHORT):
            value = zlib.crc32(data[first : first + _SHORT], value)
        return value

    def _checked(self, result: int) -> int:
        if result < 0:
            number = self._why()
            raise OSError(number, os.strerror(number))
        return result


def _typed(function: "Any", result: "Any", arguments: "Any") -> "Any":
    function.restype = result
    function.argtypes = arguments
    return function


def _codec(ctypes: "Any") -> "Optional[Callable[..., int]]":
    """The `compress2` that Python's own zlib module is linked with."""
    for path in (getattr(zlib, "__file__", None), None):
        try:
            function = ctypes.PyDLL(path).compress2
        except (OSError, AttributeError):
            continue
        return _typed(function, ctypes.c_int, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_int])  # type: ignore[no-any-return]
    return None
