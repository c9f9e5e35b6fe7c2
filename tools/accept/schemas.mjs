// The server's own OpenAPI documents as the JSON Schemas that kubeconform reads, strict: what a kind does not know is refused.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const scalarOr = (...types) => ({ oneOf: types.map((type) => ({ type })) });

/** A definition of OpenAPI v3 as a JSON Schema: references within the file, no unknown keys, `null` where it may be left out. */
function converted(schema) {
  if (Array.isArray(schema)) return schema.map(converted);
  if (schema === null || typeof schema !== 'object') return schema;
  if (schema.$ref) return { $ref: `#/definitions/${schema.$ref.split('/').at(-1)}` };
  if (schema.allOf?.length === 1 && schema.allOf[0].$ref) return converted(schema.allOf[0]);
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') return scalarOr('string', 'integer');
  const closed = schema.type === 'object' && schema.properties && !schema.additionalProperties && !schema['x-kubernetes-preserve-unknown-fields'] && !schema['x-kubernetes-embedded-resource'];
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('x-') || ['default', 'description', 'format', 'nullable'].includes(key)) continue;
    result[key] = key === 'properties' ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, converted(inner)])) : typeof value === 'object' && !['enum', 'required'].includes(key) ? converted(value) : value;
  }
  if (schema.nullable) return { oneOf: [result, { type: 'null' }] };
  return closed ? { ...result, additionalProperties: false } : result;
}

/** What a definition refers to, and what that refers to. */
function reached(definitions, start) {
  const found = {};
  const pending = [start];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name in found || !(name in definitions)) continue;
    found[name] = name.endsWith('.resource.Quantity') ? scalarOr('string', 'number') : converted(definitions[name]);
    pending.push(...[...JSON.stringify(definitions[name]).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, inner]) => inner));
  }
  return found;
}

/**
 * Writes a schema for each kind of some groups and versions into `folder`, and gives kubeconform's pattern for their places.
 * `apiVersions` are those in use; the server publishes a definition some seconds after it knows the kind.
 */
export async function writeSchemas({ ask, pause }, apiVersions, folder) {
  mkdirSync(folder, { recursive: true });
  for (const apiVersion of apiVersions) {
    const place = apiVersion.includes('/') ? `/openapi/v3/apis/${apiVersion}` : `/openapi/v3/api/${apiVersion}`;
    let answer = await ask('GET', place);
    for (let tries = 0; tries < 120 && answer.status !== 200; tries++) {
      await pause(500);
      answer = await ask('GET', place);
    }
    if (answer.status !== 200) throw new Error(`the server publishes no schema of ${apiVersion}`);
    const definitions = answer.body.components.schemas;
    for (const [name, definition] of Object.entries(definitions)) {
      for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
        if ((group ? `${group}/${version}` : version) !== apiVersion) continue;
        const parts = reached(definitions, name);
        const file = [kind, group.split('.')[0], version].filter(Boolean).join('-').toLowerCase();
        writeFileSync(join(folder, `${file}.json`), JSON.stringify({ ...parts[name], definitions: parts }));
      }
    }
  }
  return join(folder, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
}
