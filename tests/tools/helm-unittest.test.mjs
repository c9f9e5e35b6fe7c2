// The runner of helm-unittest suites: paths, assertions, which documents they are about, and what it refuses. No renderer is asked.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { ASSERTIONS } from '../../tools/helm-unittest/assertions.mjs';
import { find, goRegex } from '../../tools/helm-unittest/jsonpath.mjs';
import { testsOf } from '../../tools/helm-unittest/suites.mjs';
import { readSuites, valuesAt } from '../../tools/helm-unittest/suite.mjs';

const pod = parse(`
kind: Pod
apiVersion: v1
metadata: { name: web, annotations: { a.b/c: "1", plain: x }, labels: {} }
spec:
  none: null
  count: 2
  share: 0.5
  on: true
  text: "line  \\nnext"
  containers:
    - { name: main, ports: [1, 2], env: [{ name: A, value: a }] }
    - { name: side, ports: [3] }
`);

test('paths', () => {
  const leads = (path, ...values) => assert.deepEqual(find(pod, path), values, path);
  leads('metadata.name', 'web');
  leads('$.metadata.name', 'web');
  leads('metadata.annotations["a.b/c"]', '1');
  leads("metadata.annotations['a.b/c']", '1');
  leads('metadata["annotations"].plain', 'x');
  leads('spec.containers[0].name', 'main');
  leads('spec.containers[-1].name', 'side');
  leads('spec.containers[2].name');
  leads('spec.containers[0,1].name', 'main', 'side');
  leads('spec.containers[*].ports[*]', 1, 2, 3);
  leads('spec.containers.*.name', 'main', 'side');
  leads('spec.containers.name');
  leads('spec..ports', [1, 2], [3]);
  leads('spec.none', null);
  leads('spec.nothing');
  leads('spec.containers[?(@.name == "side")].ports[0]', 3);
  leads('spec.containers[?(@.name != "side")].name', 'main');
  leads('spec.containers[?(@.env)].name', 'main');
  leads('spec.containers[?(!@.env)].name', 'side');
  leads('spec.containers[?(@.name =~ /^s/)].name', 'side');
  leads('spec.containers[?(@.name == "main" && @.ports[0] == 1 || @.name == "x")].name', 'main');
  leads('spec.containers[?((@.name == "main" || @.name == "side") && @.ports[0] > 1)].name', 'side');
  leads('', pod);
});

test('paths that cannot be read are errors', () => {
  for (const path of ['a[', 'a[b]', 'a[?(@.b', 'a[?(1)]', 'a b', 'a[1:2]', 'a["b', "a['b',1]"]) assert.throws(() => find(pod, path), /of the path|mixed/, path);
});

test("patterns are Go's, or refused", () => {
  assert.ok(goRegex('(?i)^POD$').test('pod'));
  for (const pattern of ['\\Aa', 'a\\z', '[[:alpha:]]', '(?P<x>a)', 'a(?i)b']) assert.throws(() => goRegex(pattern), /another thing/, pattern);
});

/** The faults of an assertion on documents. */
function faults(type, parameters, { documents = [pod], failure, not = false } = {}) {
  const definition = ASSERTIONS[type];
  return definition.check({ documents, rendered: documents, failure, parameters, negative: Boolean(definition.antonym) !== not });
}

