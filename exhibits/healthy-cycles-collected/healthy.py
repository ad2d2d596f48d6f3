"""Looks like a leak, is none: trees whose nodes know their parents; only the cyclic collector can free them, and it does."""
import os
import time


class Node:
    def __init__(self, parent=None):
        self.parent = parent
        self.children = []


def plant(size):
    top = Node()
    for _ in range(size):
        top.children.append(Node(top))
    return len(top.children)


def main():
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        plant(12)
        time.sleep(0.04)


main()
