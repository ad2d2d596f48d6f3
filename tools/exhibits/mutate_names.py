"""Gives every name that a program defines another one, of the same make (Class, CONSTANT, _private, plain)."""
import ast
import builtins
import collections
import io
import keyword
import random
import re
import tokenize

SYLLABLES = ["ba", "do", "fi", "gu", "ka", "le", "mo", "nu", "pa", "ri", "so", "ta", "vu", "we", "zo", "xi"]
KNOWN_TYPES = [dict, list, set, frozenset, tuple, str, bytes, bytearray, int, float, type, object, collections.deque, collections.OrderedDict,
               type(lambda: 0), type(i for i in ()), io.BytesIO, io.StringIO, BaseException]


def defined_names(trees, modules):
    """Names that the programs define and nobody outside can mean."""
    defined = set()
    foreign = set(dir(builtins)) | set(keyword.kwlist) | {name for kind in KNOWN_TYPES for name in dir(kind)}
    for tree in trees:
        defined |= names_defined_in(tree)
    for tree in trees:
        foreign |= names_of_others(tree, defined, modules)
    kept = {name for name in defined if name in ("self", "_") or (name.startswith("__") and name.endswith("__"))}
    return (defined - foreign - kept) | modules_used(trees, modules)


def names_defined_in(tree):
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and root_of(node) == "self":
            names.add(node.attr)  # an attribute set on anything else may be a library's
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    for slots in slots_in(tree):
        names.update(item.value for item in slots)
    return names


def slots_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "__slots__" for target in node.targets):
            yield node.value.elts


def names_of_others(tree, defined, modules):
    """What is imported, asked of an import, overridden from a foreign class, or handed to foreign functions by keyword."""
    imported = set()
    classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported.update(alias.asname or alias.name.split(".")[0] for alias in node.names if alias.name not in modules)
        elif isinstance(node, ast.ImportFrom) and node.module not in modules:
            imported.update(alias.asname or alias.name for alias in node.names)
    names = set(imported)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and root_of(node) in imported:
            names.add(node.attr)
        elif isinstance(node, ast.ClassDef) and any(not (isinstance(base, ast.Name) and base.id in classes) for base in node.bases):
            names.update(item.name for item in node.body if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)))
        elif isinstance(node, ast.Call) and called(node) not in defined:
            names.update(word.arg for word in node.keywords if word.arg)
    return names


def root_of(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)


def modules_used(trees, modules):
    """Modules of the exhibit; those that nobody imports are programs, whose name is only that of the file."""
    wanted = {alias.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    wanted |= {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return modules & wanted


def new_names(names, seed):
    """Other names, none of them twice."""
    chosen = {}
    taken = set(names) | set(dir(builtins)) | set(keyword.kwlist)
    for name in sorted(names):
        dice = random.Random("%s %s" % (seed, name))
        new = name
        while new in taken:
            new = alike(name, "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(3, 4))))
        taken.add(new)
        chosen[name] = new
    return chosen


def alike(name, word):
    bare = name.lstrip("_")
    lead = name[: len(name) - len(bare)]
    if bare.isupper():
        return lead + word.upper()
    return lead + (word.capitalize() if bare[:1].isupper() else word)


def rename_tokens(text, names, strict):
    """Every NAME token that has another name gets it, and so does every entry of `__slots__`. Nothing else changes, comments included."""
    tree = ast.parse(text)
    if strict and any(isinstance(node, ast.JoinedStr) for node in ast.walk(tree)):
        raise SystemExit("an exhibit may not use f-strings: names inside them are not seen by the renaming")
    slots = {(item.lineno, item.col_offset) for values in slots_in(tree) if strict for item in values}
    lines = text.split("\n")
    edits = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME and token.string in names:
            edits.append((token.start, token.end, names[token.string]))
        elif token.type == tokenize.STRING and token.start in slots:
            name = ast.literal_eval(token.string)
            edits.append((token.start, token.end, '"%s"' % names.get(name, name)))
    for (row, start), (_, end), new in sorted(edits, reverse=True):
        lines[row - 1] = lines[row - 1][:start] + new + lines[row - 1][end:]
    return "\n".join(lines)


def rename_in_f_strings(text, names):
    """Up to Python 3.11 an f-string is one token: the names between its braces are changed here. Later ones have been changed already."""
    word = re.compile(r"\b(%s)\b" % "|".join(map(re.escape, sorted(names))))
    lines = text.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.STRING or "f" not in token.string[: token.string.find(token.string[-1])].lower() or token.start[0] != token.end[0]:
            continue
        row = token.start[0] - 1
        changed = re.sub(r"\{[^{}]*\}", lambda field: word.sub(lambda found: names[found.group()], field.group()), token.string)
        # One token at a time from the left would move the others: only changes of lines with one f-string are made, all at once.
        lines[row] = lines[row].replace(token.string, changed, 1)
    return "\n".join(lines)
