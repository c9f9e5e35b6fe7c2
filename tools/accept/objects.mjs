// Puts rendered objects to a server: as a dry run, or for good, and says what it has against them.

const groupOf = (apiVersion) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');
export const kindOf = ({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`;
export const nameOf = ({ kind, metadata }) => `${kind}/${metadata.name ?? metadata.generateName}`;

/** Where objects of each kind are put, as the server tells it. */
export function paths({ ask }) {
  const known = new Map();
  const resources = (apiVersion) => {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    if (!known.has(apiVersion)) known.set(apiVersion, ask('GET', root).then(({ body }) => ({ root, list: body?.resources ?? [] })));
    return known.get(apiVersion);
  };
  /** The path of an object's collection, and its namespace if it has one; `undefined` where the server knows no such kind. */
  return async (object, namespace) => {
    const { root, list } = await resources(object.apiVersion);
    const resource = list.find(({ kind, name }) => kind === object.kind && !name.includes('/'));
    if (!resource) return undefined;
    const place = resource.namespaced ? object.metadata.namespace ?? namespace : undefined;
    return { namespace: place, path: place === undefined ? `${root}/${resource.name}` : `${root}/namespaces/${place}/${resource.name}` };
  };
}

/** What the server has against an object: its refusal, or its warnings. `flags` are of the query. */
export async function put({ ask }, path, object, flags) {
  const { status, warnings, body, text } = await ask('POST', `${path}?${new URLSearchParams({ fieldValidation: 'Strict', fieldManager: 'accept', ...flags })}`, object);
  return status === 201 ? warnings : [body?.message ?? text];
}

/** A namespace that enforces the restricted Pod Security Standard, and warns of what would violate it. */
export const restricted = (name) => ({
  apiVersion: 'v1', kind: 'Namespace',
  metadata: { name, labels: Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted'])) },
});

/** Objects of one render that would overwrite each other. */
export function twins(objects) {
  const seen = new Set();
  return objects.map((object) => `${kindOf(object)} ${object.metadata.namespace ?? ''} ${object.metadata.name}`).filter((key) => seen.has(key) || !seen.add(key));
}

const pod = (securityContext) => ({ metadata: { labels: { app: 'control' } }, spec: { containers: [{ name: 'main', image: 'registry.example/main:1', ...securityContext }] } });
const deployment = (template) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'control' }, spec: { selector: { matchLabels: { app: 'control' } }, template } });

/** Shows that the server judges at all: it warns of a pod that is not restricted, and refuses a key that it does not know. */
export async function control(server, namespace) {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  for (const [template, expected] of [[pod({}), /would violate PodSecurity "restricted/], [pod({ imagePolicy: 'Always' }), /unknown field/]]) {
    const said = await put(server, path, deployment(template), { dryRun: 'All' });
    if (!said.some((words) => expected.test(words))) throw new Error(`the server should have said ${expected}, and said: ${said.join('; ') || 'nothing'}`);
  }
}
