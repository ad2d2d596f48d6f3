"""An order desk that notes in its journal whatever happens."""
import os
import time

from journal_broken import journal


class Desk:
    def __init__(self):
        self.taken = 0

    def take(self):
        self.taken += 1
        journal.note("taken", self.taken)
        return journal.size()


def main():
    desk = Desk()
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        desk.take()
        time.sleep(0.05)


main()
