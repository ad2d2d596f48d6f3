import { parseReport } from '@heaptrail/core';
import { expect, test } from 'vitest';
import { sampleFinding, sampleReport } from '../../../core/src/report/sample-report.ts';
import { renderJson } from './render-json.ts';

test('the text is the report, with two spaces and a newline at the end', () => {
  const text = renderJson(sampleReport());
  expect(JSON.parse(text)).toEqual(sampleReport());
  expect(text.split('\n').slice(0, 6)).toMatchInlineSnapshot(`
    [
      "{",
      "  "schema": "heaptrail-report/1",",
      "  "tool": {",
      "    "name": "heaptrail",",
      "    "version": "0.1.0"",
      "  },",
    ]
  `);
  expect(text.endsWith('}\n')).toBe(true);
});

test('the order of keys does not depend on the order in which the report was made', () => {
  const report = sampleReport();
  const reversed = Object.fromEntries(Object.entries(report).reverse());
  expect(renderJson(parseReport(reversed))).toBe(renderJson(report));
});

test('nothing that a terminal would obey is in the text, and it reads back the same', () => {
  const type = 'x\u001b[2J\u0085\u202e\u2028"\\';
  const report = sampleReport({ findings: [sampleFinding({ type })] });
  const text = renderJson(report);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
  expect(JSON.parse(text)).toEqual(report);
});

test('a report that breaks its own schema is not written', () => {
  expect(() => renderJson(sampleReport({ findings: [sampleFinding({ fingerprint: 'no' })] }))).toThrow(/fingerprint/);
});
