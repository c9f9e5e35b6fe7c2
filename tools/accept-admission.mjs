#!/usr/bin/env node
// Has a real kube-apiserver decide by the charts' admission policies, and compares with Kubernetes' own Pod Security module (needs Go).
//   node tools/accept-admission.mjs [--pods N] [--seed N]
// Helm renders the policy of each standard and version for a namespace of its own, which enforces nothing by labels. The module's fixtures and N pods by
// chance, most of them as pods and each also within a kind of workload, are created there for show: the policy has to refuse what the module refuses, and
// nothing else. What the API server finds invalid is left out. Then come changes of pods that were there before the policy.
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { oracles, startServer } from './accept/server.mjs';
import { start } from './helm-oracle/client.mjs';
import { fixtures, testdata } from './pss-check/fixtures.mjs';
import { startOracle } from './pss-check/oracle.mjs';
import { pod } from './pss-check/pods.mjs';
import { valid, WORKLOADS } from './pss-check/workloads.mjs';
import { layCharts } from './renders/place.mjs';

const { values: options } = parseArgs({ options: { pods: { type: 'string', default: '400' }, seed: { type: 'string', default: '1' } } });
const [FIRST, LAST] = [25, 37];
const EXAMPLES = 20;
const BOTH = ['baseline', 'restricted'];
const standards = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i).flatMap((minor) => BOTH.map((level) => ({ minor, level, namespace: `${level}-${minor}` })));
const LABELS = { 'app.kubernetes.io/name': 'kaggle-data-api', 'app.kubernetes.io/instance': 'rel' };
const PATHS = new Map([['v1', '/api/v1'], ['apps/v1', '/apis/apps/v1'], ['batch/v1', '/apis/batch/v1']]);
const path = ({ apiVersion, kind }, namespace) => `${PATHS.get(apiVersion)}/namespaces/${namespace}/${kind.toLowerCase()}s`;

let differences = 0;
const tell = (text) => { if (++differences <= EXAMPLES) console.log(text); };

async function policies() {
  const place = layCharts();
  const helm = start(4);
  const settings = ({ minor, level }) => `admissionPolicy.enabled=true,admissionPolicy.level=${level},admissionPolicy.version=v1.${minor},admissionPolicy.workloads={Deny}`;
  const renders = await Promise.all(standards.map((standard) => helm.ask({ dir: place.path, args: [
    'template', 'rel', 'charts/applications/kaggle-data-api', '--namespace', standard.namespace, '--show-only', 'templates/admission.yaml', '--set', settings(standard),
  ] })));
  helm.end();
  place.remove();
  return renders.flatMap(({ stdout, stderr, exit }) => {
    if (exit !== 0) throw new Error(stderr);
    return parseAllDocuments(stdout).map((document) => document.toJS());
  });
}

/** What is said to an object: `true` if it is admitted, `false` if a policy refuses it, nothing if it is invalid. */
function verdict({ status, text }, name) {
  if (status === 201 || status === 200) return true;
  if (status === 403 && text.includes('denied request: The pod does not meet the ')) return false;
  if (status === 422 && !text.includes('ValidatingAdmissionPolicy')) return undefined;
  throw new Error(`${name}: ${status} ${text}`);
}

const named = (object, name = 'subject', labels = LABELS) => ({ ...object, metadata: { ...object.metadata, labels, name } });

/** Policies take a moment until they are in force: `object`, which each refuses, is sent until it is refused. */
async function inForce(server, object, namespaces) {
  for (const namespace of namespaces) {
    for (let tries = 0; verdict(await server.ask('POST', `${path(object, namespace)}?dryRun=All`, object), namespace); tries += 1) {
      if (tries > 240) throw new Error(`the policy of ${namespace} is not in force after a minute`);
      await server.pause(250);
    }
  }
}

