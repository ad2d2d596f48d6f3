"""Objects of many kinds, a dump of the process, and what dies with each of them when it is let go.

    python freed_by_deletion.py FOLDER COPIES
"""
import array
import gc
import sys

import kinds_of_objects
import observed


def main():
    table = kinds_of_objects.chosen(int(sys.argv[2]))
    died = {name: array.array("Q") for name in table}
    addresses = {name: id(table[name]) for name in table}
    names = sorted(table, key="shared".__eq__)  # last, for others hold it too
    table["stays"] = []  # the collector forgets a dict that has nothing it tracks
    before, after = set(), set()
    gc.collect()
    observed.dump()
    gc.collect()
    gc.disable()
    after.update(map(id, gc.get_objects()))
    for name in names:
        before, after = after, before
        del table[name]
        gc.collect()
        after.clear()
        after.update(map(id, gc.get_objects()))
        for address in before:
            if address not in after:
                died[name].append(address)
    observed.leave({name: {"address": addresses[name], "died": list(died[name])} for name in names})


main()
