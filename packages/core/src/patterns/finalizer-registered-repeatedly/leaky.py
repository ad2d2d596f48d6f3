"""A finalizer for one owner on every call: setdefault() evaluates its second argument whether it is needed or not."""
import time
import weakref


class Owner:
    pass


owner = Owner()
seen = {}


def note(thing):
    seen.setdefault(id(thing), weakref.finalize(thing, lambda: seen.pop(id(thing), None)))


while True:
    note(owner)
    time.sleep(0.02)
