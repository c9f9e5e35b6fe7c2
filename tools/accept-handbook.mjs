// Has a real kube-apiserver judge the Kubernetes objects that the documents show and the local cluster's own, those of operators by the definitions that their
// projects publish (needs Go).
//   node tools/accept-handbook.mjs
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { define, definitions, PUBLISHED as CHARTS } from './accept/definitions.mjs';
import { kindOf, nameOf, paths, put } from './accept/objects.mjs';
import { oracles, startServer } from './accept/server.mjs';
import { handbookObjects } from './handbook/blocks.mjs';

const PUBLISHED = [
  ...CHARTS,
  ['github.com/argoproj/argo-cd/v3', 'v3.2.1', 'manifests/crds'],
  ['github.com/fluxcd/helm-controller', 'v1.4.0', 'config/crd/bases'],
  ['github.com/fluxcd/source-controller', 'v1.7.0', 'config/crd/bases'],
  ['github.com/cloudnative-pg/cloudnative-pg', 'v1.30.0', 'config/crd/bases'],
  ['github.com/cloudnative-pg/plugin-barman-cloud', 'v0.15.0', 'config/crd/bases'],
];

const manifests = join(import.meta.dirname, '../local-env/manifests');
const local = readdirSync(manifests).map((name) => ({ place: `local-env/manifests/${name}`, objects: parseAllDocuments(readFileSync(join(manifests, name), 'utf8')).map((document) => document.toJS()) }));
const all = [...handbookObjects(), ...local].flatMap(({ place, objects }) => objects.map((object) => ({ place, object })));
const server = await startServer(oracles('api-server'));
try {
  await define(server, definitions(new Set(all.map(({ object }) => kindOf(object))), PUBLISHED));
  const pathOf = paths(server);
  for (const namespace of new Set(all.map(({ object }) => object.metadata.namespace).filter(Boolean))) {
    await server.ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  }
  const faults = [];
  for (const { place, object } of all) {
    const found = await pathOf(object);
    if (found === undefined) {
      faults.push(`${place}: the server knows no ${kindOf(object)}`);
      continue;
    }
    const said = await put(server, found.path, object, { dryRun: 'All' });
    // The server judges it at all.
    const spoilt = await put(server, found.path, { ...object, nobodyKnowsThis: true }, { dryRun: 'All' });
    if (!spoilt.some((words) => /unknown field/.test(words))) faults.push(`${place}: a field that nobody knows was let through`);
    faults.push(...said.map((words) => `${place}: ${nameOf(object)}: ${words}`));
  }
  faults.forEach((fault) => console.error(fault));
  console.log(`${all.length} objects of the documents and the local cluster: ${faults.length === 0 ? 'accepted' : `${faults.length} faults`}`);
  process.exitCode = faults.length === 0 && all.length > 0 ? 0 : 1;
} finally {
  await server.stop();
}
