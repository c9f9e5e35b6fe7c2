// An OCI registry as small as can be, in memory: what `helm push` and `helm pull` ask of one. https://github.com/opencontainers/distribution-spec
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const digestOf = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Starts it on a free port of the loopback; resolves to its server, and to the manifests by `name:reference` and by `name@digest`. */
export function registry() {
  const blobs = new Map();
  const manifests = new Map();
  const uploads = new Map();
  const answer = {
    'GET /v2/': () => ({ status: 200 }),
    'POST uploads': ({ name }) => {
      const id = randomUUID();
      uploads.set(id, Buffer.alloc(0));
      return { status: 202, headers: { location: `/v2/${name}/blobs/uploads/${id}` } };
    },
    'PATCH upload': ({ name, id, body }) => {
      uploads.set(id, Buffer.concat([uploads.get(id), body]));
      return { status: 202, headers: { location: `/v2/${name}/blobs/uploads/${id}` } };
    },
    'PUT upload': ({ name, id, body, query }) => {
      const bytes = Buffer.concat([uploads.get(id), body]);
      const digest = query.get('digest');
      if (digestOf(bytes) !== digest) return { status: 400, body: 'the digest is another one' };
      blobs.set(digest, bytes);
      return { status: 201, headers: { location: `/v2/${name}/blobs/${digest}`, 'docker-content-digest': digest } };
    },
    'GET blob': ({ digest }) => (blobs.has(digest) ? { status: 200, body: blobs.get(digest), headers: { 'docker-content-digest': digest } } : { status: 404 }),
    'PUT manifest': ({ name, reference, body, type }) => {
      const digest = digestOf(body);
      for (const key of [`${name}:${reference}`, `${name}@${digest}`]) manifests.set(key, { body, type, digest });
      return { status: 201, headers: { 'docker-content-digest': digest } };
    },
    'GET manifest': ({ name, reference }) => {
      const found = manifests.get(`${name}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`);
      return found ? { status: 200, body: found.body, headers: { 'content-type': found.type, 'docker-content-digest': found.digest } } : { status: 404 };
    },
    'GET tags': ({ name }) => ({ status: 200, body: JSON.stringify({ name, tags: [...manifests.keys()].filter((key) => key.startsWith(`${name}:`)).map((key) => key.slice(name.length + 1)) }), headers: { 'content-type': 'application/json' } }),
  };
  const routes = [
    [/^\/v2\/?$/, '/v2/'], [/^\/v2\/(?<name>.+)\/blobs\/uploads\/$/, 'uploads'], [/^\/v2\/(?<name>.+)\/blobs\/uploads\/(?<id>[^/]+)$/, 'upload'],
    [/^\/v2\/(?<name>.+)\/blobs\/(?<digest>sha256:.+)$/, 'blob'], [/^\/v2\/(?<name>.+)\/manifests\/(?<reference>.+)$/, 'manifest'], [/^\/v2\/(?<name>.+)\/tags\/list$/, 'tags'],
  ];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url, 'http://localhost');
    const [pattern, what] = routes.find(([route]) => route.test(url.pathname)) ?? [];
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const act = answer[`${method} ${what}`];
    const { status, body = '', headers = {} } = act
      ? act({ ...pattern.exec(url.pathname).groups, body: Buffer.concat(chunks), query: url.searchParams, type: request.headers['content-type'] })
      : { status: 404 };
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(request.method === 'HEAD' ? undefined : body);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, manifests })));
}
