"""Threads that wait for the network: socket servers with idle clients, a web server, datagrams, select, pipes."""
import http.client
import http.server
import os
import select
import socket
import socketserver
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line)


class Quiet(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True


def start(function, *arguments):
    threading.Thread(target=function, args=arguments, daemon=True).start()


echo = Server(("127.0.0.1", 0), Echo)
web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
for server in (echo, web):
    start(server.serve_forever)
clients = [socket.create_connection(echo.server_address) for _ in range(20)]
browsers = [http.client.HTTPConnection("127.0.0.1", web.server_address[1]) for _ in range(5)]
for browser in browsers:
    browser.request("GET", "/")
    browser.getresponse().read()
left, right = socket.socketpair()
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
datagrams.bind(("127.0.0.1", 0))
start(left.recv, 1)
start(datagrams.recv, 1)
start(select.select, [right], [], [])
start(os.read, os.pipe()[0], 1)
until = time.monotonic() + SECONDS
while time.monotonic() < until:
    time.sleep(2)
    clients[0].sendall(b"yes\n")
    clients[0].recv(10)
os._exit(0)
