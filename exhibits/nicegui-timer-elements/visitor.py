"""A browser's part without a browser: fetch the page, open the socket, shake hands as the page's script would, and stay."""
import asyncio
import re
import socket
import threading
import time
import urllib.request
import uuid

import socketio


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port):
    """The page, as soon as the server listens."""
    for _ in range(100):
        try:
            with urllib.request.urlopen("http://127.0.0.1:%d/" % port) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server never listened on port %d" % port)


async def stay(port):
    html = await asyncio.get_running_loop().run_in_executor(None, fetch, port)
    client_id = re.search(r"client_id[^\w]{1,12}([0-9a-f-]{36})", html).group(1)
    browser = socketio.AsyncClient(reconnection=False)
    await browser.connect(
        "http://127.0.0.1:%d?client_id=%s&implicit_handshake=false&next_message_id=0" % (port, client_id),
        socketio_path="/_nicegui_ws/socket.io",
        transports=["websocket"],
    )
    me = {"client_id": client_id, "tab_id": str(uuid.uuid4()), "document_id": str(uuid.uuid4()), "next_message_id": 0}
    await browser.call("handshake", me)
    await browser.wait()


def visit(port):
    """One visit, in a thread of its own, that lasts as long as the server."""

    threading.Thread(target=lambda: asyncio.run(stay(port)), name="visitor", daemon=True).start()
