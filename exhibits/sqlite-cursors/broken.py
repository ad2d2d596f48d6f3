"""Leaks: each cursor is kept, "to close them all at the end". Beside it stands what sqlite3 itself keeps of its cursors for a while."""
import os
import sqlite3
import time


class Journal:
    def __init__(self):
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("create table entry (number integer)")
        self.opened = []

    def write(self, number):
        cursor = self.connection.execute("insert into entry values (?)", (number,))  # LEAK
        self.opened.append(cursor)
        if number % 20 == 0:
            self.connection.execute("delete from entry").close()


def main():
    journal = Journal()
    number = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        journal.write(number)
        number += 1
        time.sleep(0.1)


main()
