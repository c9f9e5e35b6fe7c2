// The judging of tools/trace-check.mjs, held to renders and traces that are made by hand. Needs no Helm.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { compare, documents, helmsOf, linesOf, withoutTails } from '../../tools/trace-check/align.mjs';
import { effective, literals, load, mentioned, switchedOff } from '../../tools/trace-check/chart.mjs';
import { judgement, spread } from '../../tools/trace-check/judge.mjs';
import { at, overrideOf } from '../../tools/trace-check/paths.mjs';
import { changes, replacements } from '../../tools/trace-check/perturb.mjs';

const document = (source, text) => `---\n# Source: ${source}\n${text}`;
const compared = (before, after, missed = { before: () => false, after: () => false }) => {
  const [a, b] = [linesOf(before), linesOf(after)];
  const { went, came } = compare(a, b, (index) => missed.before(a[index], index), (index) => missed.after(b[index], index));
  return { went: went.map((index) => a[index]), came: came.map((index) => b[index]), cameAt: came };
};

test('a document begins at its source, and dashes inside of it do not end it', () => {
  assert.deepEqual(documents(linesOf(document('c/a.yaml', 'a: |\n  x\n---\nb: 1\n') + document('c/b.yaml', 'c: 1\n'))), [
    { source: 'c/a.yaml', start: 0, end: 6 },
    { source: 'c/b.yaml', start: 6, end: 9 },
  ]);
});

test('what stands before a document and the blank lines at its ends are Helm’s', () => {
  const lines = linesOf(document('c/a.yaml', '\na: 1\n\nb: 1\n\n \n') + document('c/b.yaml', 'c: 1\n---\nd: 1\n'));
  const own = helmsOf(lines);
  assert.deepEqual(lines.filter((_, index) => !own[index]), ['a: 1', '', 'b: 1', 'c: 1', '---', 'd: 1']);
  assert.deepEqual([helmsOf(['a: 1']), linesOf('\n')], [[false], []]);
});

test('blanks at the end of a document are Helm’s, those of other lines are not', () => {
  const after = document('c/b.yaml', 'b: 1\n');
  assert.deepEqual(withoutTails(linesOf(document('c/a.yaml', 'a: 1 \nlast:  \n \n') + after)).slice(2, 5), ['a: 1 ', 'last:', ' ']);
  const judge = judgement([...rendered({}), { text: 'last:', template: null, origins: [], conditions: [] }]);
  const changed = linesOf(after).map((text) => ({ text, template: null, origins: [label('b')], conditions: [] }));
  judge.see({ path: ['b'], to: 1, before: {}, after: { b: 1 } }, [...rendered({}), { text: 'last:  ', template: null, origins: [], conditions: [] }, ...changed]);
  assert.deepEqual([judge.report().lines.missed, judge.report().lines.came], [0, 1]);
});

test('a changed line went and came; a document that moved is no difference', () => {
  const [a, b] = [document('c/a.yaml', 'kind: A\nx: 1\n'), document('c/b.yaml', 'kind: B\nx: 1\n')];
  assert.deepEqual(compared(a + b, b + a), { went: [], came: [], cameAt: [] });
  const changed = compared(a + b, document('c/b.yaml', 'kind: B\nx: 2\n') + a);
  assert.deepEqual([changed.went, changed.came], [['x: 1'], ['x: 2']]);
});

test('where the first of three documents of a file goes, the others are still matched', () => {
  const one = (name) => document('c/all.yaml', `kind: Service\nmetadata:\n  name: ${name}\nspec: {}\n`);
  assert.deepEqual(compared(one('a') + one('b') + one('c'), one('b') + one('c')).went, linesOf(one('a')));
});

test('a comment above all else that heads another document of its file has moved; one that is new there, or stands lower, came', () => {
  const named = (kind, head, body = '') => document('c/a.yaml', `${head}kind: ${kind}\nmetadata:\n  name: x\n${body}`);
  const before = named('A', '# both\n') + named('B', '');
  const moved = compared(before, named('B', '# both\n'));
  assert.deepEqual([moved.went, moved.came], [linesOf(named('A', '')), []]);
  assert.deepEqual(compared(before, named('B', '# other\n')).came, ['# other']);
  const lower = compared(before, named('B', '', '# both\n'));
  assert.deepEqual([lower.went.includes('# both'), lower.came], [true, ['# both']]);
  const elsewhere = compared(before, named('B', '') + document('c/b.yaml', '# both\nkind: C\n'));
  assert.deepEqual([elsewhere.went.includes('# both'), elsewhere.came.includes('# both')], [true, true]);
});

