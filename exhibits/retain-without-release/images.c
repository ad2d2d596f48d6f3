/*
 * A foreign library with the contract of Cocoa's images: objects are counted, and `init` consumes its receiver.
 *
 *   image_alloc()             an object that the caller owns (count 1), not ready to be used
 *   image_init(image, page)   success: the same object, which the caller owns; it keeps `page`, an object of Python, until it is freed
 *                             failure (page is None or 0): releases the receiver itself, and returns 0
 *   image_init_from(image, f) the same with the page that f, a function of Python, returns
 *   image_retain(image)       one more owner
 *   image_release(image)      one owner less; the last frees the object and lets go of its page. One too many ends the process.
 *   image_alive()             objects that are not freed
 *
 * Takes the interpreter's lock where it touches an object of Python, so it may be called with and without it. Needs no
 * header of Python, so that one library fits every version.
 */
#include <stdio.h>
#include <stdlib.h>

extern void Py_IncRef(void *object);
extern void Py_DecRef(void *object);
extern int PyGILState_Ensure(void);
extern void PyGILState_Release(int state);
extern char _Py_NoneStruct[];

enum { FREED = 0xDEAD, ALIVE = 0xA11E };

typedef struct {
    int state;
    int count;
    void *page;
    char pixels[64];
} Image;

static int alive = 0;

static void check(const Image *image, const char *function)
{
    if (image->state == ALIVE) return;
    fprintf(stderr, "%s: the image is freed already\n", function);
    abort();
}

Image *image_alloc(void)
{
    Image *image = calloc(1, sizeof(Image));
    if (image == NULL) abort();
    image->state = ALIVE;
    image->count = 1;
    alive++;
    return image;
}

Image *image_retain(Image *image)
{
    check(image, "image_retain");
    image->count++;
    return image;
}

void image_release(Image *image)
{
    check(image, "image_release");
    if (--image->count > 0) return;
    image->state = FREED; /* the few bytes stay, so that a release too many is seen for sure */
    alive--;
    if (image->page == NULL) return;
    int state = PyGILState_Ensure();
    Py_DecRef(image->page);
    PyGILState_Release(state);
    image->page = NULL;
}

Image *image_init(Image *image, void *page)
{
    check(image, "image_init");
    if (page == NULL || page == (void *)_Py_NoneStruct) {
        image_release(image);
        return NULL;
    }
    int state = PyGILState_Ensure();
    Py_IncRef(page);
    PyGILState_Release(state);
    image->page = page;
    return image;
}

Image *image_init_from(Image *image, void *(*provider)(void))
{
    int state = PyGILState_Ensure();
    void *page = provider(); /* a reference of our own, or NULL after an exception */
    Image *ready = image_init(image, page);
    if (page != NULL) Py_DecRef(page);
    PyGILState_Release(state);
    return ready;
}

int image_alive(void)
{
    return alive;
}
