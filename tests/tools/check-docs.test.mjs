// The check of the documents finds what is wrong, and nothing in what is right.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchorsOf, faultsOfPage, faultsOfRunbooks } from '../../tools/check-docs/page.mjs';

const schema = {
  type: 'object', additionalProperties: false,
  properties: {
    replicaCount: { type: 'integer' },
    autoscaling: { type: 'object', additionalProperties: false, properties: { enabled: { type: 'boolean' } } },
    strategy: { type: 'string', enum: ['RollingUpdate', 'Recreate'] },
    ports: { type: 'array', items: { type: 'object', additionalProperties: false, properties: { port: { type: 'integer' } } } },
    podLabels: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
const files = { 'docs/b.md': '# B\n\n## First, `then`\n\n## Twice\n\n## Twice\n\n```sh\n# no heading\n```\n', 'charts/api': '' };
const programs = { kubectl: '--namespace -n', 'kubectl get': '--output -o', 'kubectl create': '', 'kubectl create secret': '--dry-run', helm: '--debug', 'helm install': '', 'helm upgrade': '--install --set' };
const world = { exists: (path) => Object.hasOwn(files, path), read: (path) => files[path], targets: new Set(['check']), commands: new Set(['template']), flags: new Set(['values']), programs, named: new Set(['ports.named']), schemas: { api: schema } };
const faults = (text) => faultsOfPage('docs/a.md', text, world);
const example = (yaml) => faults(`\`\`\`yaml values=api\n${yaml}\n\`\`\`\n`);

test('headings are anchors, lines of a code block are none', () => {
  assert.deepEqual([...anchorsOf(files['docs/b.md'])], ['b', 'first-then', 'twice', 'twice-1']);
});

test('links', () => {
  assert.deepEqual(faults('# A\n[x](b.md#first-then) [y](b.md) [z](#a) [w](https://example.org/#no) [v](b.md#twice-1)'), []);
  assert.deepEqual(faults('[x](c.md)'), ['docs/a.md: the link to c.md leads nowhere']);
  assert.deepEqual(faults('[x](b.md#no-heading)'), ['docs/a.md: no heading answers the link to b.md#no-heading']);
  assert.deepEqual(faults('[x](#nowhere)'), ['docs/a.md: no heading answers the link to #nowhere']);
});

test('make targets, in prose and in commands', () => {
  assert.deepEqual(faults('`make check`\n\n```sh\nmake check\n```\n'), []);
  assert.deepEqual(faults('`make nothing`'), ['docs/a.md: there is no target for `make nothing`']);
  assert.deepEqual(faults('```sh\nmake nothing\n```\n'), ['docs/a.md: there is no target for `make nothing`']);
  assert.deepEqual(faults('```sh\nhelm install x charts/none\n```\n'), ['docs/a.md: a command names charts/none, which there is not']);
});

test('commands and flags of chartwright', () => {
  assert.deepEqual(faults('`chartwright template CHART --values=a.yaml`, `chartwright COMMAND`\n\n```sh\nchartwright template x \\\n  --values y | grep --other\n```\n'), []);
  assert.deepEqual(faults('`chartwright tempalte`'), ['docs/a.md: there is no command `chartwright tempalte`']);
  assert.deepEqual(faults('```sh\nchartwright template x \\\n  --valeus y\n```\n'), ['docs/a.md: chartwright has no flag --valeus']);
});

test('commands and flags of kubectl and Helm', () => {
  const shell = (text) => faults(`\`\`\`sh\n${text}\n\`\`\`\n`);
  assert.deepEqual(shell('kubectl get pods -n data --output=name | grep --other x\nNAME=x kubectl create secret a --dry-run  # --note\nhelm upgrade --install a \\\n  --set b=1'), []);
  assert.deepEqual(shell('kubectl gett pods'), ['docs/a.md: there is no command `kubectl gett`']);
  assert.deepEqual(shell('kubectl get pods --ouput name'), ['docs/a.md: `kubectl get` has no flag --ouput']);
  assert.deepEqual(shell('kubectl get pods -x'), ['docs/a.md: `kubectl get` has no flag -x']);
  assert.deepEqual(shell('helm upgrade \\\n  --insatll a'), ['docs/a.md: `helm upgrade` has no flag --insatll']);
  assert.deepEqual(shell('echo | kubectl get --bad'), ['docs/a.md: `kubectl get` has no flag --bad']);
  // What a container runs, and what is quoted, is none of theirs.
  assert.deepEqual(shell("kubectl get pods -- df --human\nkubectl get pods --output '{a} | --b'"), []);
});

test('values keys on a command line', () => {
  const shell = (text) => faults(`\`\`\`sh\n${text}\n\`\`\`\n`);
  assert.deepEqual(shell('helm upgrade --install a charts/apps/api --set autoscaling.enabled=true,replicaCount=2').filter((fault) => /values key/.test(fault)), []);
  assert.deepEqual(shell('helm upgrade a charts/apps/api \\\n  --set autoscaling.on=true').filter((fault) => /values key/.test(fault)), ['docs/a.md: api has no values key autoscaling.on']);
});

test('values examples', () => {
  assert.deepEqual(example('replicaCount: 2\nautoscaling: { enabled: true }\nstrategy: Recreate\nports: [{ port: 1 }]\npodLabels: { any: thing }'), []);
  assert.deepEqual(example('replicas: 2'), ['docs/a.md: api: no values key replicas']);
  assert.deepEqual(example('autoscaling: { on: true }'), ['docs/a.md: api: no values key autoscaling.on']);
  assert.deepEqual(example('ports: [{ prot: 1 }]'), ['docs/a.md: api: no values key ports[0].prot']);
  assert.deepEqual(example('replicaCount: two'), ['docs/a.md: api: replicaCount is not of type integer']);
  assert.deepEqual(example('strategy: Never'), ['docs/a.md: api: strategy is none of RollingUpdate, Recreate']);
  assert.match(example('a: [')[0], /cannot be read/);
  assert.deepEqual(faults('```yaml values=none\na: 1\n```\n'), ['docs/a.md: there is no chart none']);
});

test('values keys in prose', () => {
  assert.deepEqual(faults('`api:autoscaling.enabled` and `api:podLabels.team`, `image:tag`'), []);
  assert.deepEqual(faults('`api:autoscaling.on`'), ['docs/a.md: api has no values key autoscaling.on']);
  // Without a chart, too, if it begins like a key.
  assert.deepEqual(faults('`autoscaling.enabled`, `other.thing`, `ports.k8s.io`, `ports.named`'), []);
  assert.deepEqual(faults('`autoscaling.on`'), ['docs/a.md: no chart has a values key autoscaling.on']);
});

test('runbooks of alerts', () => {
  const template = { 't.tpl': '"alert" "Down" "for" "1m" "runbook" "incident"' };
  assert.deepEqual(faultsOfRunbooks(template, () => true), []);
  assert.deepEqual(faultsOfRunbooks(template, () => false), ['t.tpl: the alert Down leads to docs/runbooks/incident.md, which there is not']);
});
