"""Checks the types of both packages with a pinned mypy, kept in a virtual environment under .cache."""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MYPY = "mypy==1.18.2"
_ENVIRONMENT = os.path.join(ROOT, ".cache", "mypy-venv")


class Result:
    """`ok` is None when mypy could not be had; `text` says what happened."""

    def __init__(self, ok, text):
        self.ok, self.text = ok, text


def check():
    """Runs mypy, installing it first where that is possible."""
    executable = os.path.join(_ENVIRONMENT, "bin", "python")
    try:
        if _version(executable) != MYPY:
            subprocess.run([sys.executable, "-m", "venv", "--clear", _ENVIRONMENT], check=True, stdout=subprocess.DEVNULL)
            subprocess.run(
                [executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", MYPY],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        return Result(None, "skipped: %s cannot be installed here (%s)" % (MYPY, type(error).__name__))
    done = subprocess.run(
        [executable, "-m", "mypy", "--strict", "--cache-dir", os.path.join(ROOT, ".cache", "mypy"), "heaptrail_agent", "heaptrail"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return Result(done.returncode == 0, done.stdout.decode().strip())


def _version(executable):
    if not os.path.exists(executable):
        return ""
    done = subprocess.run([executable, "-m", "mypy", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    words = done.stdout.decode().split()
    return "mypy==" + words[1] if len(words) > 1 else ""


if __name__ == "__main__":
    result = check()
    print(result.text)
    sys.exit(1 if result.ok is False else 0)
