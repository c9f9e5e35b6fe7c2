// The kinds of values that the charts' schemas are written with: each function returns a JSON Schema (draft 7).

/** A line of text. */
export const text = (title, description, value, more = {}) => ({ title, description, type: 'string', default: value, ...more });

/** A whole number. */
export const whole = (title, description, value, minimum, maximum, more = {}) => ({
  title, description, type: 'integer', minimum, maximum, default: value, ...more,
});

/** On or off. */
export const toggle = (title, description, value, more = {}) => ({ title, description, type: 'boolean', default: value, ...more });

/** One of a few words. */
export const choice = (title, description, values, value, more = {}) => ({
  title, description, type: 'string', enum: values, default: value, ...more,
});

/** A group of named values. Anything else in it is a typing mistake, and refused. */
export const group = (title, description, properties, more = {}) => ({
  title, description, type: 'object', additionalProperties: false, properties, ...more,
});

/** A map from free keys to texts. */
export const texts = (title, description, value = {}, more = {}) => ({
  title, description, type: 'object', additionalProperties: { type: 'string' }, default: value, ...more,
});

/** A Kubernetes object that is passed on as it stands. */
export const raw = (title, description, more = {}) => ({ title, description, type: 'object', default: {}, ...more });

/** A list. */
export const list = (title, description, items, value = [], more = {}) => ({
  title, description, type: 'array', items, default: value, ...more,
});

/** A list of Kubernetes objects that are passed on as they stand. */
export const rawList = (title, description, more = {}) => list(title, description, { type: 'object' }, [], more);

/** The same, but it may be left out: `null` is its default, and Helm takes a key that is `null` away. */
export const optional = (schema) => ({
  ...schema,
  type: [schema.type].flat().concat('null'),
  ...(schema.enum ? { enum: [...schema.enum, null] } : {}),
  default: null,
});

/** Has an effect only while another value is `equals`. */
export const onlyIf = (path, equals, note, schema) => ({ ...schema, 'x-depends-on': { path, equals, note } });

/** Rarely needed. */
export const rare = (schema) => ({ ...schema, 'x-advanced': true });

/** Puts values into a section of the form. */
export const section = (title, properties) =>
  Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, { ...schema, 'x-section': title }]));

/** Cures findings of these rules. */
export const cures = (...rules) => ({ 'x-cures': rules });

/** A copy of `properties` in which the values at the given places (`image.repository`) have other defaults. */
export function withDefaults(properties, defaults) {
  const copy = structuredClone(properties);
  for (const [path, value] of Object.entries(defaults)) {
    const keys = path.split('.');
    let schema = { properties: copy };
    for (const key of keys) {
      schema = schema.properties?.[key];
      if (!schema) throw new Error(`there is no value ${path}`);
    }
    if (schema.properties && schema.type === 'object' && !('default' in schema)) throw new Error(`${path} is a group`);
    schema.default = value;
  }
  return copy;
}

// What Kubernetes accepts.
export const dnsLabel = { pattern: '^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$', maxLength: 63 };
export const labelValue = { pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$', maxLength: 63 };
export const objectName = { pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$', maxLength: 253 };

export const cpu = (title, description, value, more = {}) => ({
  title, description, type: ['string', 'number'], pattern: '^([0-9]+m|[0-9]+(\\.[0-9]{1,3})?)$', minimum: 0.001, default: value, 'x-format': 'cpu', ...more,
});
export const bytes = (title, description, value, format = 'memory', more = {}) => ({
  title, description, type: ['string', 'integer'], pattern: '^[0-9]+(\\.[0-9]+)?(Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|E)?$', minimum: 1, default: value,
  'x-format': format, ...more,
});
export const seconds = (title, description, value, minimum, maximum, more = {}) =>
  whole(title, description, value, minimum, maximum, { 'x-format': 'duration-seconds', ...more });
