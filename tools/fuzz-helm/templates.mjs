// Templates: every kind of action, around expressions, so that most of what a value is can be seen in the output.
import { expressions } from './expressions.mjs';

const COMMENTS = ['{{/* a comment */}}', '{{- /* a comment */ -}}', '{{ /* x */}}'];
const SHOWN = [
  (e) => `{{ ${e} }}`, (e) => `{{ ${e} | quote }}`, (e) => `{{ ${e} | toJson }}`, (e) => `{{ ${e} | toString | quote }}`, (e) => `{{ printf "%T %v" (${e}) (${e}) | quote }}`, (e) => `{{ printf "%#v" (${e}) | quote }}`,
  (e) => `{{ kindOf (${e}) }} {{ typeOf (${e}) | quote }}`, (e) => `{{- ${e} -}}`, (e) => `\n{{ ${e} | toYaml | indent 4 }}`, (e) => `{{- toYaml (${e}) | nindent 4 }}`, (e) => `{{ toYamlPretty (${e}) | quote }}`, (e) => `{{ toPrettyJson (${e}) | nindent 4 }}`,
  (e) => `|-\n{{ ${e} | toString | indent 4 }}`, (e) => `{{ len (${e}) }}`,
];

/** A template's text. */
export function template(random, defined) {
  const { pick, often, weighted, many } = random;
  const scopes = [[]];
  let count = 0;
  const make = expressions(random, { names: () => scopes.flat(), templates: defined });
  const declare = () => {
    scopes.at(-1).push(`$v${count}`);
    return `$v${count++}`;
  };
  const inside = (open, body, close = '{{ end }}') => {
    scopes.push([]);
    const text = `${open()}${body()}`;
    scopes.pop();
    return text + close;
  };
  const condition = () => weighted([[3, () => make.of('bool', 2)], [1, () => make.of('any', 2)], [1, () => `$c := ${make.of('any', 1)}`]]);
  const action = (depth) => {
    const more = () => many(1, 2, () => action(depth - 1)).join(pick(['', '\n', ' ']));
    const simple = [
      [12, () => pick(SHOWN)(make.of('any', 3))],
      [2, () => { const e = make.of('any', 2); return `{{ ${declare()} := ${e} }}`; }],
      [1, () => (scopes.flat().length > 0 ? `{{ ${pick(scopes.flat())} = ${make.of('any', 2)} }}` : pick(COMMENTS))],
      [1, () => `{{ template ${JSON.stringify(defined.length > 0 && often(95) ? pick(defined) : 'absent')}${pick([' .', '', ' $', ` ${make.wrapped(make.of('any', 1))}`])} }}`],
      [1, () => `{{ include ${JSON.stringify(defined.length > 0 ? pick(defined) : 'absent')} ${pick(['.', '$', make.wrapped(make.of('any', 1))])} | nindent 2 }}`],
      [1, () => pick(COMMENTS)],
      [1, () => `{{ $_ := set .Values ${pick(['"a"', '"s"', '"new"'])} ${make.wrapped(make.of('any', 2))} }}`],
      [0.3, () => pick(['{{ end }}', '{{ else }}', '{{ break }}', '{{ if }}', '{{ $nope }}', '{{ "open }}', '{{ nofunc 1 }}', '{{ (1 }}', '{{ .Values.. }}', '{{ 1 | 2 }}', '{{ range }}{{ end }}', '{{ .x := 1 }}', '{{', '}}', '{{ 1.2.3 }}', "{{ 'ab' }}", '{{ 08 }}', '{{ define "z" }}', '{{ $x := 1, 2 }}', '{{ template }}', '{{-1}}', '{{ "a" -}}', '{{ nil }}', '{{ . | nil }}', '{{ block "b" . }}B{{ end }}'])],
    ];
    if (depth <= 0) return weighted(simple);
    return weighted([
      ...simple,
      [2, () => inside(() => `{{ if ${condition()} }}`, more)],
      [1, () => inside(() => `{{ if ${condition()} }}`, more, '') + inside(() => `{{ else if ${condition()} }}`, more, '') + inside(() => '{{ else }}', more)],
      [2, () => inside(() => `{{ with ${condition()} }}`, () => `{{ . }}${more()}`, '') + inside(() => '{{ else }}', more)],
      [0.5, () => `{{ with ${condition()} }}{{ . }}{{ else with ${condition()} }}{{ . }}{{ else }}E{{ end }}`],
      [2, () => inside(() => { const e = make.of(pick(['list', 'map', 'list', 'any', 'int']) === 'int' ? 'list' : 'any', 2); return `{{ range ${e} }}`; }, () => `{{ . }}${more()}`)],
      [2, () => inside(() => { const e = make.of(pick(['list', 'map']), 2); return `{{ range ${declare()}, ${declare()} := ${e} }}`; }, () => `{{ ${scopes.at(-1)[0]} }}={{ ${scopes.at(-1)[1]} }},${often(20) ? pick(['{{ break }}', '{{ continue }}', '{{ if eq $ 1 }}{{ break }}{{ end }}']) : ''}${often(40) ? more() : ''}`, '{{ else }}none{{ end }}')],
      [0.5, () => inside(() => `{{ range ${pick(['3', '$i := 2', '0', '-1', '.Values.i', '(int 2)', '"abc"', 'nil', '1.5'])} }}`, () => '{{ . }};')],
    ]);
  };
  const lines = many(1, 3, (i) => weighted([[5, () => `${pick(['k', 'a', 'data', 'x-y'])}${i}: ${action(2)}`], [2, () => action(2)], [1, () => pick(['---', '# text', 'kind: A\nmetadata: {name: b}', 'kind: Service', '', 'a: {b: [1, 2]}', 'kind: Pod\nmetadata:\n  annotations: {"helm.sh/hook": test}'])]]));
  return `${lines.join('\n')}${pick(['\n', '', '\n\n'])}`;
}

/** Templates to include, by their names. */
export function definitions(random) {
  const { pick, many } = random;
  const make = expressions(random);
  const names = many(0, 2, (i) => `h${i}`);
  const texts = names.map((name) => `{{${pick(['', '-'])} define "${name}" }}${pick(['', 'x', '\n'])}${pick(['{{ kindOf . }}', '{{ .Values.s }}', '{{ toYaml .Values }}', `{{ ${make.of('any', 2)} }}`, '{{ $ | toJson }}', ''])}{{ end ${pick(['', '-'])}}}`);
  return { names, text: texts.join('\n') };
}
