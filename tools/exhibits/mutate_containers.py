"""Swaps list, dict and deque where the program cannot tell: a container that is only filled, measured and popped at its ends."""
import ast

EMPTY = {ast.List: "list", ast.Dict: "dict"}


def swap_containers(text, others, dice):
    """The text with some containers changed, and what was changed. `others` are the other programs of the exhibit."""
    done = []
    while True:
        tree = ast.parse(text)
        possible = sorted(candidates(tree, others, {name for name, _ in done}))
        if not possible:
            return text, ["%s is a %s now" % swap for swap in done]
        name, kind = dice.choice(possible)
        new = dice.choice(CHOICES[kind])
        text = rewrite(text, tree, name, kind, new)
        done.append((name, new))


CHOICES = {"appended list": ("deque", "dict"), "popped list": ("deque",), "filled dict": ("list",)}


def candidates(tree, others, done):
    """(name, kind) of each container that begins empty, once, and whose every use is understood."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    uses = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)):
            uses.setdefault(name_of(node), []).append(node)
    foreign = {name_of(node) for other in others for node in ast.walk(other) if isinstance(node, (ast.Name, ast.Attribute))}
    own = {name_of(node) for other in others for node in ast.walk(other)
           if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Store)}
    for name, nodes in uses.items():
        if name in done or (name in foreign and name not in own):
            continue
        stores = [node for node in nodes if isinstance(node.ctx, ast.Store)]
        if len(stores) != 1 or not isinstance(parents[stores[0]], ast.Assign):
            continue
        value = parents[stores[0]].value
        kind = EMPTY.get(type(value))
        if kind is None or getattr(value, "elts", None) or getattr(value, "keys", None):
            continue
        ways = {way_of(node, parents) for node in nodes if node is not stores[0]}
        if kind == "list" and ways and ways <= {"append", "len"} and "append" in ways:
            yield name, "appended list"
        elif kind == "list" and ways <= {"append", "len", "pop first"} and "pop first" in ways:
            yield name, "popped list"
        elif kind == "dict" and ways <= {"set", "len"} and "set" in ways:
            yield name, "filled dict"


def name_of(node):
    return node.id if isinstance(node, ast.Name) else node.attr


def way_of(node, parents):
    """How a container is used at one place; "?" where we do not know."""
    parent = parents[node]
    above = parents.get(parent)
    statement = parents.get(above)
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "len":
        return "len"
    if isinstance(parent, ast.Attribute) and isinstance(above, ast.Call) and above.func is parent and isinstance(statement, ast.Expr):
        if parent.attr == "append":
            return "append"
        if parent.attr == "pop" and len(above.args) == 1 and getattr(above.args[0], "value", None) == 0:
            return "pop first"
    if isinstance(parent, ast.Subscript) and parent.value is node and isinstance(parent.ctx, ast.Store):
        if isinstance(above, ast.Assign) and len(above.targets) == 1:
            return "set"
    return "?"


def rewrite(text, tree, name, kind, new):
    """Changes every use of one container; statements stay on their line, so that comments stay beside them."""
    lines = text.split("\n")
    edits = []
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Name, ast.Attribute)) or name_of(node) != name:
            continue
        parent = parents[node]
        whole = source_of(lines, node)
        if isinstance(node.ctx, ast.Store):
            edits.append((parent.value, {"deque": "collections.deque()", "dict": "{}", "list": "[]"}[new]))
        elif way_of(node, parents) == "append" and new == "dict":
            call = parents[parent]
            edits.append((call, "%s[len(%s)] = %s" % (whole, whole, source_of(lines, call.args[0]))))
        elif way_of(node, parents) == "pop first":
            edits.append((parents[parent], "%s.popleft()" % whole))
        elif way_of(node, parents) == "set":
            assign = parents[parent]
            edits.append((assign, "%s.append((%s, %s))" % (whole, source_of(lines, key_of(parent)), source_of(lines, assign.value))))
    for node, replacement in sorted(edits, key=lambda edit: (edit[0].lineno, edit[0].col_offset), reverse=True):
        if node.lineno != node.end_lineno:
            raise SystemExit("line %d: a use of %s spans several lines; keep it on one" % (node.lineno, name))
        line = lines[node.lineno - 1]
        lines[node.lineno - 1] = line[: node.col_offset] + replacement + line[node.end_col_offset:]
    if new == "deque" and not any(isinstance(node, ast.Import) and node.names[0].name == "collections" for node in tree.body):
        # Beside the docstring's last line rather than on a line of its own would be ugly; a new line moves the rest, which is wanted anyway.
        lines.insert(tree.body[0].end_lineno, "import collections")
    return "\n".join(lines)


def key_of(subscript):
    return getattr(subscript.slice, "value", subscript.slice) if type(subscript.slice).__name__ == "Index" else subscript.slice


def source_of(lines, node):
    if node.lineno != node.end_lineno:
        raise SystemExit("line %d: keep uses of a swapped container on one line" % node.lineno)
    return lines[node.lineno - 1][node.col_offset:node.end_col_offset]
