"""A page that does something "in a moment", again and again, by one-shot timers. One visitor looks at it."""
import os
import time

from nicegui import app, ui

from visitor import free_port, visit

PORT = free_port()
DEADLINE = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
fired = [0]


@ui.page("/")
def page():
    box = ui.column()

    def later():
        fired[0] += 1

    def work():
        with box:
            ui.timer(0, later, once=True)  # LEAK
        if time.monotonic() > DEADLINE:
            app.shutdown()

    ui.timer(0.1, work)


app.on_startup(lambda: visit(PORT))
ui.run(host="127.0.0.1", port=PORT, reload=False, show=False, show_welcome_message=False, uvicorn_logging_level="error")
