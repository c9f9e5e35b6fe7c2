// Values in YAML of all kinds, `--set` lines, and schemas.

const SCALARS = [
  '1', '0', '-3', '1.5', '1e3', '1e100', '0x1F', '0o17', '012', '08', '1_000', '0b11', 'true', 'yes', 'off', 'y', 'null', '~', '', 'text', '"quoted"', "'single'", '"a\\nb\\t\\u00e9"', '2024-01-01', '2024-01-01T00:00:00Z',
  '12:30', '.5', '5.', '.inf', '-.inf', '.nan', '9223372036854775807', '9223372036854775808', '18446744073709551616', '123456789012', '1234567.5', '0.000001', '!!str 1', '!!int "2"', '!!binary aGk=', '!!float 1', '!x y', 'a b c', 'é', '😀', '- x',
  '"{{ .Values.s }}"', '{{ x }}', '[]', '{}', '@x', '`x', '%x', 'a: b', 'a #c', '#c', '"1"', '=', '<<', '1e', '0x', '+1', '-', '?', '"\\x41"', "''", '""', '00', '-0', '1.0', '10.50', 'NULL', 'True', 'NaN',
];
const BLOCKS = ['|\n{}line1\n{}  line2\n', '|-\n{}x\n', '>\n{}folded\n{}text\n\n{}more\n', '|+\n{}keep\n\n', '>-\n{}a\n{}b', '|2\n{}  x\n'];
const KEYS = ['a', 'c', 'd', 's', 'i', 'm', 'x', 'y', '1', 'true', '"q k"', 'k-dash', '1.5', 'sub', 'global', 'é', 'a_1', 'a10', 'a2', 'on', '0x1', '? [1]\n', 'enabled', 'tags'];

