"""Images of a foreign library for Python: an image is freed with the object that stands for it."""
from foreign import foreign_function

alloc, init, release = foreign_function("image_alloc"), foreign_function("image_init"), foreign_function("image_release")


class Image:
    def __init__(self, page):
        # `init` takes over what `alloc` gave: on success we own its result, once; on failure it has freed it.
        self.pointer = init(alloc(), page)
        if not self.pointer:
            raise ValueError("no image can be made of this page")

    def __del__(self):
        if self.pointer:
            release(self.pointer)
