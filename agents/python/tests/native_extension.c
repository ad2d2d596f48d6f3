/* An extension module whose `take` keeps its argument; `give` gives the newest up. For native_ways.py. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *taken[100000];
static int count = 0;

static PyObject *take(PyObject *module, PyObject *thing)
{
    (void)module;
    if (count == 100000) return PyErr_NoMemory();
    Py_INCREF(thing);
    taken[count++] = thing;
    Py_RETURN_NONE;
}

static PyObject *give(PyObject *module, PyObject *nothing)
{
    (void)module, (void)nothing;
    if (count > 0) Py_DECREF(taken[--count]);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"take", take, METH_O, NULL}, {"give", give, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "native_extension", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_native_extension(void)
{
    return PyModule_Create(&definition);
}
