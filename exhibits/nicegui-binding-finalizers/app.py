"""A dashboard with a clock: a timer writes a label, as in many a NiceGUI program. One visitor looks at it."""
import os
import time

from nicegui import app, ui

from visitor import free_port, visit

PORT = free_port()
DEADLINE = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))


@ui.page("/")
def dashboard():
    clock = ui.label("starting")
    reading = [0]

    def refresh():
        reading[0] += 1
        clock.text = "reading %d" % reading[0]
        if time.monotonic() > DEADLINE:
            app.shutdown()

    ui.timer(0.08, refresh)


app.on_startup(lambda: visit(PORT))
# Messages are kept for a reconnection, 1000 of them or for 48 seconds: fewer here, so that this (healthy) history is full before anybody measures.
ui.run(
    host="127.0.0.1",
    port=PORT,
    reload=False,
    show=False,
    show_welcome_message=False,
    uvicorn_logging_level="error",
    message_history_length=30,
)
