"""Objects of many kinds, a dump of the process, and what guppy says that each of them dominates.

    python guppy_sets.py FOLDER COPIES
"""
import gc
import sys

from guppy import hpy

import kinds_of_objects
import observed


def ask(heapy, table):
    """What guppy says of each: its size alone, that of all it dominates, and which objects these are. Of the objects only numbers stay."""
    answers = {}
    for name in table:
        one = heapy.iso(table[name])
        dominated = one.dominos
        answers[name] = {
            "address": id(table[name]),
            "bytes": one.indisize,
            "dominatedBytes": one.domisize,
            "dominated": [[id(thing), type(thing).__name__, sys.getsizeof(thing)] for thing in dominated.nodes],
        }
    return answers


def main():
    table = kinds_of_objects.chosen(int(sys.argv[2]))
    heapy = hpy()
    # Before 3.13 guppy has a `__dict__` made for every instance: the dump must be of the heap that it finds the second time.
    ask(heapy, table)
    gc.collect()
    observed.dump()
    observed.leave(ask(heapy, table))


main()
