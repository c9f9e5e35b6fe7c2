// Every object of every render, as a dry run. Renders share most of their objects: each is asked once.
import { control, kindOf, nameOf, paths, put, restricted, twins } from './objects.mjs';

/** How many objects are under way at once. */
const AT_ONCE = 8;

/**
 * Faults as text, a line each: what the server says, of which object, in how many renders and in which first.
 * `renders` have a `name` and `objects`; `namespace` is the release's.
 */
export async function dryRun(server, renders, namespace) {
  const pathOf = paths(server);
  const distinct = new Map();
  const faults = [];
  for (const { name, objects } of renders) {
    for (const twin of twins(objects)) faults.push(`${name}: two objects ${twin}`);
    for (const object of objects) {
      const key = JSON.stringify(object);
      if (!distinct.has(key)) distinct.set(key, { object, renders: [] });
      distinct.get(key).renders.push(name);
    }
  }
  const pending = [...distinct.values()];
  const namespaces = new Set([namespace, ...pending.map(({ object }) => object.metadata.namespace).filter(Boolean)]);
  for (const name of namespaces) await server.ask('POST', '/api/v1/namespaces', restricted(name));
  await control(server, namespace);

  const found = new Map();
  const worker = async () => {
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { object } = next;
      const place = await pathOf(object, namespace);
      // A namespace that is there already cannot be made again, not even as a dry run.
      const asked = object.kind === 'Namespace' && namespaces.has(object.metadata.name) ? { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-anew`, labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': undefined } } } : object;
      const said = place === undefined ? [`the server knows no ${kindOf(object)} ${object.apiVersion}`] : await put(server, place.path, asked, { dryRun: 'All' });
      for (const words of said) {
        const key = `${nameOf(object)}: ${words}`;
        found.set(key, [...(found.get(key) ?? []), ...next.renders]);
      }
    }
  };
  const count = pending.length;
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const [words, where] of found) faults.push(`${words}\n    in ${where.length} renders, the first: ${where[0]}`);
  return { faults, count };
}
