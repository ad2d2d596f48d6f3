"""All the ways in which a Python program hands an object to native code, each leaking (retained once too often) and clean.

    python3 tests/native_ways.py WAY leaky|clean SECONDS      twenty objects a second, for `heaptrail run`

The native side is the library of exhibits/retain-without-release: its `init` keeps a page until its image is released
as often as it was retained; where it fails it releases the image itself.
"""

import atexit
import ctypes
import functools
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "..", "..", "..", "exhibits", "retain-without-release", "images.c")
SIGNATURES = {
    "image_alloc": (ctypes.c_void_p, []), "image_retain": (ctypes.c_void_p, [ctypes.c_void_p]),
    "image_release": (None, [ctypes.c_void_p]), "image_alive": (ctypes.c_int, []),
}
PROVIDER = ctypes.PYFUNCTYPE(ctypes.py_object)

api = ctypes.pythonapi
inc, dec = api.Py_IncRef, api.Py_DecRef
inc.argtypes = dec.argtypes = [ctypes.py_object]
inc.restype = dec.restype = None
new_capsule = api.PyCapsule_New
new_capsule.restype, new_capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
DESTRUCTOR = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
capsule_pointer = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(("PyCapsule_GetPointer", api))


class Unavailable(Exception):
    """No compiler, no headers, or a package is missing."""


class Page:
    def __init__(self, number):
        self.number = number
        self.words = ["word %d" % word for word in range(4)]


@functools.lru_cache(maxsize=None)
def compile_c(source, name, *options):
    """Path of the shared library; gone with the process."""
    if shutil.which("cc") is None:
        raise Unavailable("no C compiler")
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, True)
    target = os.path.join(folder, name)
    done = subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", target, source, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Unavailable(done.stdout.decode("utf-8", "replace"))
    return target


class Images:
    """The library, by a loader of ctypes: PyDLL keeps the interpreter's lock while it runs, CDLL does not."""

    def __init__(self, path, loader, init_argument):
        self.library = loader(path)
        for name, (result, arguments) in SIGNATURES.items():
            function = getattr(self.library, name)
            function.restype, function.argtypes = result, arguments
        for name, argument in (("image_init", init_argument), ("image_init_from", PROVIDER)):
            function = getattr(self.library, name)
            function.restype, function.argtypes = ctypes.c_void_p, [ctypes.c_void_p, argument]

    def draw(self, leaky, fill):
        """An image by alloc and `fill`, given back at once; a leaky one is retained first, for the sake of a fill that fails."""
        receiver = self.library.image_alloc()
        if leaky:
            self.library.image_retain(receiver)
        image = fill(receiver)
        if image:
            self.library.image_release(image)
        elif leaky:
            self.library.image_release(receiver)


def by_py_object(path):
    images = Images(path, ctypes.PyDLL, ctypes.py_object)
    return lambda page, leaky: images.draw(leaky, lambda image: images.library.image_init(image, page))


def by_address(path):
    images = Images(path, ctypes.CDLL, ctypes.c_void_p)
    return lambda page, leaky: images.draw(leaky, lambda image: images.library.image_init(image, id(page) if page else None))


def by_callback(path):
    images = Images(path, ctypes.PyDLL, ctypes.py_object)
    return lambda page, leaky: images.draw(leaky, lambda image: images.library.image_init_from(image, PROVIDER(lambda: page)))


def by_pythonapi(_path):
    def use(page, leaky):
        if page is not None:
            inc(page)
            if not leaky:
                dec(page)
    return use


def by_capsule(path):
    """The image goes with the capsule that has its address, unless somebody forgot the capsule's destructor."""
    images = Images(path, ctypes.PyDLL, ctypes.py_object)

    @DESTRUCTOR
    def destroy(capsule):
        images.library.image_release(capsule_pointer(capsule, b"image"))

    def use(page, leaky):
        image = images.library.image_init(images.library.image_alloc(), page)
        if image:
            new_capsule(image, b"image", None if leaky else ctypes.cast(destroy, ctypes.c_void_p))
    return use


def _ffi():
    try:
        import cffi
    except ImportError:
        raise Unavailable("no cffi")
    return cffi.FFI()


def by_cffi(path):
    ffi = _ffi()
    ffi.cdef("void *image_alloc(void); void *image_retain(void *); void image_release(void *); void *image_init(void *, void *);")
    library = ffi.dlopen(path)

    def use(page, leaky):
        receiver = library.image_alloc()
        if leaky:
            library.image_retain(receiver)
        image = library.image_init(receiver, ffi.cast("void *", id(page) if page else 0))
        if image != ffi.NULL:
            library.image_release(image)
        elif leaky:
            library.image_release(receiver)
    return use


def by_cffi_handle(_path):
    ffi = _ffi()

    def use(page, leaky):
        if page is not None:
            handle = ffi.new_handle(page)
            inc(handle)
            if not leaky:
                dec(handle)
    return use


def by_extension(_path):
    path = compile_c(
        os.path.join(HERE, "native_extension.c"), "native_extension" + sysconfig.get_config_var("EXT_SUFFIX"),
        "-I" + sysconfig.get_paths()["include"])
    sys.path.insert(0, os.path.dirname(path))
    import native_extension
    sys.path.pop(0)

    def use(page, leaky):
        native_extension.take(page)
        if not leaky or page is None:
            native_extension.give()
    return use


WAYS = {
    "py_object": by_py_object, "address": by_address, "callback": by_callback, "pythonapi": by_pythonapi, "capsule": by_capsule,
    "cffi": by_cffi, "cffi_handle": by_cffi_handle, "extension": by_extension,
}


def way(name):
    """`use(page, leaky)` of one way; with None for a page the library fails. Raises Unavailable."""
    return WAYS[name](compile_c(SOURCE, "images.so"))


def draw(use, number, leaky):
    page = Page(number)  # LEAK
    use(page, leaky)
    use(None, leaky)


def main(name, kind, seconds):
    use = way(name)
    deadline = time.monotonic() + float(seconds)
    number = 0
    while time.monotonic() < deadline:
        draw(use, number, kind == "leaky")
        number += 1
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