const table = [
  // assertion, its antonym, what it holds for, what it does not hold for
  ['equal', 'notEqual', [{ path: 'spec.count', value: 2 }, { path: 'spec.text', value: 'line\nnext' }, { path: 'spec.none', value: null }, { path: 'spec.containers[1]', value: { ports: [3], name: 'side' } }],
    [{ path: 'spec.count', value: '2' }, { path: 'spec.nothing', value: null }, { path: 'spec.containers[*].name', value: 'web' }, { path: 'spec.containers[1].ports', value: [3, 4] }]],
  ['exists', 'notExists', [{ path: 'spec.none' }, { path: 'spec.containers[?(@.name == "side")]' }], [{ path: 'spec.nothing' }, { path: 'spec.containers[2]' }]],
  ['isNotNull', 'isNull', [{ path: 'spec.count' }], [{ path: 'spec.nothing' }]],
  ['isEmpty', 'isNotEmpty', [{ path: 'spec.none' }, { path: 'metadata.labels' }], [{ path: 'spec.count' }, { path: 'spec.containers' }, { path: 'spec.nothing' }]],
  ['isNullOrEmpty', 'isNotNullOrEmpty', [{ path: 'metadata.labels' }], [{ path: 'metadata.annotations' }]],
  ['contains', 'notContains', [{ path: 'spec.containers[0].ports', content: 2 }, { path: 'spec.containers', any: true, content: { name: 'side' } }, { path: 'spec.containers[0].ports', content: 2, count: 1 }],
    [{ path: 'spec.containers[0].ports', content: 3 }, { path: 'spec.containers', content: { name: 'side' } }, { path: 'spec.containers[0].ports', content: 2, count: 2 }, { path: 'spec.nothing', content: 1 }]],
  ['isSubset', 'isNotSubset', [{ path: 'metadata.annotations', content: { plain: 'x' } }], [{ path: 'metadata.annotations', content: { plain: 'y' } }, { path: 'metadata', content: { annotations: { plain: 'x' } } }]],
  ['isType', 'isNotType', [{ path: 'spec.count', type: 'int' }, { path: 'spec.share', type: 'float64' }, { path: 'spec.on', type: 'bool' }, { path: 'spec.text', type: 'string' }, { path: 'spec', type: 'map[string]interface {}' }, { path: 'spec.containers', type: '[]interface {}' }], [{ path: 'spec.count', type: 'string' }]],
  ['matchRegex', 'notMatchRegex', [{ path: 'metadata.name', pattern: '^we' }], [{ path: 'metadata.name', pattern: '^x' }, { path: 'spec.nothing', pattern: 'x' }]],
  ['lengthEqual', 'notLengthEqual', [{ path: 'spec.containers', count: 2 }, { paths: ['spec.containers', 'spec.containers[0].ports'] }], [{ path: 'spec.containers', count: 1 }, { paths: ['spec.containers', 'spec.containers[1].ports'] }]],
  ['greaterOrEqual', 'notGreaterOrEqual', [{ path: 'spec.count', value: 2 }, { path: 'metadata.name', value: 'a' }], [{ path: 'spec.count', value: 3 }]],
  ['lessOrEqual', 'notLessOrEqual', [{ path: 'spec.count', value: 2 }], [{ path: 'spec.count', value: 1 }]],
  ['isKind', undefined, [{ of: 'Pod' }], [{ of: 'Job' }]],
  ['isAPIVersion', undefined, [{ of: 'v1' }], [{ of: 'v2' }]],
  ['hasDocuments', undefined, [{ count: 1 }], [{ count: 0 }]],
  ['containsDocument', undefined, [{ kind: 'Pod', apiVersion: 'v1' }, { kind: 'Pod', apiVersion: 'v1', name: 'web' }], [{ kind: 'Pod', apiVersion: 'v1', name: 'x' }, { kind: 'Pod', apiVersion: 'v1', namespace: 'x' }]],
];

for (const [type, antonym, good, bad] of table) {
  test(`${type}: holds, or not, and the other way round${antonym ? ` as ${antonym}` : ''}`, () => {
    for (const [list, holds] of [[good, true], [bad, false]]) {
      for (const parameters of list) {
        const words = JSON.stringify(parameters);
        assert.equal(faults(type, parameters).length === 0, holds, words);
        assert.equal(faults(type, parameters, { not: true }).length === 0, !holds, `not: ${words}`);
        if (antonym) assert.equal(faults(antonym, parameters).length === 0, !holds, `${antonym}: ${words}`);
        if (antonym) assert.equal(faults(antonym, parameters, { not: true }).length === 0, holds, `not ${antonym}: ${words}`);
      }
    }
  });
}

