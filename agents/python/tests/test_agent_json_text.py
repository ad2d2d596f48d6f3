"""The agent's small JSON against the library's."""

import json
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from heaptrail_agent.json_text import decode_flat, encode  # noqa: E402


class JsonText(unittest.TestCase):
    def test_what_is_encoded_is_what_json_reads(self):
        value = {"a": [1, -2.5, None, True, False, "\u00e9\u2028\"\\\n\U0001f600\udc80", 2**70, [], {}], "": 1e300}
        self.assertEqual(json.loads(encode(value)), value)
        self.assertEqual(encode([float("inf"), float("nan"), object()]), "[null,null,null]")

    def test_commands_are_read_as_json_reads_them(self):
        commands = [
            {"c": "dump", "sequence": 3, "path": "/tmp/\u00e9 \"x\"\\\n\U0001f600\udc80/dump", "deadlineMs": 1.5e3},
            {"c": "trace", "on": True, "frames": 10, "x": None, "y": False, "z": -1},
            {},
        ]
        for command in commands:
            for ascii_only in (True, False):
                for separators in ((",", ":"), (" , ", " : ")):
                    line = json.dumps(command, ensure_ascii=ascii_only, separators=separators)
                    self.assertEqual(decode_flat(line), command)

    def test_anything_else_is_nothing_and_never_an_error(self):
        chance = random.Random(7)
        line = json.dumps({"c": "dump", "path": "a\u00e9\\b", "n": -1.5, "t": True})
        for text in ("", "{", "}", "[]", "[" * 9999, '{"a":[1]}', '{"a":}', '{"a" 1}', '{"a":1', '"x"', '{"\\u12'):
            decode_flat(text)
        for _ in range(3000):
            characters = list(line)
            for _ in range(chance.randrange(1, 4)):
                characters[chance.randrange(len(characters))] = chance.choice('{}[]":,\\u0a \x00')
            decode_flat("".join(characters[: chance.randrange(len(characters) + 1)]))


if __name__ == "__main__":
    unittest.main()
