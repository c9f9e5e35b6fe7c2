// Rows of rules: each becomes a field of one definition, and each of its values is set in one object.

const SHORT = {
  string: { type: 'string', maxLength: 200 },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  either: { 'x-kubernetes-int-or-string': true, maxLength: 40 },
  strings: { type: 'array', maxItems: 10, items: { type: 'string', maxLength: 40 } },
  integers: { type: 'array', maxItems: 10, items: { type: 'integer' } },
  numbers: { type: 'array', maxItems: 10, items: { type: 'number' } },
  map: { type: 'object', maxProperties: 10, additionalProperties: { type: 'string', maxLength: 40 } },
};

const name = (at) => `r${at}`;

/** A row: `of` a schema or its short name, `rule` or `rules` (a text, or the rule as a definition has it), `with` values. */
function schemaOf({ of, rule, rules = [rule] }) {
  return { ...(SHORT[of] ?? of), 'x-kubernetes-validations': rules.map((text) => (typeof text === 'string' ? { rule: text } : text)) };
}

/** The definition of all rows. */
export function definitionOf(rows) {
  const properties = Object.fromEntries(rows.map((row, at) => [name(at), schemaOf(row)]));
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'rules.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Rule', plural: 'rules', singular: 'rule', listKind: 'RuleList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } } }],
    },
  };
}

/** An object for the first value of every row, one for the second, and so on. */
export function objectsOf(rows) {
  const most = Math.max(...rows.map((row) => row.with.length));
  return Array.from({ length: most }, (_, index) => ({
    apiVersion: 'example.com/v1',
    kind: 'Rule',
    metadata: { name: `value-${index}` },
    spec: Object.fromEntries(rows.flatMap((row, at) => (index < row.with.length ? [[name(at), row.with[index]]] : []))),
  }));
}
