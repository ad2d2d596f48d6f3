"""Shifts lines: blank lines and comments before statements, so that no line keeps its number."""
import ast

COMMENTS = ("# moved down", "# nothing of note here", "#")


def shift_lines(text, dice):
    """The text with lines put in, and the new number of every old line."""
    lines = text.split("\n")
    starts = statement_starts(ast.parse(text), lines)
    moved = []
    line_by_line = {}
    for number, line in enumerate(lines, 1):
        if number in starts:
            indent = line[: len(line) - len(line.lstrip())]
            # The first statement always moves, so that every line below it does.
            for _ in range(dice.randint(2, 5) if number == min(starts) else dice.choice((0, 0, 1, 2))):
                moved.append(dice.choice(("", indent + dice.choice(COMMENTS))))
        moved.append(line)
        line_by_line[number] = len(moved)
    return "\n".join(moved), line_by_line


def statement_starts(tree, lines):
    """Numbers of the lines on which a statement begins and nothing stands before it: there a line can be put in anywhere."""
    starts = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        first = min([node.lineno] + [decorator.lineno for decorator in getattr(node, "decorator_list", [])])
        before = lines[first - 1][: node.col_offset]
        if before.strip() == "" and not continues_a_line(lines, first):
            starts.add(first)
    return starts


def continues_a_line(lines, number):
    return number > 1 and lines[number - 2].endswith("\\")
