"""Changes what a pattern must not depend on: names, line numbers and the choice of container. Standard library only, same seed, same result.

    python mutate.py programs SOURCE TARGET SEED [OLD=NEW]
        the programs of one exhibit: modules, classes, functions, attributes and variables get other names, lines are shifted, and a list, dict or
        deque becomes another of the three where the program cannot tell. OLD=NEW: a library that they import has another name.
    python mutate.py library SOURCE TARGET SEED OLD NEW NAME,NAME...
        an installed package: it gets another name, so do the given names in it, and lines are shifted. Everything else stays as it is.

Prints one JSON object: {"names": {old: new}, "files": {old: new}, "lines": {new file: {old line: new line}}, "swaps": [text]}.
"""
import ast
import json
import os
import random
import shutil
import sys

from mutate_containers import swap_containers
from mutate_names import defined_names, new_names, rename_in_f_strings, rename_tokens
from mutate_lines import shift_lines


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def mutate_programs(source, target, seed, library=None):
    texts = {name: read(os.path.join(source, name)) for name in sorted(os.listdir(source)) if name.endswith(".py")}
    for name in os.listdir(source):
        if name.endswith((".c", ".h")):  # compiled by the program itself: the other side of a boundary stays as it is
            shutil.copyfile(os.path.join(source, name), os.path.join(target, name))
    swaps = []
    for name in texts:
        others = [ast.parse(text) for other, text in texts.items() if other != name]
        texts[name], done = swap_containers(texts[name], others, random.Random("%s swap %s" % (seed, name)))
        swaps.extend("%s: %s" % (name, swap) for swap in done)

    modules = {name[:-3] for name in texts}
    names = new_names(defined_names([ast.parse(text) for text in texts.values()], modules), seed)
    if library:
        names[library.split("=")[0]] = library.split("=")[1]
    # Files that only start a program are no names in any text.
    file_names = dict(new_names(modules - set(names), seed), **names)
    result = {"names": names, "files": {}, "lines": {}, "swaps": swaps}
    for name, text in texts.items():
        moved, line_by_line = shift_lines(text, random.Random("%s lines %s" % (seed, name)))
        new = file_names[name[:-3]] + ".py"
        write(os.path.join(target, new), rename_tokens(moved, names, strict=True))
        result["files"][name] = new
        result["lines"][new] = line_by_line
    return result


def mutate_library(source, target, seed, package, new_package, chosen):
    names = new_names(set(chosen), seed)
    names[package] = new_package
    result = {"names": names, "files": {package: new_package}, "lines": {}, "swaps": []}
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for file in sorted(files):
            path = os.path.join(folder, file)
            stem, ending = os.path.splitext(file)
            new_file = names.get(stem, stem) + ending if ending == ".py" else file
            below = os.path.normpath(os.path.join(new_package, os.path.relpath(folder, source), new_file))
            if not file.endswith(".py"):
                link(path, os.path.join(target, below))
                continue
            text = rename_in_f_strings(rename_tokens(read(path), names, strict=False), names)
            moved, line_by_line = shift_lines(text, random.Random("%s lines %s" % (seed, below)))
            write(os.path.join(target, below), moved)
            result["lines"][below] = line_by_line
    return result


def link(path, new):
    """Pictures and scripts of the library are many megabytes, and nothing in them changes."""
    os.makedirs(os.path.dirname(new), exist_ok=True)
    try:
        os.link(path, new)
    except OSError:
        shutil.copyfile(path, new)


def main():
    if sys.argv[1] == "programs":
        result = mutate_programs(*sys.argv[2:6])
    else:
        source, target, seed, old, new, chosen = sys.argv[2:8]
        result = mutate_library(source, target, seed, old, new, chosen.split(","))
    json.dump(result, sys.stdout)


main()
