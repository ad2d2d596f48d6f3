"""`export_graph(path)`: the survivors and what holds them, as a graph for Graphviz or as JSON."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, List, Tuple, Union

from ..graph.path import CUT, FOUND
from .leak_check import LeakCheck, check_leaks

_MOST_PATHS = 200


def export_graph(path: Union[str, "os.PathLike[str]"], *, grace: float = 0.0, paths: int = _MOST_PATHS, seconds: float = 10.0) -> LeakCheck:
    """Writes the paths to leaked objects as one graph: to `.dot` or `.gv` for Graphviz, to `.json` as plain data.

    Nodes are objects, roots and survivors; edges are labelled as in paths. Returns the check that it was made of.
    Raises ValueError for another suffix, before anything is looked at, and OSError where the file cannot be written.
    """
    name = os.fspath(path)
    suffix = os.path.splitext(name)[1].lower()
    if suffix not in (".dot", ".gv", ".json"):
        raise ValueError("the file must end in .dot, .gv or .json, not in %r" % suffix)
    found = check_leaks(grace=grace, paths=paths, seconds=seconds)
    graph = _graph_of(found)
    text = json.dumps(graph, indent=1, ensure_ascii=False) + "\n" if suffix == ".json" else _dot(graph)
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return found


def _graph_of(found: LeakCheck) -> Dict[str, Any]:
    """`nodes` by id: `root`, `object` or `survivor`; `edges` from and to, with labels; each once."""
    nodes: Dict[str, Dict[str, Any]] = {}
    edges: Dict[Tuple[str, str, str], None] = {}
    for leak in found.leaks:
        at = ""
        held_by = leak.held_by
        if held_by is not None and held_by.status != CUT:
            if held_by.root:
                at = "root " + held_by.root
                nodes.setdefault(at, {"id": at, "kind": "root", "text": held_by.root, "named": held_by.status == FOUND})
            for step in held_by.steps:
                key = "0x%x" % step.address
                nodes.setdefault(key, {"id": key, "kind": "object", "type": step.type, "entries": step.entries})
                if at:
                    edges[(at, key, step.label)] = None
                at = key
        key = "0x%x" % leak.address
        node = nodes.setdefault(key, {"id": key})
        node.update(
            kind="survivor", type=leak.type, sizeBytes=leak.size_bytes, ageSeconds=round(leak.age_s, 3), label=leak.label,
            how=leak.how, place=None if leak.place is None else str(leak.place))
    return {
        "nodes": list(nodes.values()),
        "edges": [{"from": source, "to": target, "label": label} for source, target, label in edges],
        "leaks": found.leak_count, "shown": sum([leak.held_by is not None for leak in found.leaks]), "note": found.note}


def _dot(graph: Dict[str, Any]) -> str:
    lines = ["digraph survivors {", "  rankdir=LR;", '  node [shape=box, fontname="monospace"];', '  edge [fontname="monospace"];']
    for node in graph["nodes"]:
        lines.append("  %s [%s];" % (_quoted(node["id"]), ", ".join(_looks(node))))
    for edge in graph["edges"]:
        lines.append("  %s -> %s [label=%s];" % (_quoted(edge["from"]), _quoted(edge["to"]), _quoted(edge["label"])))
    return "\n".join(lines + ["}", ""])


def _looks(node: Dict[str, Any]) -> List[str]:
    if node["kind"] == "root":
        return ["label=%s" % _quoted(node["text"]), "shape=ellipse"]
    text = node["type"]
    if node["kind"] == "survivor":
        parts = [text, "%.1f s old" % node["ageSeconds"], "%s %s" % (node["how"], node["place"])]
        return ["label=%s" % _quoted("\n".join(parts)), 'style=filled, fillcolor="#f4c7c3"']
    if node.get("entries") is not None:
        text += "\n%d entries" % node["entries"]
    return ["label=%s" % _quoted(text)]


def _quoted(text: str) -> str:
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
