"""The cells of docs/python/tour.ipynb run as a plain program, and its outputs are of a run that went well."""

import json
import os
import re
import unittest

from lib_child import ROOT, run_child

NOTEBOOK = os.path.join(ROOT, "..", "..", "docs", "python", "tour.ipynb")


def _cells():
    with open(NOTEBOOK, encoding="utf-8") as file:
        return [cell for cell in json.load(file)["cells"] if cell["cell_type"] == "code"]


def _text(value):
    return value if isinstance(value, str) else "".join(value)


@unittest.skipUnless(os.path.exists(NOTEBOOK), "outside of the repository")
class Tour(unittest.TestCase):
    def test_the_cells_run_without_a_notebook(self):
        program = "\n\n".join([_text(cell["source"]) for cell in _cells()])
        done = run_child(program + '\nprint([row.objects_change for row in grown.rows if row.type == "Page"], rows[0].blocks_change >= 1000)')
        self.assertEqual((done.code, done.err), (0, ""), done)
        self.assertIn("LEAK  Session   5 objects", done.out)
        self.assertIn('module __main__ → .desk (Desk) → .by_user (dict, 5 entries) → ["user3"] (Session)', done.out)
        self.assertRegex(done.out, r"(?m)^growing\n\['(__main__\.)?Session', ")
        self.assertRegex(done.out, r"(?m)^\d+ unreachable objects, ")
        self.assertTrue(done.out.endswith("[20] True\n"), done.out)

    def test_it_was_executed_from_the_first_cell_to_the_last(self):
        cells = _cells()
        self.assertEqual([cell["execution_count"] for cell in cells], list(range(1, len(cells) + 1)))
        shown = " ".join([_text(output.get("text") or output.get("data", {}).get("text/plain", "")) for cell in cells for output in cell["outputs"]])
        self.assertNotIn("error", [output["output_type"] for cell in cells for output in cell["outputs"]])
        self.assertTrue(re.search("LEAK  Session   5 objects.*growing.*Page", shown, re.S), shown)
        self.assertLess(os.path.getsize(NOTEBOOK), 100_000)


if __name__ == "__main__":
    unittest.main()