test('of equal lines, the one that is explained is the one that came', () => {
  const before = document('c/a.yaml', 'env:\n- x\nargs:\n');
  const after = document('c/a.yaml', 'env:\n- x\n- x\n- x\nargs:\n');
  for (const explained of [[3, 4], [4, 5], [3, 5]]) {
    assert.deepEqual(compared(before, after, { before: () => true, after: (_, index) => !explained.includes(index) }).cameAt, explained);
  }
});

test('a difference that is wider than the first band is found, and a huge one is cut at lines that occur once', () => {
  const numbered = (count, from = 0) => Array.from({ length: count }, (_, index) => `line ${from + index}`);
  const wide = compared(document('c/a.yaml', ['first', ...numbered(400), 'last'].join('\n')), document('c/a.yaml', ['first', ...numbered(400, 1000), ...numbered(400), 'last'].join('\n')));
  assert.deepEqual([wide.went, wide.came], [[], numbered(400, 1000)]);
  const before = numbered(9000);
  const after = before.map((line, index) => (index % 2 === 0 ? line : `other ${index}`));
  const huge = compared(document('c/a.yaml', before.join('\n')), document('c/a.yaml', after.join('\n')));
  assert.deepEqual([huge.went.length, huge.came.length, huge.went[0]], [4500, 4500, 'line 1']);
});

// A chart in small: its render with a true trace, as far as `trace` lets it.
const DEFAULTS = { name: 'web', replicas: 2, ingress: { enabled: true, host: 'a.b' }, labels: { team: 'x' }, list: ['p', 'q'] };
const label = (...path) => ({ path });
function rendered(values, trace = (line) => line) {
  const lines = [];
  const line = (text, origins = [], conditions = []) => lines.push(trace({ text, template: { file: 'c/a.yaml', line: lines.length, column: 1 }, origins, conditions }));
  line('---');
  line('# Source: c/a.yaml');
  line(`name: ${values.name}`, [label('name')]);
  line(`replicas: ${values.replicas}`, [label('replicas')]);
  if (values.ingress?.enabled) line(`host: ${values.ingress.host}`, [label('ingress', 'host')], [label('ingress', 'enabled')]);
  for (const [key, value] of Object.entries(values.labels ?? {})) line(`${key}: ${value}`, [label('labels', key)], [label('labels')]);
  (values.list ?? []).forEach((item, index) => line(`- ${item}`, [label('list', String(index))], [label('list')]));
  return lines;
}
const CHART = { key: 'c', values: DEFAULTS, templates: ['{{ .Values.name }} {{ .Values.extra }}'], conditions: [], charts: [] };

function judged(trace) {
  const judge = judgement(rendered(DEFAULTS, trace));
  for (const change of changes(CHART, {}, { named: judge.named() })) judge.see(change, rendered(change.after, trace));
  return judge.report();
}

test('true traces miss nothing, and their pairs are confirmed', () => {
  const { lines, origins, conditions, changes: counted, perLine, judged: count } = judged();
  assert.ok(lines.went > 10 && lines.came > 10 && counted.effective > 10);
  assert.deepEqual([lines.missed, lines.origin + lines.condition, count], [0, lines.went + lines.came, 6]);
  assert.deepEqual([origins, conditions], [{ confirmed: 6, unconfirmed: 0, untried: 0 }, { confirmed: 4, unconfirmed: 0, untried: 0 }]);
  assert.deepEqual(perLine, { median: 1, p95: 1 });
});

test('a lost label is a miss, with the path and the place', () => {
  const { misses, lines } = judged((line) => (line.text.startsWith('replicas') ? { ...line, origins: [] } : line));
  assert.equal(lines.missed, misses.length);
  assert.deepEqual([...new Set(misses.map(({ path, template }) => `${path} ${template.line}`))], ['replicas 3']);
  assert.ok(misses.some(({ side, text }) => side === 'went' && text === 'replicas: 2') && misses.some(({ side, text }) => side === 'came' && text === 'replicas: 3'));
});

