"""Has every Python that a run of tests starts end a second later, beside idle threads, and nothing else. For compare_stdlib.py.

A program under heaptrail ends later too: it looks a last time, and has threads. A test that does not wait for its child
can tell.
"""

import os

if os.environ.get("HEAPTRAIL_LATE") == "children":
    import atexit
    import threading
    import time

    for _ in range(2):
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    atexit.register(time.sleep, 1.0)
elif os.environ.get("HEAPTRAIL_LATE") == "of this":
    os.environ["HEAPTRAIL_LATE"] = "children"
