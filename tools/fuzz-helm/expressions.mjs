// Expressions of a template: calls of every function, mostly with arguments of the right type, sometimes with odd ones.
import { BY_RESULT, FUNCTIONS, MAKES_MUCH } from './functions.mjs';

const TEXTS = [
  '', 'a', 'abc', 'Hello World', 'fooBar_baz-qux', '  x  ', '12', '-7', '1.5', '1e3', '0x1f', '010', 'true', 'null', '~', 'yes', 'é', 'ß日本', '😀', 'a,b,c', 'a/b/../c', '/x/y.tar.gz',
  'a: 1', 'a: [1, {b: 2}]', '- 1\n- x', '{"a": 1.0, "b": [null, true]}', '[1, 2]', 'x = 1\n[t]\ny = "z"', 'line1\nline2\n', "it's", 'say "hi"', 'a\tb', '\u0000', '\\', '%d %s', '%v', '{{ 1 }}',
  '{{ .Values.s }}', '2006-01-02', '2024-02-30', '2024-02-29', '2024-02-29T12:30:00Z', 'Mon Jan 2 15:04:05 MST 2006', '1h30m', '90s', '-1.5h', '1.2.3', 'v1.2', '1.2.3-alpha.1+build', '>=1.2 <2', '~1.2', '^1.0.0 || 2.x',
  '1.x', '[a-z]+', '(a)(b)?', '(?i)x', 'a|b', '$1', '${1}x', '\\d+', '[', 'aGVsbG8=', 'NBSWY3DP', 'http://u:p@h.com:80/p?q=1#f', 'UTC', 'Europe/Berlin', 'string', 'float64', 'map', 'int',
  'slice', '<a href="x">&</a>', 'a b?c=d', 'key', 'n', '.', '*', '# c', '|', '>', '- ', ': ', '!!str 1', '&a', '*a', '0o17', '1_000', '.inf', '.nan', '2001-01-01', '12:30', '=', '<<', 'no', 'off', 'y',
];
const INTS = ['0', '1', '2', '-1', '3', '5', '10', '-5', '64', '100', '255', '1024', '2147483648', '9223372036854775807', '-9223372036854775808', '0x10', '0o17', '0b11', "'a'", '1_000', '1e3', '007'];
const SMALL = ['0', '1', '2', '3', '5', '-1', '10', '20', "'\\t'", '0x3', '1e1'];
const FLOATS = ['0.0', '1.5', '-2.25', '1e6', '1e21', '1e-7', '123456789.125', '0.1', '1e308', '-0.0', '3.0', '1234567.5', '0x1p4'];
const FORMATS = ['%v', '%d', '%s', '%q', '%x', '%5d', '%-5s|', '%05.2f', '%t', '%T', '%+v', '%#v', '%c', '%U', '%e', '%g', '%%', '%!', '%*d', '%[2]v %[1]v', '%6.3v', '% x', '%X', '%o', '%b', '%p', '%08b', '%+d', '%.3s', '%z', '%', '%v %v', '%[3]d', '%.*f'];
const FIELDS = ['s', 'i', 'f', 'b', 'n', 'l', 'm', 'big', 'e', 'q', 'o', 'm.x', 'm.y.z', 'x', 'list2', 'date', 'a', 'c', 'd', 'global', 'sub'];
const BUILT_IN = [
  '.Release.Name', '.Release.Namespace', '.Release.IsInstall', '.Release.Revision', '.Release.Service', '.Release', '.Chart.Name', '.Chart.Version', '.Chart.AppVersion', '.Chart.Keywords', '.Chart.Annotations',
  '.Chart.Maintainers', '.Chart.Dependencies', '.Chart.Type', '.Chart.IsRoot', '.Chart', '.Capabilities.KubeVersion', '.Capabilities.KubeVersion.Version', '.Capabilities.KubeVersion.Minor', '.Capabilities.HelmVersion.Version',
  '(.Capabilities.APIVersions.Has "v1")', '(.Capabilities.APIVersions.Has "nope/v1")', '.Template.Name', '.Template.BasePath', '.Template', '.Values', '.Subcharts', '(.Files.Get "a.txt")', '(.Files.Lines "a.txt")',
  '(.Files.Glob "*")', '(.Files.Glob "**.txt").AsConfig', '(.Files.Glob "d/*").AsSecrets', '(.Files.GetBytes "a.txt")', '(.Files.Get "none")', '.Files', '.Nope', '(.Values.AsMap)', '(.Values.Table "m")', '(.Values.PathValue "m.x")',
];