test('naming every path on every line misses nothing, and is not confirmed', () => {
  const everything = ['name', 'replicas', 'labels', 'list'].map((key) => label(key));
  const { lines, origins } = judged((line) => ({ ...line, origins: [...everything, label('ingress', 'host')], conditions: [label('ingress', 'enabled')] }));
  assert.equal(lines.missed, 0);
  assert.ok(origins.confirmed / (origins.confirmed + origins.unconfirmed) < 0.3);
});

test('a path above the changed one explains by container; a path beside it explains nothing, nor does the root', () => {
  const seen = (path) => {
    const [before, after] = [DEFAULTS, { ...DEFAULTS, labels: { team: 'y' } }];
    const trace = (line) => (line.text.startsWith('team') ? { ...line, origins: [{ path }], conditions: [] } : line);
    const judge = judgement(rendered(before, trace));
    judge.see({ path: ['labels', 'team'], to: 'y', before, after }, rendered(after, trace));
    return judge.report().lines;
  };
  assert.deepEqual([seen(['labels']).missed, seen(['labels']).container], [0, 2]);
  assert.deepEqual([seen(['labels', 'team']).missed, seen(['labels', 'team']).container], [0, 0]);
  assert.deepEqual([seen(['labels', 'other']).missed, seen([]).missed], [2, 2]);
});

test('all values at once explain a key of theirs that came or went, and are not confirmed where that changed nothing', () => {
  const whole = (values) => [...rendered(values), { text: `all: ${Object.keys(values)}`, template: null, origins: [], conditions: [label()] }, { text: 'fixed', template: null, origins: [], conditions: [label()] }];
  const judge = judgement(whole(DEFAULTS));
  const other = { ...DEFAULTS, name: 'other' };
  judge.see({ path: ['name'], to: 'other', before: DEFAULTS, after: other }, whole(other));
  assert.deepEqual(judge.report().conditions, { confirmed: 0, unconfirmed: 0, untried: 6 });
  const after = { ...DEFAULTS, extra: 1 };
  judge.see({ path: ['extra'], to: 1, before: DEFAULTS, after }, whole(after));
  assert.deepEqual([judge.report().lines.missed, judge.report().lines.container], [0, 2]);
  assert.deepEqual(judge.report().conditions, { confirmed: 1, unconfirmed: 1, untried: 4 });
});

test('a path that no change could be rendered for is untried, not unconfirmed', () => {
  const judge = judgement(rendered(DEFAULTS));
  judge.refused();
  const { origins, changes: counted } = judge.report();
  assert.deepEqual([origins, counted.refused], [{ confirmed: 0, unconfirmed: 0, untried: 6 }, 1]);
});

test('a list or map is tried by changes of its own, and confirmed by those of what it holds as well', () => {
  const seen = (path, after) => {
    const judge = judgement(rendered(DEFAULTS, (line) => (/^- /.test(line.text) ? line : { ...line, origins: [], conditions: [] })));
    judge.see({ path, before: DEFAULTS, after: { ...DEFAULTS, ...after } }, rendered({ ...DEFAULTS, ...after }));
    return judge.report().conditions;
  };
  assert.deepEqual(seen(['list', 0], { list: ['other', 'q'] }), { confirmed: 1, unconfirmed: 0, untried: 1 });
  assert.deepEqual(seen(['list'], { list: ['p'] }), { confirmed: 1, unconfirmed: 1, untried: 0 });
});

test('lines that differ by chance and lines that Helm writes are not judged', () => {
  const judge = judgement(rendered(DEFAULTS), new Set([2]));
  const after = { ...DEFAULTS, name: 'other' };
  judge.see({ path: ['replicas'], to: 3, before: DEFAULTS, after }, rendered(after), new Set([2]));
  assert.deepEqual([judge.report().lines.missed, judge.report().judged], [0, 5]);
});

