"""A page renderer with a cache in its closure; the address of a page holds the visitor's own token."""
import os
import time


class Page:
    def __init__(self, address):
        self.address = address
        self.parts = ["header", "body of %d" % len(address), "footer"]


def make_renderer():
    rendered = {}

    def render(path, token):
        address = (path, token)  # LEAK
        if address not in rendered:
            rendered[address] = Page(address)  # LEAK
        return rendered[address]

    return render


render_page = make_renderer()


def main():
    visitor = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        token = "visitor-%d" % visitor
        render_page("/prices", token)
        render_page("/prices", token)
        visitor += 1
        time.sleep(0.04)


main()