/** A Go string literal. */
export function quoted(text) {
  return !text.includes('`') && /["\\\n]/.test(text) && !/[\0]/.test(text) ? `\`${text}\`` : JSON.stringify(text).replaceAll('\\u0000', '\\x00');
}

/** What is written in parentheses where it has arguments. */
const wrapped = (text) => (/^[^ ]+$|^["`][^"`]*["`]$|^'.*'$/.test(text) || /^\([^()]*\)$/.test(text) ? text : `(${text})`);

/** Makes expressions; `names` are the variables that are declared, `templates` the defined templates. */
export function expressions(random, { names = () => [], templates = [] } = {}) {
  const { pick, often, weighted, many } = random;
  const leaf = {
    text: () => quoted(pick(TEXTS)),
    int: () => pick(INTS),
    float: () => pick(FLOATS),
    bool: () => pick(['true', 'false', '.Values.b']),
    list: () => pick(['(list)', '(list 1 "a" nil)', '(list "b" "a" "c" "a")', '.Values.l', '(until 3)', '(tuple 1.5 true (dict "a" 1))', '.Values.list2', '(splitList "," "x,y,x")', '.Chart.Keywords', '(list (list 1 2) (list))']),
    map: () => pick(['(dict)', '(dict "a" 1 "b" "x")', '.Values.m', '.Values', '(dict "x" nil "y" (list 1))', '(dict "a" (dict "b" (dict "c" 2)))', '(fromYaml "a: 1\\nb: {c: [1, 2]}")', '(split "/" "a/b/c")', '.Chart.Annotations', '(dict "s" "t" "m" (dict "x" 9 "new" true))']),
    time: () => pick(['(toDate "2006-01-02" "2024-02-29")', '(toDate "2006-01-02T15:04:05Z07:00" "2024-02-29T12:30:15+05:30")', '(mustToDate "2006" "1999")', '(toDate "x" "y")']),
    version: () => pick(['(semver "1.2.3-a+b")', '.Capabilities.KubeVersion', '(semver "v2")']),
    any: () => weighted([[3, () => leaf[pick(['text', 'int', 'float', 'bool', 'list', 'map'])]()], [3, () => `.Values.${pick(FIELDS)}`], [2, () => pick(BUILT_IN)], [1, () => 'nil'], [names().length, () => pick(names())]]),
  };
  const argument = (type, depth, small) => {
    if (type === 'plain') return pick(['.Values.m', '(dict "a" (list 1 2.5 "x") "b" (dict "c" true))', '(deepCopy .Values)', '.Values.s', 'nil', '(list 1)', '(dict "a" nil "d" (list (dict "x" 1) (dict)))']);
    const odd = often(8);
    if (odd) return wrapped(of('any', depth - 1));
    if (type === 'int' && small) return pick(SMALL);
    return wrapped(of(type, depth - 1));
  };
  const call = (of, depth) => {
    const { name, params, variadic } = of;
    const small = MAKES_MUCH.has(name);
    const kinds = variadic ? [...params.slice(0, -1), ...many(name === 'round' ? 0 : params.length > 1 ? 0 : 1, 3, () => params.at(-1))] : [...params];
    if (often(1)) kinds.pop();
    if (often(1)) kinds.push('any');
    const args = kinds.map((kind, at) => {
      if (name === 'printf' && at === 0) return quoted(many(1, 3, () => pick(FORMATS)).join(pick([' ', '', '|'])));
      if (name === 'dict' && at % 2 === 0) return leaf.text();
      if ((name === 'merge' || name.startsWith('mergeOver')) && often(70)) return wrapped(`deepCopy ${wrapped(leaf.map())}`);
      if (name === 'index' || name === 'slice') return at === 0 ? argument(pick(['list', 'map', 'text']), depth) : pick([...SMALL, '"a"', '"x"']);
      if (small && kind === 'any') return pick(SMALL);
      return argument(kind, depth, small);
    });
    // The last argument may come by a pipe.
    const piped = args.length > 0 && often(30) ? args.pop() : undefined;
    const text = [name, ...args].join(' ');
    const whole = name === 'keys' ? `${text} | sortAlpha` : text;
    return piped === undefined ? whole : `${piped} | ${whole}`;
  };
  const template = (depth) => {
    const dot = pick(['.', '$', wrapped(of('any', depth - 1)), '(dict "Values" .Values "Template" .Template "x" 1)']);
    return templates.length > 0 && often(60) ? `include ${quoted(pick(templates))} ${dot}` : `tpl ${pick([quoted(pick(['{{ .Values.s }}', '{{ 1 | add 2 }}', 'x{{ . }}', '{{ define "t" }}T{{ end }}{{ include "t" . }}', '{{ if }}', '{{ .x.y.z }}', '{{- range $i, $x := list 1 2 }}{{ $i }}{{ end }}', '{{ fail "no" }}', '{{ include "h0" . }}', '{{ template "h0" . }}'])), '.Values.t', '.Values.s', '(toYaml .Values)', '(.Values.l | toString)'])} ${dot}`;
  };
  const of = (type, depth) => {
    if (depth <= 0 || often(25)) return leaf[type]();
    if (often(4)) return template(depth);
    if (often(3)) return `${wrapped(call(pick(BY_RESULT.map), depth - 1))}${pick(['.a', '.x', '.b.c', '.a.b'])}`;
    const candidates = type === 'any' || often(5) ? FUNCTIONS : BY_RESULT[type] ?? [];
    return candidates.length === 0 ? leaf[type]() : call(pick(candidates), depth);
  };
  return { of, leaf, wrapped };
}
