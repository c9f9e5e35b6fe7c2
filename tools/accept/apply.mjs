// Charts that make namespaces are applied for good, one render after the other, and taken away again.
import { nameOf, paths, put } from './objects.mjs';

/** A pod that breaks the baseline Pod Security Standard. */
const PRIVILEGED = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'privileged' }, spec: { containers: [{ name: 'main', image: 'registry.example/main:1', securityContext: { privileged: true } }] } };

export const makesNamespaces = ({ objects }) => objects.some(({ kind }) => kind === 'Namespace');

/** No controller empties a namespace here: what was made is taken away, then its finalizer. */
async function remove({ ask }, made) {
  for (const { object, path } of made.toReversed()) {
    await ask('DELETE', `${path}/${object.metadata.name}`);
    if (object.kind === 'Namespace') await ask('PUT', `${path}/${object.metadata.name}/finalize`, { ...object, spec: { finalizers: [] } });
  }
}

/** Faults as text, a line each. In a namespace that says it enforces a standard, a privileged pod must be refused. */
export async function applyAll(server, renders, namespace) {
  const faults = [];
  for (const { name, objects } of renders) {
    const pathOf = paths(server);
    const made = [];
    for (const object of objects) {
      const place = await pathOf(object, namespace);
      const said = place === undefined ? ['the server knows no such kind'] : await put(server, place.path, object, {});
      faults.push(...said.map((words) => `${name}: ${nameOf(object)}: ${words}`));
      if (place !== undefined) made.push({ object, path: place.path });
    }
    for (const { metadata } of objects.filter(({ kind }) => kind === 'Namespace')) {
      if (!['baseline', 'restricted'].includes(metadata.labels?.['pod-security.kubernetes.io/enforce'])) continue;
      const [said = 'it is accepted'] = await put(server, `/api/v1/namespaces/${metadata.name}/pods`, PRIVILEGED, { dryRun: 'All' });
      if (!said.includes('violates PodSecurity')) faults.push(`${name}: a privileged pod in ${metadata.name}: ${said}`);
    }
    await remove(server, made);
  }
  return faults;
}
