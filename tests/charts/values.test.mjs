// values.yaml, values.schema.json and README of each chart say the same, and say it of every key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMap, isScalar, LineCounter, parse, parseDocument } from 'yaml';
import { charts, chartNamed, exists, properties, read } from './support.mjs';
import { outputs } from '../../tools/chart-values.mjs';

const sections = ['Environment', 'Image', 'Resources', 'Security', 'Autoscaling', 'Disruption', 'Networking', 'Storage class', 'Scheduling', 'Probes', 'Lifecycle', 'Jobs',
  'Config and secrets', 'Observability', 'Service account'];

test('what is made from one place is up to date', () => {
  for (const [path, text] of outputs()) assert.equal(read(path), text, `${path}: node tools/chart-values.mjs`);
});

for (const chart of charts) {
  const at = (path) => path.reduce((value, key) => value?.[key], chart.values);

  test(`${chart.name}: a comment stands right above every key of values.yaml`, () => {
    const text = read(chart.folder, 'values.yaml');
    const lines = text.split('\n');
    const counter = new LineCounter();
    const visit = (node) => {
      if (!isMap(node)) return node?.items?.forEach(visit);
      for (const pair of node.items) {
        assert.ok(isScalar(pair.key));
        const { line, col } = counter.linePos(pair.key.range[0]);
        const above = lines[line - 2];
        // The first key of a list's element has its comment behind the dash.
        const commented = /^\s*(- )?# ./.test(above) && !/^# ----/.test(above);
        assert.ok(commented, `${chart.folder}/values.yaml:${line}:${col}: ${pair.key.value} has no comment`);
        visit(pair.value);
      }
    };
    visit(parseDocument(text, { lineCounter: counter }).contents);
  });

  test(`${chart.name}: the schema covers every key, with its default`, () => {
    const covered = new Set();
    for (const { path, property, group } of properties(chart.schema)) {
      covered.add(path.join('.'));
      if (!group) assert.deepEqual(at(path), property.default, path.join('.'));
    }
    const visit = (value, path) => {
      assert.ok(covered.has(path.join('.')), `${path.join('.')} is not in the schema`);
      const inner = path.reduce((schema, key) => schema.properties[key], chart.schema);
      if (inner.properties) Object.entries(value).forEach(([key, below]) => visit(below, [...path, key]));
    };
    Object.entries(chart.values).forEach(([key, value]) => visit(value, [key]));
  });

  test(`${chart.name}: each property has a title, a sentence, a type and a default that fits`, () => {
    for (const { path, property, group } of properties(chart.schema)) {
      const where = path.join('.');
      assert.match(property.title ?? '', /^[A-Z/].*[^.]$/, `${where}: title`);
      assert.match(property.description ?? '', /^[A-Z`].*[.?]$/s, `${where}: description`);
      const types = [property.type].flat();
      assert.ok(types[0], `${where}: type`);
      if (path.length === 1) assert.ok(sections.includes(property['x-section']), `${where}: section`);
      assert.equal(typeof property['x-order'], 'number', `${where}: order`);
      if (group) continue;
      const value = property.default;
      const type = value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
      assert.ok(types.includes(type) || (type === 'integer' && types.includes('number')), `${where}: its default is of type ${type}`);
      if (types.some((t) => t === 'integer' || t === 'number')) assert.ok('minimum' in property, `${where}: bounds`);
      if (types[0] === 'integer') assert.ok('maximum' in property, `${where}: bounds`);
      if (property.pattern && typeof value === 'string') assert.match(value, new RegExp(property.pattern), where);
      if (property.enum) assert.ok(property.enum.includes(value), `${where}: enum`);
    }
  });

  test(`${chart.name}: what a property depends on exists`, () => {
    const known = new Map([...properties(chart.schema)].map(({ path, property }) => [path.join('.'), property]));
    for (const [path, property] of known) {
      for (const depends of [property['x-depends-on'] ?? []].flat()) {
        assert.ok(known.has(depends.path), `${path} depends on ${depends.path}`);
        const on = known.get(depends.path);
        for (const value of [depends.equals].flat()) assert.ok(on.enum ? on.enum.includes(value) : typeof value === on.type, `${path}: ${value}`);
        assert.match(depends.note, /\.$/);
      }
    }
  });

  for (const environment of chart.environments) {
    test(`${chart.name}: values-${environment}.yaml opens with its reason and sets known keys only`, () => {
      const text = read(chart.folder, `values-${environment}.yaml`);
      assert.match(text, /^# [A-Z]/);
      const visit = (value, schema, path) => {
        if (!schema?.properties || value === null || typeof value !== 'object') return;
        for (const [key, below] of Object.entries(value)) {
          const open = typeof schema.additionalProperties === 'object';
          assert.ok(open || key in schema.properties, `${[...path, key].join('.')} is not known`);
          visit(below, schema.properties[key], [...path, key]);
        }
      };
      visit(parse(text), chart.schema, []);
    });
  }

  test(`${chart.name}: Chart.yaml is complete`, () => {
    for (const key of ['apiVersion', 'name', 'description', 'type', 'version', 'appVersion', 'kubeVersion', 'home', 'sources', 'maintainers']) {
      assert.ok(chart.chart[key], key);
    }
    assert.equal(chart.chart.name, chart.name);
    assert.equal(chart.chart.type, chart.layer === 'library' ? 'library' : 'application');
    if (chart.layer === 'applications') assert.ok(exists(chart.folder, 'templates/NOTES.txt'));
    for (const environment of chart.layer === 'library' ? ['local', 'production'] : ['local', 'staging', 'production']) {
      assert.ok(chart.environments.includes(environment), environment);
    }
  });

  test(`${chart.name}: no password stands in a file`, () => {
    for (const file of ['values.yaml', ...chart.environments.map((e) => `values-${e}.yaml`)]) {
      const visit = (value, path) => {
        if (value && typeof value === 'object') return Object.entries(value).forEach(([key, below]) => visit(below, [...path, key]));
        const secret = path.includes('secret') || /password|token|api_?key|credential/i.test(path.at(-1));
        assert.ok(!secret || typeof value === 'boolean', `${file}: ${path.join('.')}`);
      };
      visit(parse(read(chart.folder, file)), []);
    }
  });
}

test('every finding that a value can cure names that value', () => {
  const cured = (name) => new Set([...properties(chartNamed(name).schema)].flatMap(({ property }) => property['x-cures'] ?? []));
  const pod = ['allowPrivilegeEscalation', 'capabilities_restricted', 'runAsNonRoot', 'seccompProfile_restricted', 'no-read-only-root-fs', 'unset-cpu-requests',
    'unset-memory-requests', 'unset-memory-limits', 'latest-tag', 'missing-pvc-ref', 'name-too-long', 'no-anti-affinity'];
  const service = ['no-liveness-probe', 'no-readiness-probe', 'probe-port', 'missing-pdb', 'pdb-blocks-eviction', 'hpa-min-max', 'hpa-replicas-conflict', 'hpa-missing-requests'];
  for (const rule of [...pod, ...service]) assert.ok(cured('kaggle-data-api').has(rule), rule);
  for (const rule of pod) assert.ok(cured('fetch-kaggle-job').has(rule), rule);
});
