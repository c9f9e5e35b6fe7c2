// tests/goldens is whole: each chart with each values file, each case of the table, nothing else, and nothing of the machine it was made on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { charts, exists, golden, list, read } from './support.mjs';

const cases = read('tests/goldens/cases.tsv').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));

test('each chart has a case for its defaults and for each environment', () => {
  for (const { name, layer, environments } of charts) {
    for (const environment of ['default', ...environments]) {
      const one = golden(name, environment);
      if (layer === 'library') {
        assert.equal(one.exit, 1);
        assert.equal(one.stderr, 'Error: library charts are not installable\n');
      } else {
        assert.equal(one.exit, 0, `${name}/${environment}: ${one.stderr}`);
        assert.ok(read('tests/goldens', name, environment, 'notes'));
      }
      assert.match(read('tests/goldens', name, environment, 'lint'), /1 chart\(s\) linted, 0 chart\(s\) failed\n$/);
    }
  }
});

test('each case of the table was made, with its arguments, and nothing else stands there', () => {
  const expected = new Set(cases.map(([folder]) => folder));
  for (const [folder, , ...args] of cases) {
    const [chart, name] = folder.split('/');
    assert.deepEqual(golden(chart, name).args.slice(-args.length), args, folder);
    assert.equal(golden(chart, name).exit, /^(refused|fail)-/.test(name) ? 1 : 0, `${folder}: ${golden(chart, name).stderr}`);
  }
  for (const { name, environments } of [...charts, { name: 'demo', environments: [] }]) {
    for (const folder of list('tests/goldens', name)) {
      assert.ok(['default', ...environments].includes(folder) || expected.has(`${name}/${folder}`), `${name}/${folder}`);
    }
  }
});

test('a refusal by the schema names the place', () => {
  for (const [folder] of cases.filter(([name]) => name.includes('/refused-'))) {
    const [chart, name] = folder.split('/');
    const { stderr, stdout } = golden(chart, name);
    assert.match(stderr, /^Error: values don't meet the specifications of the schema\(s\)/, folder);
    assert.match(stderr, /at '[^']*'/, folder);
    assert.equal(stdout, '', folder);
  }
});

test('missing dependencies are told, and brought on request', () => {
  assert.equal(golden('dependencies', 'missing').exit, 1);
  assert.match(golden('dependencies', 'missing').stderr, /found in Chart\.yaml, but missing in charts\/ directory: service\n$/);
  const [, ...fresh] = golden('dependencies', 'update-fresh').stdout.split('---\n');
  const [, ...built] = golden('kaggle-data-api', 'default').stdout.split('---\n');
  assert.deepEqual(fresh, built);
});

test('no chart carries its dependencies along', () => {
  for (const { folder } of charts) assert.ok(!exists(folder, 'charts'), folder);
});
