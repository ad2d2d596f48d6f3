"""A viewer that draws a preview of every page that comes in; pages without content have none."""
import os
import time

from images_broken import Image


class Page:
    def __init__(self, number):
        self.number = number
        self.words = ["word %d" % word for word in range(8)]


def preview(number):
    page = Page(number)  # LEAK
    Image(page)
    try:
        Image(None)
    except ValueError:
        pass  # an empty page
    return len(page.words)


def main():
    number = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        preview(number)
        number += 1
        time.sleep(0.05)


main()