/** A YAML mapping, indented by `depth` steps. */
export function mapping(random, depth = 0, anchors = []) {
  const { pick, often, weighted, many } = random;
  const indent = '  '.repeat(depth);
  const flow = (left) => weighted([[4, () => pick(SCALARS.filter((s) => !/[#,{}[\]]|: |^[?-]$/.test(s)))], [left, () => `[${many(0, 3, () => flow(left - 1)).join(', ')}]`], [left, () => `{${many(0, 2, (i) => `${pick(['a', 'b', '"c"'])}${i}: ${flow(left - 1)}`).join(', ')}}`]]);
  const value = () => weighted([
    [6, () => ` ${pick(SCALARS)}\n`],
    [1, () => ` ${pick(BLOCKS).replaceAll('{}', `${indent}  `)}\n`],
    [2, () => ` ${flow(2)}\n`],
    [depth < 3 ? 3 : 0, () => { const anchor = often(15) ? `x${anchors.length}` : undefined; const body = mapping(random, depth + 1, anchors); if (anchor) anchors.push(anchor); return `${anchor ? ` &${anchor}` : ''}\n${body || `${indent}  z: 1\n`}`; }],
    [depth < 3 ? 1 : 0, () => `\n${many(1, 3, () => `${indent}${pick(['', '  '])[0] ?? ''}- ${pick([...SCALARS, 'k: v', '- 1'])}\n`).join('')}`],
    [anchors.length, () => ` *${pick(anchors)}\n`],
  ]);
  return many(0, 4, () => (anchors.length > 0 && often(10) ? `${indent}<<: *${pick(anchors)}\n` : `${indent}${often(1) ? 'null' : pick(KEYS).replace('? [1]\n', often(5) ? '? [1]\n' + indent : 'z')}:${value()}`)).join('');
}

/** values.yaml: what expressions name, and more. */
export function valuesFile(random) {
  const { pick, often } = random;
  const known = 's: text\ni: 3\nf: 1.5\nb: true\nn: null\nl: [1, x, {y: z}]\nm: {x: 1, "y": {z: w}}\nbig: 12345678901\ne: ""\nq: "a \\"b\\""\no: {}\nlist2: [c, a, b]\ndate: 2024-02-29\nt: "{{ .Values.s }}!"\n';
  return pick([known, known, known, '']) + (often(60) ? mapping(random) : '') + (often(2) ? pick(['\t', '{', ': :', '---\na: 1\n', '- 1\n', 'a: b: c\n', '%YAML 1.1\n---\nz: 1\n', '\u{feff}a: 1\n']) : '');
}

const PATHS = ['a', 'm.x', 'm.y.z', 's', 'l[0]', 'l[1].y', 'l[5]', 'new.a.b', 'sub.a', 'global.x', 'a\\.b', 'm', 'l', 'n', 'a[0][1]', 'sub.enabled', 'tags.t', 'x[-1]', 'a..b', '.a', 'a.', '', 'l[x]', 'l[', 'm.x.y', 's.t'];
const SET = ['1', '0', '01', 'true', 'null', 'text', '', '{a,b}', '{}', '{1,null,true}', 'a\\,b', '1.5', '1e3', '"q"', '{a,{b}}', 'x=y', '[1]', '-1', '9223372036854775808', 'é', ' x ', '{', 'TRUE', '0x1', '{a,', '[]'];
const JSON_TEXTS = ['1', 'null', '"x"', '{"a":[1,2.0,{"b":null}]}', '[]', '{', '1 2', '1e999', 'true', '{"a":1,"a":2}', '{"m":{"x":null}}', '"\\ud800"', '01', ''];

/** Further arguments of `helm template`. */
export function settings(random) {
  const { pick, often, many } = random;
  const pairs = () => many(1, 2, () => (often(97) ? `${pick(PATHS)}=${pick(SET)}` : pick(PATHS))).join(',');
  return many(0, 2, () => {
    const flag = pick(['--set', '--set', '--set', '--set-string', '--set-json', '--set-literal', '--set-file']);
    if (flag === '--set-json') return [flag, often(20) ? pick(JSON_TEXTS) : `${pick(PATHS)}=${pick(JSON_TEXTS)}`];
    if (flag === '--set-file') return [flag, `${pick(PATHS)}=${pick(['v.txt', 'none.txt'])}`];
    return [flag, pairs()];
  }).flat();
}

const FORMATS = ['date', 'date-time', 'email', 'uri', 'ipv4', 'ipv6', 'hostname', 'uuid', 'regex', 'duration', 'json-pointer', 'nope'];

/** A schema of any draft. */
export function schema(random) {
  const { pick, often, weighted, many } = random;
  const make = (left) => {
    if (often(4)) return pick([true, false]);
    const one = {};
    const keyword = () => weighted([
      [4, () => ({ type: pick(['string', 'integer', 'number', 'object', 'array', 'boolean', 'null', ['string', 'null'], 'nope']) })],
      [1, () => ({ enum: many(1, 3, () => pick([1, 'a', null, 'text', [1], { a: 1 }, 1.5])) })],
      [1, () => ({ const: pick([1, 'text', null, {}]) })],
      [1, () => ({ [pick(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'])]: pick([0, 1, 2.5, -1, 100, true, 1e10]) })],
      [1, () => ({ [pick(['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'])]: pick([0, 1, 2, 5, -1, 1.5]) })],
      [1, () => ({ pattern: pick(['^a', 'x$', '^[a-z]+$', '[', '\\d', '(?=a)']) })],
      [1, () => ({ format: pick(FORMATS) })],
      [1, () => ({ required: many(1, 2, () => pick(['a', 's', 'zzz', 'x'])) })],
      [1, () => ({ uniqueItems: true })],
      [left, () => ({ properties: Object.fromEntries(many(1, 4, () => [pick(['a', 's', 'i', 'l', 'm', 'f', 'b', 'n', 'x', 'y', 'sub', 'global', 'list2', 'date']), make(left - 1)])) })],
      [left / 2, () => ({ [pick(['items', 'additionalProperties', 'not', 'propertyNames', 'contains', 'unevaluatedProperties', 'additionalItems', 'unevaluatedItems'])]: make(left - 1) })],
      [left / 2, () => ({ [pick(['allOf', 'anyOf', 'oneOf', 'prefixItems'])]: many(1, 3, () => make(left - 1)) })],
      [left / 4, () => ({ patternProperties: { [pick(['^a', '.', 's'])]: make(left - 1) } })],
      [left / 4, () => ({ if: make(left - 1), then: make(left - 1), else: make(left - 1) })],
      [left / 4, () => ({ [pick(['dependentRequired', 'dependencies'])]: { s: pick([['a'], ['i']]) } })],
      [left / 4, () => ({ $ref: pick(['#', '#/$defs/d', '#/definitions/d', '#/nope', '#d']) })],
    ]);
    many(1, 2, keyword).forEach((part) => Object.assign(one, part));
    return one;
  };
  const root = make(3);
  if (typeof root !== 'object') return JSON.stringify(root);
  const draft = pick([undefined, undefined, 'http://json-schema.org/draft-04/schema#', 'http://json-schema.org/draft-06/schema#', 'http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema', 'http://json-schema.org/schema#']);
  return JSON.stringify({ ...(draft ? { $schema: draft } : {}), ...root, ...(often(30) ? { [pick(['$defs', 'definitions'])]: { d: make(2) } } : {}) });
}