test('what is of the wrong kind is a fault both ways', () => {
  for (const type of ['contains', 'notContains']) assert.equal(faults(type, { path: 'spec', content: 1 }).length, 1);
  for (const type of ['isSubset', 'isNotSubset']) assert.equal(faults(type, { path: 'spec.count', content: {} }).length, 1);
  for (const type of ['matchRegex', 'notMatchRegex']) assert.equal(faults(type, { path: 'spec.count', pattern: '2' }).length, 1);
  for (const type of ['greaterOrEqual', 'notGreaterOrEqual']) assert.equal(faults(type, { path: 'spec.count', value: '2' }).length, 1);
});

test('without a document only what is denied holds', () => {
  const none = { documents: [] };
  for (const [type, parameters] of [['equal', { path: 'a', value: 1 }], ['exists', { path: 'a' }], ['isKind', { of: 'Pod' }], ['contains', { path: 'a', content: 1 }], ['containsDocument', { kind: 'Pod', apiVersion: 'v1' }], ['lengthEqual', { path: 'a', count: 0 }]]) {
    assert.equal(faults(type, parameters, none).length, 1, type);
    assert.equal(faults(type, parameters, { ...none, not: true }).length, 0, type);
  }
  assert.equal(faults('hasDocuments', { count: 0 }, none).length, 0);
});

test('containsDocument: all of them, or any', () => {
  const documents = [pod, { kind: 'Job', apiVersion: 'v1' }];
  const asked = { kind: 'Pod', apiVersion: 'v1' };
  assert.equal(faults('containsDocument', asked, { documents }).length, 1);
  assert.equal(faults('containsDocument', { ...asked, any: true }, { documents }).length, 0);
  assert.equal(faults('containsDocument', asked, { documents, not: true }).length, 0);
  assert.equal(faults('containsDocument', { ...asked, any: true }, { documents, not: true }).length, 1);
});

test('failedTemplate: a message, a pattern, or that it failed at all', () => {
  const failure = 'give a (b)';
  for (const parameters of [{}, { errorMessage: failure }, { errorPattern: 'give .' }, { errorPattern: 'a (b)' }]) {
    assert.equal(faults('failedTemplate', parameters, { failure }).length, 0, JSON.stringify(parameters));
    assert.equal(faults('failedTemplate', parameters).length, 1);
  }
  assert.equal(faults('failedTemplate', { errorMessage: 'give' }, { failure }).length, 1);
  assert.equal(faults('failedTemplate', { errorPattern: '^b' }, { failure }).length, 1);
  assert.equal(faults('notFailedTemplate', {}, { failure }).length, 1);
  assert.throws(() => faults('failedTemplate', { errorMessage: 'a', errorPattern: 'a' }, { failure }), /either/);
});

test('texts: equalRaw and matchRegexRaw', () => {
  const documents = [{ raw: 'It runs 3 pods.' }];
  assert.equal(faults('equalRaw', { value: 'It runs 3 pods.' }, { documents }).length, 0);
  assert.equal(faults('notEqualRaw', { value: 'x' }, { documents }).length, 0);
  assert.equal(faults('matchRegexRaw', { pattern: '[0-9] pods' }, { documents }).length, 0);
  assert.equal(faults('notMatchRegexRaw', { pattern: 'pods' }, { documents }).length, 1);
});

test('base64', () => {
  const documents = [{ data: { a: Buffer.from('word').toString('base64') } }];
  assert.equal(faults('equal', { path: 'data.a', value: 'word', decodeBase64: true }, { documents }).length, 0);
  assert.equal(faults('matchRegex', { path: 'data.a', pattern: '^word$', decodeBase64: true }, { documents }).length, 0);
});

