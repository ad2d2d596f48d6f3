"""Twisted: a server with idle clients, deferreds that are coroutines, calls in threads, looping calls."""
# needs: twisted
import os
import time

from twisted.internet import defer, endpoints, protocol, reactor, task, threads

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
waiting = []


class Echo(protocol.Protocol):
    def dataReceived(self, data):
        self.transport.write(data)


class Client(protocol.Protocol):
    def connectionMade(self):
        self.transport.write(b"hello")


async def wait_for_reply():
    deferred = defer.Deferred()
    waiting.append(deferred)
    await deferred


@defer.inlineCallbacks
def in_thread():
    yield threads.deferToThread(time.sleep, 7200)


@defer.inlineCallbacks
def main():
    factory = protocol.Factory.forProtocol(Echo)
    port = yield endpoints.TCP4ServerEndpoint(reactor, 0, interface="127.0.0.1").listen(factory)
    for _ in range(10):
        yield endpoints.connectProtocol(endpoints.TCP4ClientEndpoint(reactor, "127.0.0.1", port.getHost().port), Client())
        defer.ensureDeferred(wait_for_reply())
    in_thread()
    task.LoopingCall(time.time).start(1)


reactor.callWhenRunning(main)
reactor.callLater(SECONDS, os._exit, 0)
reactor.run()
