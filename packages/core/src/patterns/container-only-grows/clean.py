"""The same without the mistake: the journal keeps the latest entries."""
import collections
import time


class Entry:
    def __init__(self, text):
        self.text = text


journal = collections.deque(maxlen=50)
number = 0
while True:
    number += 1
    journal.append(Entry("event %d" % number))
    time.sleep(0.02)