test('set: dots, indexes and quoted keys', () => {
  assert.deepEqual(valuesAt('image.tag', 'v'), { image: { tag: 'v' } });
  assert.deepEqual(valuesAt('hosts[1].name', 'v'), { hosts: [null, { name: 'v' }] });
  assert.deepEqual(valuesAt('labels["a.b/c"]', 'v'), { labels: { 'a.b/c': 'v' } });
  assert.deepEqual(valuesAt('labels[a.b/c]', 'v'), { labels: { 'a.b/c': 'v' } });
});

// Below, a chart and suites in a folder, and a renderer that answers what it is told.
const place = mkdtempSync(join(tmpdir(), 'suites-'));
after(() => rmSync(place, { recursive: true }));
const write = (path, text) => {
  mkdirSync(join(place, path, '..'), { recursive: true });
  writeFileSync(join(place, path), text);
  return path;
};
const chart = 'charts/applications/one';
write(`${chart}/Chart.yaml`, 'name: one\nversion: 1.0.0\napiVersion: v2\n');
for (const name of ['a.yaml', 'b.yaml', '_helpers.tpl', 'NOTES.txt']) write(`${chart}/templates/${name}`, '');
const stdout = ['a.yaml', 'a.yaml', 'b.yaml'].map((name, at) => `---\n# Source: one/templates/${name}\n${stringify({ kind: ['Pod', 'Job', 'Pod'][at], metadata: { name: `n${at}` } })}`).join('');

async function run(suite, answer = { exit: 0, stdout, stderr: '' }) {
  const file = write(`${chart}/tests/x_test.yaml`, stringify({ suite: 'x', release: { name: 'rel' }, ...suite }));
  const asked = [];
  const renderer = { notes: (args) => ({ args: ['notes', ...args.slice(1)], from: (text) => text }), ask: async (request) => (asked.push(request.args), answer) };
  const tests = testsOf(renderer, { path: place, write }, [file]);
  const found = [];
  for (const one of tests) found.push(...(await one.run()));
  return { faults: found, asked };
}
const testing = (assertion, more = {}) => ({ templates: ['a.yaml', 'b.yaml'], tests: [{ it: 'holds', asserts: [assertion], ...more }] });

test('documents are found by template, index and selector', async () => {
  const holds = async (assertion, more, reason) => {
    const { faults: found } = await run(testing(assertion, more));
    if (reason === undefined) assert.deepEqual(found, []);
    else assert.match(found.join('\n'), reason);
  };
  await holds({ hasDocuments: { count: 2 }, template: 'a.yaml' });
  await holds({ hasDocuments: { count: 1 } }, { template: 'templates/b.yaml' });
  await holds({ hasDocuments: { count: 1 } }, {}, /one\/templates\/a\.yaml\n\s+there are 2 documents/);
  await holds({ isKind: { of: 'Pod' }, documentIndex: 0, template: 'b.yaml' });
  await holds({ isKind: { of: 'Pod' }, documentIndex: 1, template: 'b.yaml' }, {}, /document index 1 is out of range/);
  await holds({ isKind: { of: 'Pod' }, documentIndex: 0, template: 'a.yaml' }, {}, /in the order of their kinds/);
  await holds({ equal: { path: 'metadata.name', value: 'n1' }, documentSelector: { path: 'kind', value: 'Job' } });
  await holds({ equal: { path: 'metadata.name', value: 'n1' } }, { documentSelector: { path: 'kind', value: 'Job' } });
  await holds({ exists: { path: 'metadata.name' }, documentSelector: { path: 'kind', value: 'Pod' } }, {}, /2 documents match/);
  await holds({ exists: { path: 'metadata.name' }, documentSelector: { path: 'kind', value: 'Pod', matchMany: true } });
  await holds({ exists: { path: 'metadata.name' }, documentSelector: { path: 'kind', value: 'Secret' } }, {}, /no document matches/);
  await holds({ exists: { path: 'metadata.name' } }, { documentSelector: { path: 'kind', value: 'Secret', skipEmptyTemplates: true } });
  await holds({ exists: { path: 'metadata.name' }, documentSelector: { path: 'kind', value: 'Secret', skipEmptyTemplates: true } }, {}, /there is no document/);
  await holds({ exists: { path: 'metadata.name' }, template: 'c.yaml' }, {}, /selects no template one\/templates\/c\.yaml/);
  await holds({ exists: { path: 'metadata[' } }, {}, /of the path/);
});

