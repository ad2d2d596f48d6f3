"""A Flask application in waitress, whose threads wait for work; clients with sessions; a watcher of files."""
# needs: flask, waitress, requests, watchdog
import os
import tempfile
import threading
import time

import requests
import waitress
from flask import Flask
from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
application = Flask("program")


@application.route("/")
def hello():
    return "hello"


@application.route("/slow")
def slow():
    time.sleep(7200)


server = waitress.create_server(application, host="127.0.0.1", port=0, threads=6)
base = "http://127.0.0.1:%s" % server.effective_port
threading.Thread(target=server.run, daemon=True).start()
observer = Observer()
observer.schedule(FileSystemEventHandler(), tempfile.mkdtemp(), recursive=True)
observer.daemon = True
observer.start()
for _ in range(2):
    threading.Thread(target=lambda: requests.get(base + "/slow"), daemon=True).start()
session = requests.Session()
until = time.monotonic() + SECONDS
while time.monotonic() < until:
    session.get(base + "/")
    time.sleep(1)
os._exit(0)
