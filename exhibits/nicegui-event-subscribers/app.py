"""A page that subscribes to an application-wide event. Its visitors are health checks: they fetch it and never open the socket.

Pages that nobody connected to are pruned every second here, at an age of one second (NiceGUI: every ten, at sixty), so that what stays shows early.
"""
import os
import socket
import threading
import time
import urllib.request

from nicegui import Client, Event, app, ui


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORT = free_port()
DEADLINE = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
news = Event()


@ui.page("/")
def page():
    lines = ["line of this visitor"]  # LEAK
    news.subscribe(lambda: lines.append("news"))  # LEAK
    ui.label("hello")


def health_checks():
    while time.monotonic() < DEADLINE:
        try:
            with urllib.request.urlopen("http://127.0.0.1:%d/" % PORT) as answer:
                answer.read()
        except OSError:
            pass  # not up yet, or going down
        time.sleep(0.15)
    app.shutdown()


app.timer(1.0, lambda: Client.prune_instances(client_age_threshold=1.0))
app.on_startup(threading.Thread(target=health_checks, name="health checks", daemon=True).start)
ui.run(host="127.0.0.1", port=PORT, reload=False, show=False, show_welcome_message=False, uvicorn_logging_level="error")
