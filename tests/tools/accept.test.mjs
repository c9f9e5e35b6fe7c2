// What `make accept` decides without a server: which objects collide, what exceptions cover, and what the server's schemas say as JSON Schema.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyAll, makesNamespaces } from '../../tools/accept/apply.mjs';
import { dryRun } from '../../tools/accept/dry-run.mjs';
import { needless, readExceptions, uncovered } from '../../tools/accept/linters.mjs';
import { twins } from '../../tools/accept/objects.mjs';
import { writeSchemas } from '../../tools/accept/schemas.mjs';

const root = join(import.meta.dirname, '../..');
const object = (kind, name, more = {}) => ({ apiVersion: 'v1', kind, metadata: { name }, ...more });
const resources = { resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }, { name: 'configmaps/status', kind: 'ConfigMap', namespaced: true }, { name: 'namespaces', kind: 'Namespace', namespaced: false }] };

/** A server that knows two kinds and says of each object what `judge` says. */
function server(judge) {
  const asked = [];
  return {
    asked,
    ask: async (method, path, body) => {
      asked.push(`${method} ${path.split('?')[0]}`);
      if (path === '/api/v1') return { body: resources };
      if (path.startsWith('/apis/apps/v1')) return { status: 422, warnings: [], body: { message: body.spec.template.spec.containers[0].imagePolicy ? 'unknown field' : 'would violate PodSecurity "restricted:latest"' } };
      return { status: 201, warnings: [], ...judge(method, path, body) };
    },
  };
}

test('objects of one name and kind collide, in one namespace only', () => {
  const other = object('ConfigMap', 'a');
  other.metadata.namespace = 'elsewhere';
  assert.deepEqual(twins([object('ConfigMap', 'a'), object('Secret', 'a'), other]), []);
  assert.equal(twins([object('ConfigMap', 'a'), object('ConfigMap', 'a')]).length, 1);
});

test('a dry run tells each warning and refusal once, with the renders that have it', async () => {
  const one = server((_, __, body) => (body.metadata.name === 'bad' ? { status: 422, body: { message: 'no' } } : body.metadata.name === 'odd' ? { warnings: ['hm'] } : {}));
  const renders = [{ name: 'first', objects: [object('ConfigMap', 'good'), object('ConfigMap', 'bad')] }, { name: 'second', objects: [object('ConfigMap', 'bad'), object('ConfigMap', 'odd'), object('Gadget', 'x')] }];
  const { faults, count } = await dryRun(one, renders, 'data');
  assert.equal(count, 4);
  assert.deepEqual(faults.toSorted(), [
    'ConfigMap/bad: no\n    in 2 renders, the first: first', 'ConfigMap/odd: hm\n    in 1 renders, the first: second',
    'Gadget/x: the server knows no /Gadget v1\n    in 1 renders, the first: second',
  ]);
});

test('a server that judges nothing is no judge', async () => {
  const blind = { ask: async () => ({ status: 201, warnings: [], body: resources }) };
  await assert.rejects(dryRun(blind, [{ name: 'x', objects: [] }], 'data'), /the server should have said/);
});

test('what makes namespaces is applied and taken away, and a privileged pod has to be refused there', async () => {
  const namespace = object('Namespace', 'team');
  namespace.metadata.labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  const render = { name: 'x', objects: [namespace, object('ConfigMap', 'c')] };
  assert.ok(makesNamespaces(render) && !makesNamespaces({ objects: [object('ConfigMap', 'c')] }));
  const strict = server((method, path) => (path.includes('/pods') ? { status: 403, body: { message: 'violates PodSecurity "restricted:latest"' } } : {}));
  assert.deepEqual(await applyAll(strict, [render], 'data'), []);
  assert.deepEqual(strict.asked.slice(-3), ['DELETE /api/v1/namespaces/data/configmaps/c', 'DELETE /api/v1/namespaces/team', 'PUT /api/v1/namespaces/team/finalize']);
  assert.deepEqual(await applyAll(server(() => ({})), [render], 'data'), ['x: a privileged pod in team: it is accepted']);
});

test('an exception covers its check in its charts, and has to be needed', () => {
  const exceptions = () => [{ tool: 'kube-score', check: 'low-user', charts: ['a', 'b'], used: new Set() }];
  const findings = [{ check: 'low-user', text: 'Pod/x: low' }, { check: 'no-probe', text: 'Pod/x: none' }];
  const list = exceptions();
  assert.deepEqual(uncovered(list, 'kube-score', 'a', findings), ['a: kube-score: no-probe: Pod/x: none']);
  assert.deepEqual(needless(list), ['charts/exceptions.yaml: kube-score finds no low-user in b']);
  assert.equal(uncovered(exceptions(), 'kubeconform', 'a', findings).length, 2);
  assert.equal(uncovered(exceptions(), 'kube-score', 'c', findings).length, 2);
});

test('each exception of the charts has a reason and its place in a README', () => assert.ok(readExceptions(root).length > 0));

test('the server\'s schemas: closed, with what they refer to', async () => {
  const schemas = {
    'io.k8s.Thing': {
      type: 'object', 'x-kubernetes-group-version-kind': [{ group: 'a.b', version: 'v1', kind: 'Thing' }],
      properties: { port: { 'x-kubernetes-int-or-string': true }, inner: { allOf: [{ $ref: '#/components/schemas/io.k8s.Inner' }], default: {} }, size: { $ref: '#/components/schemas/io.k8s.resource.Quantity' }, labels: { type: 'object', additionalProperties: { type: 'string' } }, free: { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true } },
    },
    'io.k8s.Inner': { type: 'object', properties: { name: { type: 'string', description: 'x' }, again: { $ref: '#/components/schemas/io.k8s.Inner' } }, required: ['name'] },
    'io.k8s.resource.Quantity': { type: 'string' },
    'io.k8s.Other': { type: 'object' },
  };
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  await writeSchemas({ ask: async () => ({ status: 200, body: { components: { schemas } } }) }, ['a.b/v1'], folder);
  assert.deepEqual(readdirSync(folder), ['thing-a-v1.json']);
  const written = JSON.parse(readFileSync(join(folder, 'thing-a-v1.json'), 'utf8'));
  rmSync(folder, { recursive: true });
  assert.equal(written.additionalProperties, false);
  assert.deepEqual(written.properties, {
    port: { oneOf: [{ type: 'string' }, { type: 'integer' }] }, inner: { $ref: '#/definitions/io.k8s.Inner' }, size: { $ref: '#/definitions/io.k8s.resource.Quantity' },
    labels: { type: 'object', additionalProperties: { type: 'string' } }, free: { type: 'object', properties: {} },
  });
  assert.deepEqual(Object.keys(written.definitions).toSorted(), ['io.k8s.Inner', 'io.k8s.Thing', 'io.k8s.resource.Quantity']);
  assert.deepEqual(written.definitions['io.k8s.Inner'], { type: 'object', properties: { name: { type: 'string' }, again: { $ref: '#/definitions/io.k8s.Inner' } }, required: ['name'], additionalProperties: false });
  assert.deepEqual(written.definitions['io.k8s.resource.Quantity'], { oneOf: [{ type: 'string' }, { type: 'number' }] });
});
