// Each row of docs/features.md is true: its template is in use, its values are fields of the form, its golden shows what they make, its README says more.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { all, applicationOf, folderOf, loadTopics } from '../../tools/features/load.mjs';
import { text } from '../../tools/features.mjs';
import { start } from '../../tools/renders/ours.mjs';
import { layCharts } from '../../tools/renders/place.mjs';
import { chartNamed, exists, golden, list, read } from './support.mjs';

const topics = await loadTopics();
const place = layCharts();
for (const file of list('tests/goldens/inputs')) place.write(`tests/goldens/inputs/${file}`, read('tests/goldens/inputs', file));
const ours = start();
after(() => {
  ours.end();
  place.remove();
});

test('docs/features.md is made from the declarations', () => assert.equal(read('docs/features.md'), text(topics), 'node tools/features.mjs'));

/** Names of the templates that a text includes, and of those that it defines. */
const included = (source) => [...source.matchAll(/\b(?:include|template)\s+"([^"]+)"/g)].map(([, name]) => name);
const defined = (source) => [...source.matchAll(/\bdefine\s+"([^"]+)"/g)].map(([, name]) => name);

/** The library's files that an application's templates reach. */
function reached(application, library) {
  const sources = list(`${folderOf(library)}/templates`).map((file) => ({ file, source: read(folderOf(library), 'templates', file) }));
  const found = new Set();
  const pending = list(`${folderOf(application)}/templates`).flatMap((file) => included(read(folderOf(application), 'templates', file)));
  const seen = new Set();
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const { file, source } of sources.filter((one) => defined(one.source).includes(name))) {
      found.add(file);
      pending.push(...included(source));
    }
  }
  return found;
}

/** A heading's anchor, as GitHub makes it. */
const anchors = (markdown) => [...markdown.matchAll(/^#{2,6} (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));

/** The property at a path of a schema, unless the form hides it. */
function property(schema, path) {
  let at = schema;
  for (const key of path.split('.')) {
    at = at?.properties?.[key];
    if (at === undefined || at['x-hidden']) return undefined;
  }
  return at;
}

/** Other values for a property: none, its default, what is empty, the other side of a switch, another choice, a neighbour, another text. */
function others({ type, default: value, enum: choices = [], minimum, pattern = '', properties }) {
  const types = [type].flat();
  const empty = types.includes('array') ? [[]] : types.includes('object') && !properties ? [{}] : [];
  const texts = types.includes('string') && choices.length === 0 ? ['other', 'https://other.example'].filter((text) => new RegExp(pattern).test(text)) : [];
  return [null, ...texts, ...(value === undefined ? [] : [value]), ...empty, ...(types.includes('boolean') ? [true, false] : []), ...choices, ...(minimum === undefined ? [] : [minimum, minimum + 1])];
}

const render = (args) => ours.ask({ dir: place.path, args });

/** The flag that sets a value over those of a golden: Helm takes `--set-json` first, then `--set`, then `--set-string`. */
function setting(key, value) {
  if (typeof value === 'string') return ['--set-string', `${key}=${value.replaceAll(',', '\\,')}`];
  return value !== null && typeof value === 'object' ? ['--set-json', `${key}=${JSON.stringify(value)}`] : ['--set', `${key}=${value}`];
}

for (const feature of all(topics, 'features')) {
  const { name, charts, template, values, anchor } = feature;

  test(`${name}: template, values and README are there`, () => {
    for (const chart of charts) {
      const application = applicationOf(chart);
      assert.ok(exists(folderOf(chart), 'templates', template), `${folderOf(chart)}/templates/${template}`);
      if (application !== chart) assert.ok(reached(application, chart).has(template), `${application} includes nothing of ${template}`);
      for (const key of values) assert.ok(property(chartNamed(application).schema, key), `${application}: ${key} is no field of the form`);
      assert.ok(anchors(read(folderOf(chart), 'README.md')).includes(anchor), `${folderOf(chart)}/README.md has no heading for #${anchor}`);
    }
  });

  test(`${name}: the golden shows what each of its values makes`, async () => {
    const [chart, folder] = feature.golden.split('/');
    assert.ok(charts.map(applicationOf).includes(chart), `${feature.golden} is of another chart`);
    const one = golden(chart, folder);
    assert.equal(one.exit, 0, one.stderr);
    const args = one.args.filter((argument) => argument !== '--dependency-update');
    assert.equal((await render(args)).stdout, one.stdout, 'the golden is not what the charts render to: make goldens');
    for (const key of values) {
      let changed = false;
      for (const value of others(property(chartNamed(chart).schema, key))) {
        const { exit, stdout } = await render([...args, ...setting(key, value)]);
        changed ||= exit === 0 && stdout !== one.stdout;
      }
      assert.ok(changed, `${feature.golden} is the same without ${key}: name a golden that sets it`);
    }
  });
}

test('each parameter of the matrix has values of its own, known to each of its charts', () => {
  const owners = new Map();
  const leaves = (value, path = []) => (value && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key])) : [path]);
  for (const parameter of all(topics, 'parameters')) {
    for (const chart of parameter.charts) {
      for (const path of new Set(Object.values(parameter.levels).flatMap((level) => leaves(level).map((keys) => keys.join('.'))))) {
        const owner = owners.get(`${chart} ${path}`);
        assert.equal(owner, undefined, `${chart}: ${path} is set by the parameters ${owner} and ${parameter.name}`);
        owners.set(`${chart} ${path}`, parameter.name);
        assert.ok(path.split('.')[0] in chartNamed(applicationOf(chart)).schema.properties, `${chart}: there is no value ${path}`);
      }
    }
  }
});
