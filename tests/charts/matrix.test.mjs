// The matrix of combinations of features: all are there, and `chartwright` makes of each what real Helm made of it (tests/goldens/matrix.tsv).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { all, applicationOf, loadTopics } from '../../tools/features/load.mjs';
import { cases, casesOf, declaredCharts, fault, line, merged, plan, request, rowsOf, TABLE } from '../../tools/matrix/cases.mjs';
import { start } from '../../tools/renders/ours.mjs';
import { layCharts } from '../../tools/renders/place.mjs';
import { read } from './support.mjs';

const topics = await loadTopics();
const every = cases(topics);
const place = layCharts();
const ours = start();
after(() => {
  ours.end();
  place.remove();
});

for (const chart of declaredCharts(topics)) {
  test(`${chart}: every two levels that may meet do, and each refusal is tried by itself`, () => {
    const planned = plan(topics, chart);
    const { sizes, rules, parameters } = planned;
    const { rows, unreachable } = rowsOf(planned);
    const told = ({ columns, levels }) => columns.map((column, at) => `${parameters[column].name}=${Object.keys(parameters[column].levels)[levels[at]]}`).join(' ');
    assert.deepEqual(unreachable.map(told), [], 'rules forbid these together: declare them refused');
    const refused = (row) => rules.some(({ when }) => [...when].every(([column, levels]) => levels.has(row[column])));
    assert.ok(!rows.some(refused));
    const met = new Set(rows.flatMap((row) => row.flatMap((a, i) => row.slice(0, i).map((b, j) => `${j}:${b} ${i}:${a}`))));
    sizes.forEach((a, i) => sizes.slice(0, i).forEach((b, j) => {
      for (let x = 0; x < a; x++) for (let y = 0; y < b; y++) {
        const pair = sizes.map((_, column) => (column === i ? x : column === j ? y : undefined));
        assert.ok(met.has(`${j}:${y} ${i}:${x}`) || refused(pair), `${parameters[j].name} ${y} with ${parameters[i].name} ${x}`);
      }
    }));
    const tried = casesOf(topics, chart).filter(({ outcome }) => outcome === 'refused').length;
    assert.equal(tried, rules.reduce((sum, { when }) => sum + [...when.values()].reduce((count, levels) => count * levels.size, 1), 0));
  });
}

for (const chart of declaredCharts(topics)) {
  test(`${chart}: each level of each parameter makes something else`, async () => {
    const base = every.find((one) => one.chart === applicationOf(chart) && one.combination === 'base');
    const { parameters } = plan(topics, chart);
    const first = parameters.map(({ levels }) => Object.values(levels)[0]);
    const asked = all(topics, 'parameters').filter(({ charts }) => charts.includes(chart)).flatMap(({ name, levels }) => Object.entries(levels).map(([level, values]) => {
      const at = parameters.findIndex((one) => one.name === name);
      return { name, level, question: request(place, { ...base, values: first.with(at, values).reduce(merged, {}) }, `${chart}-${name}-${level}`) };
    }));
    const answers = await Promise.all(asked.map(({ question }) => ours.ask(question)));
    const seen = new Map();
    asked.forEach(({ name, level }, at) => {
      // What is refused says so in the matrix.
      if (answers[at].exit !== 0) return;
      const key = `${name} ${answers[at].stdout}`;
      assert.ok(!seen.has(key), `${name}=${level} makes the same as ${name}=${seen.get(key)}`);
      seen.set(key, level);
    });
  });
}

test('chartwright makes of each combination what Helm made of it, and what is declared', async () => {
  const expected = read(TABLE).trimEnd().split('\n');
  const key = (text) => text.split('\t').slice(0, 2).join('\t');
  const named = (one) => `${one.chart}\t${one.combination}`;
  assert.deepEqual(expected.map(key), every.map(named), 'the table has other combinations than tests/features/ declares: make goldens');
  const failures = [];
  const answers = await Promise.all(every.map((one, number) => ours.ask(request(place, one, number))));
  for (const [number, one] of every.entries()) {
    const answer = answers[number];
    const found = fault(one, answer);
    if (found !== undefined) failures.push(`${one.chart}: ${one.combination}: ${found}`);
    else if (line(one, answer) !== expected[number]) failures.push(`not what Helm made of it: node tools/matrix.mjs --show ${one.chart} '${one.combination}'`);
  }
  assert.equal(failures.length, 0, `${failures.length} of ${every.length} (after a change of the charts: make goldens)\n${failures.slice(0, 20).join('\n')}`);
});
