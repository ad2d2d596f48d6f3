"""SKELETON: the same without the mistake."""
import time

while True:
    object()
    time.sleep(0.02)
