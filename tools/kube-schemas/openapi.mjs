// What a release's OpenAPI document says: its definitions as plain fields, and the kinds that it serves.

import { short } from './go-types.mjs';

/** `io.k8s.api.core.v1.PodSpec` as the short name of its package, and its own. */
export function place(definition) {
  const parts = definition.split('.');
  const name = parts.pop();
  const path = parts.slice(2).join('/').replace(/^api\//, '');
  return { packageName: short(path), name, id: `${short(path)}.${name}` };
}

const SCALARS = { int32: 'int32', int64: 'int64', double: 'float64', byte: '[]byte' };

/** The type of a property, spelled as Go spells it where nothing is named. */
function shape(property) {
  if (property.$ref) return place(property.$ref.replace('#/definitions/', '')).id;
  if (property.type === 'array') return `[]${shape(property.items)}`;
  if (property.additionalProperties) return `map[string]${shape(property.additionalProperties)}`;
  return SCALARS[property.format] ?? { string: 'string', boolean: 'bool', integer: 'int64', number: 'float64' }[property.type] ?? 'any';
}

/** id → Map(field → { shape, required, list }); types without fields have an empty map. */
export function definitions(swagger) {
  const found = new Map();
  for (const [definition, schema] of Object.entries(swagger.definitions)) {
    const { id, name } = place(definition);
    if (name.endsWith('List') && (schema['x-kubernetes-group-version-kind'] ?? []).length === 1) continue;
    const fields = new Map();
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
      const kind = property['x-kubernetes-list-type'];
      const list = kind === 'map' ? `map=${property['x-kubernetes-list-map-keys'].join(',')}` : kind === 'set' ? 'set' : '';
      fields.set(field, { shape: shape(property), required: (schema.required ?? []).includes(field), list });
    }
    found.set(id, fields);
  }
  return found;
}

/** `group/version/kind` → { id, plural, namespaced, created }: everything that has a collection of its own. */
export function kinds(swagger) {
  const ids = new Map();
  for (const [definition, schema] of Object.entries(swagger.definitions)) {
    const all = schema['x-kubernetes-group-version-kind'] ?? [];
    if (all.length === 1) ids.set(key(all[0]), place(definition).id);
  }
  const found = new Map();
  for (const [path, item] of Object.entries(swagger.paths)) {
    const match = /^\/(?:api|apis\/[^/]+)\/[^/]+(\/namespaces\/\{namespace\})?\/([a-z]+)\/?$/.exec(path);
    const operation = item.post ?? item.get;
    const kind = operation?.['x-kubernetes-group-version-kind'];
    if (!match || !kind || !ids.has(key(kind))) continue;
    const known = found.get(key(kind));
    found.set(key(kind), {
      id: ids.get(key(kind)),
      plural: match[2],
      namespaced: Boolean(match[1]) || (known?.namespaced ?? false),
      created: Boolean(item.post) || (known?.created ?? false),
    });
  }
  return found;
}

export function key({ group, version, kind }) {
  return `${group}/${version}/${kind}`;
}
