"""SKELETON: the smallest program that shows the mistake; it leaks about fifty times a second until it is stopped."""
import time

kept = []
while True:
    kept.append(object())
    time.sleep(0.02)
