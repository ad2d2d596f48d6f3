"""The same without the mistake: the finalizer is made when there is none yet."""
import time
import weakref


class Owner:
    pass


owner = Owner()
seen = {}


def note(thing):
    if id(thing) not in seen:
        seen[id(thing)] = weakref.finalize(thing, seen.pop, id(thing), None)


while True:
    note(owner)
    time.sleep(0.02)
