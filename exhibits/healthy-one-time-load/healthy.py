"""Looks like a leak, is none: a few seconds after the start a big table is loaded once, and modules are imported late."""
import os
import time

table = {}
late = []


class Customer:
    __slots__ = ("number", "name")

    def __init__(self, number):
        self.number = number
        self.name = "customer %d" % number


def load():
    import decimal
    import email.mime.multipart
    import xml.dom.minidom

    late.extend([decimal, email, xml])
    for number in range(20000):
        table[number] = Customer(number)


def main():
    started = time.monotonic()
    deadline = started + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    turn = 0
    while time.monotonic() < deadline:
        if not table and time.monotonic() - started > 5.0:
            load()
        if table:
            table[turn % 20000].name.upper()
        turn += 1
        time.sleep(0.05)


main()
