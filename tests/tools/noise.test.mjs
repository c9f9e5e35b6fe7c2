// The table of findings in public charts: counts are made anew, notes are kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, notesOf, page } from '../../tools/noise/table.mjs';

const rules = [{ id: 'a', byDefault: true }, { id: 'b', byDefault: false }, { id: 'c', byDefault: true }];
const charts = [
  { name: 'one', version: '1.0.0', findings: [{ rule: 'a' }, { rule: 'a' }] },
  { name: 'two', version: '2.0.0', findings: [{ rule: 'a' }, { rule: 'b' }] },
];

test('findings and charts are counted by rule', () => {
  assert.deepEqual(Object.fromEntries(count(charts)), { a: { charts: 2, findings: 3 }, b: { charts: 1, findings: 1 } });
});

test('what is written by hand survives new counts', () => {
  const notes = new Map([['a', { read: '3 of 3', verdict: 'true' }]]);
  const before = page(rules, charts.slice(0, 1), count(charts.slice(0, 1)), notes);
  const after = page(rules, charts, count(charts), notesOf(before));
  assert.ok(after.includes('| [a](a.md) | on | 2 | 3 | 3 of 3 | true |'));
  assert.ok(after.includes('| [b](b.md) | off | 1 | 1 |  |  |'));
  assert.ok(after.includes('nothing\n\n[c](c.md).'));
});
