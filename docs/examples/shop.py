"""A shop that forgets nothing: every visit leaves a session in a dictionary, and a cart that refers back to it."""

import time


class Session:
    def __init__(self, name):
        self.name = name
        self.cart = Cart(self)


class Cart:
    def __init__(self, session):
        self.session = session  # a cycle: cart and session know each other
        self.items = [{"sku": "sku-%s-%d" % (session.name, i), "price": i + 0.5} for i in range(20)]


SESSIONS = {}


def visit(number):
    session = Session("s%d" % number)
    SESSIONS[session.name] = session


def main():
    number = 0
    while True:
        for _ in range(10):
            visit(number)
            number += 1
        Cart(Session("gone"))  # garbage that only the cycle collector frees
        time.sleep(0.1)


main()
