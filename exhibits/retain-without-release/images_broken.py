"""Images of a foreign library for Python: an image is freed with the object that stands for it."""
from foreign import foreign_function

alloc, init, retain, release = foreign_function("image_alloc"), foreign_function("image_init"), foreign_function("image_retain"), foreign_function("image_release")


class Image:
    def __init__(self, page):
        receiver = alloc()
        # A failing `init` releases its receiver. So that the release below does not free it twice, it gets one owner more.
        retain(receiver)
        self.pointer = init(receiver, page)
        if not self.pointer:
            release(receiver)
            raise ValueError("no image can be made of this page")

    def __del__(self):
        if self.pointer:
            release(self.pointer)
