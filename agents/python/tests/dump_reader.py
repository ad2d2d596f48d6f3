"""A second, independent reader of heap dumps (`protocol/heap-dump.md`): small, slow and strict, for the tests."""

import json
import struct
import zlib
from typing import Any, Dict, List, Optional, Set, Tuple

MAGIC = b"HTHEAP1\n"
KINDS = ["", "HEAD", "TYPE", "TEXT", "ATOMS", "EDGES", "PAIRS", "NAME", "LABELS", "VALUES", "CODE", "ROOTS", "WEAK", "SITES", "SITED", "BOUNDS", "END", "SUSPENDED"]
LABEL_KINDS = ["", "attribute", "key", "cell", "local", "slot", "type", "internal"]
NOT_KNOWN = 0xFFFFFFFF


class Malformed(Exception):
    """The file breaks a rule of the format."""


class Columns:
    """Takes columns from a payload and insists that nothing remains."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, code: str, count: int) -> "Tuple[Any, ...]":
        form = "<%d%s" % (count, code)
        size = struct.calcsize(form)
        if self.at + size > len(self.data):
            raise Malformed("%d bytes wanted, %d there" % (size, len(self.data) - self.at))
        values = struct.unpack_from(form, self.data, self.at)
        self.at += size
        return values

    def u32(self) -> int:
        return int(self.take("I", 1)[0])

    def rest(self) -> bytes:
        rest = self.data[self.at :]
        self.at = len(self.data)
        return rest

    def end(self) -> None:
        if self.at != len(self.data):
            raise Malformed("%d bytes too many" % (len(self.data) - self.at))


class Node:
    """One object of a dump. `pairs` are entries of a dict, `edges` all counted references, `borrowed` the others."""

    def __init__(self, address: int, kind: "Dict[str, Any]", size: int, refs: int) -> None:
        self.address = address
        self.type = kind
        self.size = size
        self.refs = refs
        self.labelling = 0
        self.edges: "List[int]" = []
        self.borrowed: "List[int]" = []
        self.pairs: "List[Tuple[int, int]]" = []
        # (kind, name, target) in order
        self.labels: "List[Tuple[str, str, int]]" = []

    @property
    def type_name(self) -> str:
        return str(self.type["name"])

    def labelled(self, kind: str, name: str) -> "Optional[int]":
        for own_kind, own_name, target in self.labels:
            if own_kind == kind and own_name == name:
                return target
        return None


class Dump:
    """A whole dump; raises Malformed where it is not one."""

    def __init__(self, data: bytes) -> None:
        self.head: "Dict[str, Any]" = {}
        self.end: "Dict[str, Any]" = {}
        self.types: "List[Dict[str, Any]]" = []
        self.nodes: "Dict[int, Node]" = {}
        self.texts: "Dict[int, Optional[str]]" = {}
        self.names: "List[str]" = []
        self.values: "Dict[int, float]" = {}
        self.code: "Dict[int, List[Any]]" = {}
        self.roots: "List[Dict[str, Any]]" = []
        self.weak: "Dict[int, int]" = {}
        self.frames: "List[Tuple[str, int]]" = []
        self.site_frames: "List[List[int]]" = []
        self.site_of: "Dict[int, int]" = {}
        self.bounds: "Dict[int, List[Any]]" = {}
        # Code, line, state (0 created, 1 suspended, 2 running), what it has handed over to (0: nothing)
        self.suspended: "Dict[int, Tuple[int, int, int, int]]" = {}
        self.payloads: "List[bytes]" = []
        self._pending_labels: "List[Tuple[int, int, List[Tuple[int, int, int]]]]" = []
        for kind, payload in blocks_of(data):
            self.payloads.append(payload)
            if not self.head and kind != 1:
                raise Malformed("HEAD expected first")
            if self.end:
                raise Malformed("a block after END")
            getattr(self, "_" + KINDS[kind].lower())(payload)
        if not self.end:
            raise Malformed("no END")
        self._apply_labels()
        if self.end["objects"] != len(self.nodes):
            raise Malformed("END counts %d objects, %d are there" % (self.end["objects"], len(self.nodes)))

    # Blocks

    def _head(self, payload: bytes) -> None:
        self.head = json.loads(payload.decode())

    def _end(self, payload: bytes) -> None:
        self.end = json.loads(payload.decode())

    def _type(self, payload: bytes) -> None:
        for kind in json.loads(payload.decode()):
            if kind["index"] != len(self.types):
                raise Malformed("type %r out of order" % (kind["index"],))
            self.types.append(kind)

    def _text(self, payload: bytes) -> None:
        columns = Columns(payload)
        count = columns.u32()
        addresses, _, lengths = columns.take("Q", count), columns.take("I", count), columns.take("H", count)
        data, at = columns.rest(), 0
        for address, length in zip(addresses, lengths):
            if length == 0xFFFF:
                self.texts[address] = None
                continue
            if at + length > len(data):
                raise Malformed("text too short")
            self.texts[address] = data[at : at + length].decode("utf-8", "surrogatepass")
            at += length
        if at != len(data):
            raise Malformed("text too long")

    def _objects(self, columns: Columns, has_flags: bool) -> "Tuple[List[Node], int]":
        index, count = columns.u32(), columns.u32()
        flags = columns.u32() if has_flags else 0
        if index >= len(self.types):
            raise Malformed("type %d is not known yet" % index)
        addresses, sizes, refs = columns.take("Q", count), columns.take("I", count), columns.take("I", count)
        nodes = []
        for address, size, ref in zip(addresses, sizes, refs):
            if address in self.nodes or address >= 1 << 53:
                raise Malformed("object %#x twice, or no address" % address)
            node = self.nodes[address] = Node(address, self.types[index], size, ref)
            nodes.append(node)
        return nodes, flags

    def _atoms(self, payload: bytes) -> None:
        columns = Columns(payload)
        self._objects(columns, False)
        columns.end()

    def _edges(self, payload: bytes) -> None:
        columns = Columns(payload)
        nodes, labelling = self._objects(columns, True)
        if labelling > 2:
            raise Malformed("labelling %d" % labelling)
        counts = columns.take("I", len(nodes))
        targets, at = columns.take("Q", sum(counts)), 0
        for node, count in zip(nodes, counts):
            node.labelling = labelling
            node.edges = list(targets[at : at + count])
            at += count
        columns.end()

    def _pairs(self, payload: bytes) -> None:
        columns = Columns(payload)
        nodes, flags = self._objects(columns, True)
        counts = columns.take("I", len(nodes))
        keys, values, at = columns.take("Q", sum(counts)), columns.take("Q", sum(counts)), 0
        for node, count in zip(nodes, counts):
            node.pairs = list(zip(keys[at : at + count], values[at : at + count]))
            node.edges = [key for key, _ in node.pairs]
            (node.borrowed if flags & 1 else node.edges).extend([value for _, value in node.pairs])
            at += count
        columns.end()

    def _name(self, payload: bytes) -> None:
        self.names.extend(json.loads(payload.decode()))

    def _labels(self, payload: bytes) -> None:
        columns = Columns(payload)
        kind, mode, count = columns.u32(), columns.u32(), columns.u32()
        if not 1 <= kind <= 7 or mode > 2:
            raise Malformed("label kind %d mode %d" % (kind, mode))
        owners, counts = columns.take("Q", count), columns.take("I", count)
        names, targets, at = columns.take("I", sum(counts)), columns.take("Q", sum(counts)), 0
        columns.end()
        rows = []
        for owner, own in zip(owners, counts):
            for i in range(at, at + own):
                if names[i] >= len(self.names):
                    raise Malformed("name %d is not known yet" % names[i])
                rows.append((owner, names[i], targets[i]))
            at += own
        self._pending_labels.append((kind, mode, rows))

    def _values(self, payload: bytes) -> None:
        columns = Columns(payload)
        kind, count = columns.u32(), columns.u32()
        if kind not in (1, 2, 3):
            raise Malformed("value kind %d" % kind)
        self.values.update(zip(columns.take("Q", count), columns.take("d", count)))
        columns.end()

    def _code(self, payload: bytes) -> None:
        for row in json.loads(payload.decode()):
            self.code[row[0]] = row

    def _roots(self, payload: bytes) -> None:
        self.roots.extend(json.loads(payload.decode()))

    def _weak(self, payload: bytes) -> None:
        columns = Columns(payload)
        count = columns.u32()
        self.weak.update(zip(columns.take("Q", count), columns.take("Q", count)))
        columns.end()

    def _sites(self, payload: bytes) -> None:
        table = json.loads(payload.decode())
        self.frames.extend((file, line) for file, line in table["frames"])
        for site in table["sites"]:
            if any(frame >= len(self.frames) for frame in site):
                raise Malformed("frame is not known yet")
            self.site_frames.append(site)

    def _sited(self, payload: bytes) -> None:
        columns = Columns(payload)
        count = columns.u32()
        self.site_of.update(zip(columns.take("Q", count), columns.take("I", count)))
        columns.end()

    def _bounds(self, payload: bytes) -> None:
        for row in json.loads(payload.decode()):
            self.bounds[row[0]] = row

    def _suspended(self, payload: bytes) -> None:
        columns = Columns(payload)
        count = columns.u32()
        rows = zip(columns.take("Q", count), columns.take("Q", count), columns.take("I", count), columns.take("I", count), columns.take("Q", count))
        for address, code, line, state, awaited in rows:
            if state > 2:
                raise Malformed("state %d" % state)
            self.suspended[address] = (code, line, state, awaited)
        columns.end()

    def _apply_labels(self) -> None:
        for kind, mode, rows in self._pending_labels:
            for owner, name, target in rows:
                node = self.nodes.get(owner)
                if node is None:
                    raise Malformed("a label for %#x, which is no object" % owner)
                if mode == 0 and target not in node.edges:
                    continue
                if mode == 1:
                    node.edges.append(target)
                elif mode == 2:
                    node.borrowed.append(target)
                node.labels.append((LABEL_KINDS[kind], self.names[name], target))

    # Questions

    def dangling(self) -> "List[Tuple[Node, int]]":
        return [(node, target) for node in self.nodes.values() for target in node.edges + node.borrowed if target not in self.nodes]

    def of_type(self, name: str) -> "List[Node]":
        return [node for node in self.nodes.values() if node.type_name == name]

    def excess(self) -> "Dict[int, int]":
        """References of each object that no edge explains; those of running functions' variables are among them."""
        counted: "Dict[int, int]" = {}
        by_address = {kind["address"] for kind in self.types if kind["impliedTypeReference"]}
        for node in self.nodes.values():
            for target in node.edges:
                counted[target] = counted.get(target, 0) + 1
            if node.type["address"] in by_address:
                counted[node.type["address"]] = counted.get(node.type["address"], 0) + 1
        return {node.address: node.refs - counted.get(node.address, 0) for node in self.nodes.values() if node.refs != NOT_KNOWN}

    def root_addresses(self) -> "Set[int]":
        found = set()
        for root in self.roots:
            if root["kind"] == "frame":
                found.update(address for _, address in root["locals"])
            else:
                found.add(root["address"])
        return found

    def reached(self, roots: "Set[int]") -> "Set[int]":
        seen = {root for root in roots if root in self.nodes}
        todo = list(seen)
        while todo:
            node = self.nodes[todo.pop()]
            for target in node.edges + node.borrowed + [node.type["address"]]:
                if target in self.nodes and target not in seen:
                    seen.add(target)
                    todo.append(target)
        return seen

    def unreachable(self) -> "Set[int]":
        """Garbage: what neither a root nor an unexplained reference keeps."""
        held = {address for address, excess in self.excess().items() if excess > 0}
        held.update(node.address for node in self.nodes.values() if node.refs == NOT_KNOWN)
        return set(self.nodes) - self.reached(held | self.root_addresses())

    def site(self, address: int) -> "List[Tuple[str, int]]":
        """Frames of the allocation, innermost first."""
        number = self.site_of.get(address)
        return [] if number is None else [self.frames[frame] for frame in self.site_frames[number]]

    def text(self, address: int) -> "Optional[str]":
        return self.texts.get(address)

    def entry(self, node: Node, key: str) -> "Optional[int]":
        for own, value in node.pairs:
            if self.texts.get(own) == key:
                return value
        return None

    def at(self, address: "Optional[int]") -> Node:
        if address is None or address not in self.nodes:
            raise Malformed("no object at %r" % (address,))
        return self.nodes[address]

    def module(self, name: str) -> Node:
        for root in self.roots:
            if root["kind"] in ("module", "agent", "interpreter") and root["name"] == name:
                return self.at(root["address"])
        raise Malformed("no module %s among the roots" % name)

    def global_of(self, module: str, name: str) -> Node:
        """What a module's variable holds."""
        namespace = self.at(self.module(module).labelled("internal", "__dict__"))
        return self.at(self.entry(namespace, name))


def blocks_of(data: bytes) -> "List[Tuple[int, bytes]]":
    if data[:8] != MAGIC:
        raise Malformed("no magic")
    at, found = 8, []
    while at < len(data):
        if at + 16 > len(data):
            raise Malformed("the file ends in a header")
        kind, codec, reserved, stored, raw, crc = struct.unpack_from("<BBHIII", data, at)
        at += 16
        payload = data[at : at + stored]
        if len(payload) != stored or stored > 64 << 20 or raw > 64 << 20 or reserved or codec > 1 or not 1 <= kind <= 17:
            raise Malformed("a wrong header at %d" % (at - 16))
        if zlib.crc32(payload) != crc:
            raise Malformed("a wrong checksum at %d" % (at - 16))
        at += stored
        if codec:
            payload = zlib.decompress(payload)
        if len(payload) != raw:
            raise Malformed("%d bytes where %d are announced" % (len(payload), raw))
        found.append((kind, payload))
    return found


def load(path: str) -> Dump:
    with open(path, "rb") as file:
        return Dump(file.read())