/** Every subject in its namespaces: what the policy decides, against the module. */
async function compare(server, subjects) {
  const oracle = startOracle(FIRST, LAST);
  const verdicts = oracle(subjects.map(({ object }) => object));
  const counts = new Map(standards.map(({ namespace }) => [namespace, { all: 0, refused: 0, invalid: 0 }]));
  const questions = subjects.flatMap((subject, index) => standards.filter((standard) => !subject.standard || subject.standard === standard.namespace).map((standard) => ({ ...subject, ...standard, wanted: verdicts[index][standard.minor][standard.level] })));
  const worker = async () => {
    for (let question = questions.pop(); question; question = questions.pop()) {
      const { name, object, namespace, wanted } = question;
      const answer = await server.ask('POST', `${path(object, namespace)}?dryRun=All`, object);
      const found = verdict(answer, name);
      const count = counts.get(namespace);
      if (found === undefined) count.invalid += 1;
      else count.all += 1;
      if (found === false) count.refused += 1;
      if (found !== undefined && found !== wanted) tell(`${name} in ${namespace}: ${found ? 'admitted' : answer.body.message}, the module ${wanted ? 'admits' : 'refuses'} it\n  ${JSON.stringify(object)}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  console.log('\nstandard          decided  refused  invalid');
  for (const [namespace, { all, refused, invalid }] of counts) console.log(`${namespace.padEnd(16)} ${String(all).padStart(8)} ${String(refused).padStart(8)} ${String(invalid).padStart(8)}`);
}

const image = 'registry.example.com/app:1';
const bad = { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: { hostNetwork: true, containers: [{ name: 'main', image }] } };
const hardened = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const good = { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }, containers: [{ name: 'main', image, securityContext: hardened }],
} };

/** What was there before the policy can be labelled and deleted, but not be given another image; a container for debugging is looked at by itself. */
async function changes(server, namespace) {
  const at = (name) => `/api/v1/namespaces/${namespace}/pods/${name}`;
  const patch = (name, body, part = '') => server.ask('PATCH', `${at(name)}${part}?dryRun=All`, body, 'application/strategic-merge-patch+json');
  const debug = (securityContext) => patch('good', { spec: { ephemeralContainers: [{ name: 'debug', image, ...securityContext }] } }, '/ephemeralcontainers');
  const expect = async (what, asked, wanted) => {
    const found = verdict(await asked, what);
    if (found !== wanted) tell(`${what}: ${found ? 'admitted' : 'refused'}`);
  };
  await expect('a label of a bad pod', patch('bad', { metadata: { labels: { seen: 'yes' } } }), true);
  await expect('another image of a bad pod', patch('bad', { spec: { containers: [{ name: 'main', image: `${image}.1` }] } }), false);
  await expect('another image of a good pod', patch('good', { spec: { containers: [{ name: 'main', image: `${image}.1` }] } }), true);
  await expect('a container for debugging', debug({}), false);
  await expect('a hardened container for debugging', debug({ securityContext: hardened }), true);
  await expect('a pod of another release', server.ask('POST', `${path(bad, namespace)}?dryRun=All`, named(bad, 'other', { 'app.kubernetes.io/name': 'other' })), true);
  await expect('a pod of another namespace', server.ask('POST', `${path(bad, 'default')}?dryRun=All`, named(bad)), true);
  await expect('the end of a bad pod', server.ask('DELETE', at('bad')), true);
}

const server = await startServer(oracles('helm4', 'api-server'));
try {
  for (const { namespace } of standards) await server.ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const changed = standards.at(-1).namespace;
  for (const [name, object] of Object.entries({ bad, good })) {
    const { status, text } = await server.ask('POST', path(object, changed), named(object, name));
    if (status !== 201) throw new Error(text);
  }
  for (const object of await policies()) {
    // A variable of a name that is taken would refer to itself, which ends an API server.
    const names = (object.spec.variables ?? []).map(({ name }) => name);
    if (new Set(names).size !== names.length) throw new Error(`${object.metadata.name} has two variables of one name`);
    const plural = object.kind === 'ValidatingAdmissionPolicy' ? 'validatingadmissionpolicies' : 'validatingadmissionpolicybindings';
    const { status, text, warnings } = await server.ask('POST', `/apis/admissionregistration.k8s.io/v1/${plural}`, object);
    if (status !== 201 || warnings.length > 0) throw new Error(`${object.metadata.name}: ${status} ${warnings} ${text}`);
  }
  await inForce(server, named(bad), standards.map(({ namespace }) => namespace));
  await inForce(server, named(valid(WORKLOADS.get('Deployment')(bad))), standards.map(({ namespace }) => namespace));
  const kinds = [...WORKLOADS.values()];
  const within = (object, number) => [object, kinds[1 + (number % (kinds.length - 1))](object)].map((one) => named(valid(one)));
  const subjects = [...fixtures(testdata(), standards.map(({ minor }) => minor).filter((minor, at, all) => all.indexOf(minor) === at))]
    .map(({ name, minor, level, pod: object }) => ({ name, standard: `${level}-${minor}`, object: named(valid(object)) }));
  for (let number = 0; number < Number(options.pods); number += 1) {
    const seed = Number(options.seed) + number;
    subjects.push(...within(pod(seed), number).map((object) => ({ name: `${object.kind} of seed ${seed}`, object })));
  }
  await compare(server, subjects);
  await changes(server, changed);
} finally {
  await server.stop();
}
console.log(differences ? `\n${differences} differences` : '\nno difference');
process.exitCode = differences ? 1 : 0;
