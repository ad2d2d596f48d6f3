"""Runs a command on a terminal of its own and types into it: terminal.py COLUMNS PATTERN KEYS COMMAND...

Types KEYS (Python escapes) once PATTERN (a regular expression) was printed. Prints what the terminal showed, and exits as the command did.
"""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios

columns, pattern, keys = int(sys.argv[1]), sys.argv[2].encode(), sys.argv[3].encode().decode("unicode_escape").encode()
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    os.execvp(sys.argv[4], sys.argv[4:])
shown, typed = b"", False
while True:
    ready, _, _ = select.select([terminal], [], [], 60)
    try:
        read = os.read(terminal, 65536) if ready else b""
    except OSError:
        read = b""
    if not read:
        break
    shown += read
    if not typed and re.search(pattern, shown):
        os.write(terminal, keys)
        typed = True
sys.stdout.buffer.write(shown)
sys.stdout.flush()
status = os.waitpid(pid, 0)[1]
os._exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
