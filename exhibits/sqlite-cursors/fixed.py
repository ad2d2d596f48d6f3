"""Looks like a leak, is none: a connection of sqlite3 forgets its dead cursors only after it has made 200 of them."""
import os
import sqlite3
import time


class Journal:
    def __init__(self):
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("create table entry (number integer)")

    def write(self, number):
        self.connection.execute("insert into entry values (?)", (number,)).close()
        if number % 20 == 0:
            self.connection.execute("delete from entry").close()


def main():
    journal = Journal()
    number = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        journal.write(number)
        number += 1
        time.sleep(0.3)


main()
