"""Hands each page to native code with a reference of its own, and never takes that back."""
import ctypes
import time

retain = ctypes.pythonapi.Py_IncRef
retain.argtypes, retain.restype = [ctypes.py_object], None


class Page:
    def __init__(self, number):
        self.number = number


number = 0
while True:
    number += 1
    page = Page(number)
    retain(page)
    time.sleep(0.02)
