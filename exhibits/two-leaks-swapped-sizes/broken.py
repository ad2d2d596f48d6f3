"""A camera recorder: a few big pictures and many small marks, both of one class, both kept for ever by different holders."""
import os
import time


class Record:
    def __init__(self, stamp, data):
        self.stamp = stamp
        self.data = data


class Recorder:
    def __init__(self):
        self.pictures = []
        self.marks = {}
        self.count = 0

    def picture(self):
        self.pictures.append(Record(self.count, bytearray(24000)))  # LEAK-FEW-BIG

    def mark(self):
        self.count += 1
        self.marks[self.count] = Record(self.count, bytearray(8))  # LEAK-MANY-SMALL


recorder = Recorder()


def main():
    turn = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        recorder.mark()
        recorder.mark()
        if turn % 5 == 0:
            recorder.picture()
        turn += 1
        time.sleep(0.04)


main()
