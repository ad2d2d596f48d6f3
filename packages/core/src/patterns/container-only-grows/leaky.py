"""A journal that notes whatever happens, for ever."""
import time


class Entry:
    def __init__(self, text):
        self.text = text


journal = []
number = 0
while True:
    number += 1
    journal.append(Entry("event %d" % number))
    time.sleep(0.02)