test('a global below a subchart is the root chart’s global', () => {
  const lines = (text) => [{ text, origins: [label('sub', 'global', 'x')], conditions: [] }];
  const judge = judgement(lines('a'));
  judge.see({ path: ['global', 'x'], to: 2, before: { global: { x: 1 } }, after: { global: { x: 2 } } }, lines('b'));
  assert.deepEqual(judge.report().lines.missed, 0);
});

test('each type of value has its changes', () => {
  const all = (value, key = 'key', hints = {}) => replacements(value, key, hints);
  assert.deepEqual(all('80'), ['37', '', null, 80]);
  assert.deepEqual(all('v1.2.3')[0], 'v9.8.7');
  assert.deepEqual(all('Always', 'policy', { schemas: [{ enum: ['Always', 'Never'] }], texts: ['Sometimes'] }), ['Never', 'Sometimes', '', null]);
  assert.deepEqual(all(2), [3, 0, null, 1, '2']);
  assert.deepEqual(all(false), [true, null, 'false']);
  assert.deepEqual(all([{ name: 'a' }, { name: 'b' }]), [[], [{ name: 'a' }, { name: 'b' }, { name: 'bx' }], [{ name: 'b' }], [{ name: 'b' }, { name: 'a' }], null]);
  assert.deepEqual(all({ a: 1 }), [{ added: 'x' }, { a: null }, null]);
  assert.deepEqual(all({}, 'labels', { keys: ['app', 'team'] })[1], { app: 'added', team: 'added' });
  assert.deepEqual(all(undefined, 'enabled')[0], true);
  assert.deepEqual(all(undefined, 'anything', { schemas: [{ type: 'integer' }] })[0], 7);
});

test('a change in a list writes the list whole; elsewhere only its own path', () => {
  const values = { a: { b: [{ c: 1, d: 2 }, { c: 3 }], e: 5 } };
  assert.deepEqual(overrideOf(values, ['a', 'b', 1, 'c'], 4), { a: { b: [{ c: 1, d: 2 }, { c: 4 }] } });
  assert.deepEqual(overrideOf(values, ['a', 'e'], null), { a: { e: null } });
  assert.deepEqual(overrideOf(values, ['x', 'y'], 1), { x: { y: 1 } });
  assert.equal(at(values, ['a', 'b', '0', 'd']), 2);
});

test('a subchart’s values, globals, conditions and mentions stand below its name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trace-check-test-'));
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies:\n- {name: s, version: 0.1.0, alias: t, condition: t.enabled}\n',
    'values.yaml': 'global: {g: 1}\nt: {enabled: true, x: 2, gone: null}\n',
    'templates/a.yaml': '{{ if eq .Values.mode "fast" }}{{ .Values.global.region }}{{ end }}',
    'charts/s/Chart.yaml': 'apiVersion: v2\nname: s\nversion: 0.1.0\n',
    'charts/s/values.yaml': 'x: 1\nz: 1\ngone: 1\nflag: on\n',
    'charts/s/templates/a.yaml': '{{ .Values.z }}{{ index .Values "not" "there" }}',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const chart = load(folder, folder);
  rmSync(folder, { recursive: true });
  assert.deepEqual(effective(chart), { global: { g: 1 }, t: { enabled: true, x: 2, z: 1, flag: true, global: { g: 1 } } });
  assert.deepEqual(effective(chart, { t: { z: null } }).t, { enabled: true, x: 2, flag: true, global: { g: 1 } });
  assert.deepEqual([switchedOff(chart, effective(chart)), switchedOff(chart, effective(chart, { t: { enabled: false } }))], [[], [['t']]]);
  assert.deepEqual(mentioned(chart).map((path) => path.join('.')), ['mode', 'global.region', 't.z', 't.not.there']);
  assert.deepEqual([...literals(chart).get('mode')], ['fast']);
});

test('the same seed gives the same changes, another one another order', () => {
  const order = (seed) => [...changes(CHART, {}, { seed })].map(({ path, to }) => JSON.stringify([path, to]));
  assert.deepEqual(order('a'), order('a'));
  assert.notDeepEqual(order('a'), order('b'));
  assert.deepEqual(order('a').sort(), order('b').sort());
});

test('median and 95th percentile', () => {
  assert.deepEqual(spread([5, 1, 3]), { median: 3, p95: 5 });
  assert.deepEqual(spread([]), { median: 0, p95: 0 });
});
