"""The journal of an order desk: every event is noted, the newest ones are shown."""
import collections


class Entry:
    __slots__ = ("kind", "number", "words")

    def __init__(self, kind, number):
        self.kind = kind
        self.number = number
        self.words = ["order", "number %d" % number]


class Journal:
    def __init__(self):
        self.entries = collections.deque(maxlen=60)

    def note(self, kind, number):
        self.entries.append(Entry(kind, number))

    def size(self):
        return len(self.entries)


journal = Journal()
