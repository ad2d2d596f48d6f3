"""A dashboard in the standard library, with the mistake that NiceGUI 2.11.1 to 2.14.1 had (see story.md).

A page shows a clock and a counter. Both are *bindable properties*: writing one tells everybody who is bound to it. A property that is written for
the first time registers a finalizer, so that the bindings of an element that is gone are forgotten. A visitor asks for the page ten times a second.
"""
import http.server
import os
import threading
import time
import urllib.request
import weakref

bound_properties = {}


class BindableProperty:
    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, element, owner=None):
        return getattr(element, self.slot)

    def __set__(self, element, value):
        if getattr(element, self.slot, None) == value:
            return
        setattr(element, self.slot, value)
        key = (id(element), self.slot)
        bound_properties.setdefault(key, weakref.finalize(element, lambda: bound_properties.pop(key, None)))  # LEAK


class Label:
    text = BindableProperty()

    def __init__(self, text):
        self.text = text


class Dashboard:
    def __init__(self):
        self.views = 0
        self.clock = Label("starting")

    def page(self):
        self.views += 1
        self.clock.text = "%s, view %d" % (time.strftime("%H:%M:%S"), self.views)
        return "<h1>%s</h1>" % self.clock.text


dashboard = Dashboard()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = dashboard.page().encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def visit(port, deadline):
    while time.monotonic() < deadline:
        with urllib.request.urlopen("http://127.0.0.1:%d/" % port) as answer:
            answer.read()
        time.sleep(0.1)


def main():
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, name="http", daemon=True).start()
    visit(server.server_port, deadline)
    server.shutdown()


main()
