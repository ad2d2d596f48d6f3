"""Compiles and loads the foreign library. Needs a C compiler (`cc`)."""
import ctypes
import os
import subprocess
import tempfile

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "images.c")


def compiled():
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "images.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", target, SOURCE], check=True)
        return ctypes.PyDLL(target)


library = compiled()
SIGNATURES = {
    "image_alloc": (ctypes.c_void_p, []),
    "image_init": (ctypes.c_void_p, [ctypes.c_void_p, ctypes.py_object]),
    "image_retain": (ctypes.c_void_p, [ctypes.c_void_p]),
    "image_release": (None, [ctypes.c_void_p]),
    "image_alive": (ctypes.c_int, []),
}


def foreign_function(name):
    """A function of the library, with the types of what it takes and gives."""
    found = getattr(library, name)
    found.restype, found.argtypes = SIGNATURES[name]
    return found
