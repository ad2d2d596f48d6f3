"""The host's half for tests: a real socket, real child interpreters, every frame kept by connection."""

import functools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

PACKAGE_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BOOTSTRAP = os.path.join(PACKAGE_ROOT, "bootstrap")


class Connection:
    """One process as the host sees it."""

    def __init__(self, channel):
        self.channel = channel
        self.frames = []
        self.raw_bytes = 0
        self.ended = threading.Event()

    def read_all(self):
        buffered = b""
        while True:
            try:
                data = self.channel.recv(65536)
            except OSError:
                data = b""
            if not data:
                break
            self.raw_bytes += len(data)
            lines = (buffered + data).split(b"\n")
            buffered = lines.pop()
            self.frames.extend(json.loads(line.decode("ascii")) for line in lines)
        self.ended.set()

    def send(self, **command):
        self.channel.sendall(json.dumps(command).encode() + b"\n")

    def of_kind(self, kind):
        return [frame for frame in list(self.frames) if frame["t"] == kind]

    def wait_for(self, kind, count=1, seconds=10.0):
        """The first `count` frames of a kind, or a failure."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self.of_kind(kind)
            if len(found) >= count:
                return found
            time.sleep(0.01)
        raise AssertionError("no %d frame(s) %r in %r" % (count, kind, self.frames))


class Host:
    """Listens on a private socket; use as a context."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="heaptrail-test-")
        self.path = os.path.join(self.folder, "socket")
        self.connections = []
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(self.path)
        self._server.listen(128)
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.die()
        shutil.rmtree(self.folder, ignore_errors=True)

    def die(self):
        """As if the host had crashed."""
        try:
            self._server.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._server.close()
        for connection in self.connections:
            try:
                connection.channel.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            connection.channel.close()
        if os.path.exists(self.path):
            os.unlink(self.path)

    def _accept(self):
        while True:
            try:
                channel, _ = self._server.accept()
            except OSError:
                return
            connection = Connection(channel)
            self.connections.append(connection)
            threading.Thread(target=connection.read_all, daemon=True).start()

    def environment(self, **more):
        environment = dict(os.environ, HEAPTRAIL_SOCKET=self.path, HEAPTRAIL_OUT=self.folder, PYTHONPATH=BOOTSTRAP)
        environment.update(more)
        return environment

    def start(self, *arguments, **options):
        """A child interpreter with the agent, its streams captured."""
        environment = self.environment(**options.pop("env", {}))
        return subprocess.Popen(
            [sys.executable] + list(arguments), env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
        )

    def run(self, *arguments, **options):
        """Runs a child to its end; returns what it left."""
        return finish(self.start(*arguments, **options))

    def hellos(self):
        return [frame for connection in list(self.connections) for frame in connection.of_kind("hello")]

    def settle(self, seconds=5.0):
        """Waits until every process that came has gone, also those that are still to be accepted."""
        until = time.monotonic() + seconds
        known = -1
        while known < len(self.connections):
            known = len(self.connections)
            for connection in list(self.connections):
                connection.ended.wait(max(0.01, until - time.monotonic()))
            time.sleep(0.1)

    def wait_for_connection(self, index=0, seconds=10.0):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if len(self.connections) > index:
                return self.connections[index]
            time.sleep(0.005)
        raise AssertionError("connection %d did not come" % index)


class Ended:
    """Exit code and streams of a child."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __eq__(self, other):
        return (self.code, self.out, self.err) == (other.code, other.out, other.err)

    def __repr__(self):
        return "exit %r\nstdout %r\nstderr %r" % (self.code, self.out, self.err)


def finish(child, seconds=60):
    try:
        out, err = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise AssertionError("the child did not end in %d s" % seconds)
    return Ended(child.returncode, out, err)


def run_alone(*arguments, **options):
    """The same child without any agent."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HEAPTRAIL_")}
    environment.pop("PYTHONPATH", None)
    environment.update(options.pop("env", {}))
    return finish(subprocess.Popen(
        [sys.executable] + list(arguments), env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    ))


def hears_goodbye(test):
    """For a test that waits for the agent's goodbye. At exit the agent has 50 ms for its last words, because the program comes
    first: on a busy machine they may go unsaid, so that there are three tries."""

    @functools.wraps(test)
    def tried(self):
        for _ in range(2):
            try:
                return test(self)
            except AssertionError as error:
                if "bye" not in str(error):
                    raise
        return test(self)

    return tried
