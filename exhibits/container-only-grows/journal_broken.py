"""The journal of an order desk: every event is noted, the newest ones are shown."""


class Entry:
    __slots__ = ("kind", "number", "words")

    def __init__(self, kind, number):
        self.kind = kind
        self.number = number
        self.words = ["order", "number %d" % number]


class Journal:
    def __init__(self):
        self.entries = []

    def note(self, kind, number):
        self.entries.append(Entry(kind, number))  # LEAK

    def size(self):
        return len(self.entries)


journal = Journal()
