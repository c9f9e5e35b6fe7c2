// The generator of the matrix: every combination that may be is there, none that must not, and always the same rows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choices, covering, pairsAndTriples } from '../../tools/matrix/covering.mjs';

const groups = (sizes, width) => [...choices(sizes.length, width)];
const rule = (object) => new Map(Object.entries(object).map(([column, levels]) => [Number(column), new Set(levels)]));

/** Counts the combinations of `strength` columns by looking at each row, in another way than the generator does. */
function occurring(rows, strength) {
  const found = new Set();
  const take = (row, from, taken) => {
    if (taken.length === strength) return found.add(taken.join(' '));
    for (let column = from; column < row.length; column++) take(row, column + 1, [...taken, `${column}:${row[column]}`]);
  };
  rows.forEach((row) => take(row, 0, []));
  return found;
}

test('pairs: each of 10 columns with 3 levels meets each other, in few rows', () => {
  const { rows, unreachable } = covering(Array(10).fill(3), groups(Array(10), 2));
  assert.deepEqual(rows[0], Array(10).fill(0));
  assert.equal(occurring(rows, 2).size, 45 * 9);
  assert.deepEqual(unreachable, []);
  assert.ok(rows.length <= 25, `${rows.length} rows`);
});

test('triples: unequal columns', () => {
  const sizes = [2, 3, 4, 2, 3, 2];
  const { rows } = covering(sizes, groups(sizes, 3));
  let expected = 0;
  sizes.forEach((a, i) => sizes.forEach((b, j) => sizes.forEach((c, k) => { if (i < j && j < k) expected += a * b * c; })));
  assert.equal(occurring(rows, 3).size, expected);
});

test('triples of columns with few levels, pairs of all', () => {
  const sizes = [5, 2, 3, 2, 4];
  const wanted = pairsAndTriples(sizes, 3);
  assert.deepEqual(wanted, [[0, 1], [0, 2], [0, 3], [0, 4], [1, 4], [2, 4], [3, 4], [1, 2, 3]]);
  const { rows } = covering(sizes, wanted);
  assert.equal(occurring(rows, 2).size, 5 * 11 + 2 * 9 + 3 * 6 + 2 * 4);
  assert.equal(occurring(rows.map(([, a, b, c]) => [a, b, c]), 3).size, 12);
});

test('fewer columns than a pair has: every row there is', () => {
  assert.deepEqual(covering([2], pairsAndTriples([2], 3)).rows, [[0], [1]]);
  assert.equal(covering([2, 3], pairsAndTriples([2, 3], 3)).rows.length, 6);
});

test('what a rule forbids is in no row, and all else still is', () => {
  const rules = [rule({ 0: [1], 1: [1, 2] }), rule({ 2: [2] })];
  const { rows, unreachable } = covering([2, 3, 3, 2], groups(Array(4), 2), rules);
  for (const row of rows) assert.ok(!(row[0] === 1 && row[1] > 0) && row[2] !== 2, row.join());
  assert.equal(occurring(rows, 2).size, 4 + 2 * 2 + 2 * 2 + 3 * 2 + 3 * 2 + 2 * 2);
  // The third level of the third column is refused by itself, so its pairs are no combination that could render.
  assert.equal(unreachable.length, 0);
});

test('what rules forbid together is told', () => {
  // With 0:1 the second column may be neither 0 nor 1 while the third is 1.
  const { rows, unreachable } = covering([2, 2, 2], groups(Array(3), 2), [rule({ 0: [1], 1: [0] }), rule({ 1: [1], 2: [1] })]);
  assert.deepEqual(unreachable, [{ columns: [0, 2], levels: [1, 1] }]);
  assert.ok(rows.every((row) => !(row[0] === 1 && row[2] === 1)));
});

test('a base that is refused is no base', () => {
  assert.throws(() => covering([2, 2], groups(Array(2), 2), [rule({ 0: [0] })]), /the first levels are a combination that is refused/);
});

test('the same parameters give the same rows', () => {
  const sizes = [3, 2, 4, 3, 2];
  assert.deepEqual(covering(sizes, pairsAndTriples(sizes, 3)), covering(sizes, pairsAndTriples(sizes, 3)));
});