test('a failed render fails what speaks of documents, and satisfies failedTemplate where it failed', async () => {
  const answer = { exit: 1, stdout: '', stderr: 'Error: execution error at (one/templates/a.yaml:1:4): give a name\n\nUse --debug flag to render out invalid YAML\n' };
  assert.deepEqual((await run(testing({ failedTemplate: { errorMessage: 'give a name' }, template: 'a.yaml' }), answer)).faults, []);
  assert.match((await run(testing({ failedTemplate: {}, template: 'b.yaml' }), answer)).faults[0], /nothing failed/);
  assert.match((await run(testing({ isKind: { of: 'Pod' } }), answer)).faults[0], /the render failed: give a name/);
  assert.match((await run(testing({ notFailedTemplate: {}, template: 'a.yaml' }), answer)).faults[0], /the render failed/);
  assert.deepEqual((await run(testing({ notFailedTemplate: {} }))).faults, []);
  const schema = { exit: 1, stdout: '', stderr: "Error: values don't meet the specifications of the schema(s) in the following chart(s):\none:\n- at '/a': got string, want number\n" };
  assert.deepEqual((await run(testing({ failedTemplate: { errorPattern: "at '/a'" } }), schema)).faults, []);
});

test('what is rendered is what the test says', async () => {
  const { asked } = await run({
    templates: ['a.yaml'], values: ['suite.yaml'], set: { 'a.b': 1 }, capabilities: { majorVersion: 1, minorVersion: 31, apiVersions: ['x/v1'] },
    tests: [{ it: 'renders', values: ['../own.yaml'], set: { 'a.c': 2 }, release: { namespace: 'data', upgrade: true }, capabilities: { apiVersions: ['y/v1'] }, asserts: [{ hasDocuments: { count: 2 } }] }],
  });
  assert.deepEqual(asked[0].slice(0, 2), ['template', 'rel']);
  assert.deepEqual(asked[0].slice(3, -1), ['--namespace', 'data', '--is-upgrade', '--kube-version', 'v1.31.0', '--api-versions', 'y/v1', '--api-versions', 'x/v1',
    '--values', `${chart}/tests/suite.yaml`, '--values', `${chart}/own.yaml`, '--values']);
});

test('what the runner does not know is refused, not passed over', () => {
  const refused = (suite, reason) => {
    const file = write(`${chart}/tests/refused_test.yaml`, stringify({ suite: 'x', release: { name: 'rel' }, ...suite }));
    assert.throws(() => readSuites(place, file), reason);
  };
  refused({ ...testing({ isOf: {} }) }, /the assertion isOf is not known/);
  refused({ ...testing({ isKind: { of: 'Pod', at: 1 } }) }, /isKind has no parameter at/);
  refused({ ...testing({ not: true }) }, /no assertion/);
  refused({ ...testing({ failedTemplate: {}, not: true }) }, /say notFailedTemplate/);
  refused({ ...testing({ isKind: { of: 'Pod' }, isNull: { path: 'a' } }) }, /more than one assertion/);
  refused({ ...testing({ isKind: { of: 'Pod' } }), skip: { reason: 'later' } }, /skip is not known/);
  refused({ ...testing({ isKind: { of: 'Pod' } }, { postRenderer: {} }) }, /postRenderer is not known/);
  refused({ ...testing({ isKind: { of: 'Pod' } }, { release: { revision: 3 } }) }, /revision 1/);
  refused({ ...testing({ isKind: { of: 'Pod' } }), release: {} }, /release\.name/);
  refused({ tests: [] }, /no tests/);
  refused({ tests: [{ it: 'is empty', asserts: [] }] }, /no asserts/);
});
