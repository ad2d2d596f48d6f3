"""The agent that runs inside a watched CPython process.

Its first rule is that the program must not notice: no exception, no output, no module that the program would not
have loaded, no code of the program called, no lock held for long. Where the agent cannot keep that rule it does
less, or nothing.
"""

__version__ = "0.1.0"


def start(socket_path: str) -> None:
    """Connects to the host and starts the agent's thread; called once, by the bootstrap. Does nothing on failure."""
    from .entry import enter

    enter(socket_path)
