"""Has every Python that a run of tests starts end a second later, and nothing else. For compare_stdlib.py.

A program under heaptrail ends later too: it looks a last time. A test that does not wait for its child can tell.
"""

import os

if os.environ.get("HEAPTRAIL_LATE") == "children":
    import atexit
    import time

    atexit.register(time.sleep, 1.0)
elif os.environ.get("HEAPTRAIL_LATE") == "of this":
    os.environ["HEAPTRAIL_LATE"] = "children"
