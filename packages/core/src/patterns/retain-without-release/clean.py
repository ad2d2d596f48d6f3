"""The same without the mistake: what was retained is released when native code is done with it."""
import ctypes
import time

retain, release = ctypes.pythonapi.Py_IncRef, ctypes.pythonapi.Py_DecRef
retain.argtypes = release.argtypes = [ctypes.py_object]
retain.restype = release.restype = None


class Page:
    def __init__(self, number):
        self.number = number


number = 0
while True:
    number += 1
    page = Page(number)
    retain(page)
    release(page)
    time.sleep(0.02)
