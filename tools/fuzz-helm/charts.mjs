// Whole cases: a chart, its subcharts, files beside it, and the arguments of `helm template`.
import { chance } from './random.mjs';
import { definitions, template } from './templates.mjs';
import { mapping, schema, settings, valuesFile } from './values.mjs';

const FLAGS = [['--include-crds'], ['--skip-tests'], ['--no-hooks'], ['--is-upgrade'], ['--namespace', 'ns'], ['--kube-version', '1.25.3'], ['--kube-version', 'x'], ['--api-versions', 'a/v1,b/v2'], ['--show-only', 'templates/t0.yaml'], ['--skip-schema-validation'], ['--release-name'], ['--debug'], ['--skip-crds'], ['--render-subchart-notes']];

const dependency = (random, name) => {
  const { often, pick } = random;
  const lines = [`- name: ${name}`, `  version: ${pick(['0.1.0', '~0.1', '>=0', '*', '1.x', '"0.1.0"', '^0.1.0'])}`, `  repository: ${pick(['""', 'https://example.com'])}`];
  if (often(30)) lines.push(`  condition: ${pick([`${name}.enabled`, 'sub.enabled,m.x', 'b', 'm', 'nope', 'global.x'])}`);
  if (often(20)) lines.push(`  tags: [${pick(['t', 'u, t', 'a'])}]`);
  if (often(20)) lines.push(`  alias: ${pick(['other', 'other', 'sub', 'B@d'])}`);
  if (often(25)) lines.push(`  import-values:\n${pick(['    - data', '    - child: m\n      parent: imported', '    - child: exports.data\n      parent: m', '    - [x]', '    - nope', '    - child: a\n      parent: .'])}`);
  return lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`).join('\n');
};

function chart(random, name, depth) {
  const { often, pick, many } = random;
  const files = {};
  const put = (path, text) => (files[path] = text);
  const subcharts = depth > 0 && often(35) ? many(1, 2, (i) => ['sub', 'other'][i]) : [];
  const meta = [`apiVersion: ${often(96) ? 'v2' : pick(['v1', 'v3', '""'])}`, `name: ${name}`, `version: ${often(98) ? '0.1.0' : pick(['1', 'v1.0.0', 'x', '1.2.3+meta', '""'])}`];
  if (often(30)) meta.push(`appVersion: ${pick(['"1.0"', '1.10', 'v2', '2024-01-01', 'true'])}`);
  if (often(10)) meta.push(pick(['type: library', 'type: application', 'type: x', 'deprecated: true', 'kubeVersion: ">=1.20"', 'kubeVersion: ">=99"', 'kubeVersion: x']));
  if (often(20)) meta.push('keywords: [k1, k2]\nannotations: {a: b, c/d: "1"}\nmaintainers: [{name: me, email: me@x.y}]\nsources: [https://x]\nhome: https://h\nicon: i');
  if (subcharts.length > 0 && often(80)) meta.push(`dependencies:\n${subcharts.map((sub) => dependency(random, sub)).join('\n')}`);
  put('Chart.yaml', `${meta.join('\n')}\n`);
  put('values.yaml', valuesFile(random));
  const defined = definitions(random);
  if (defined.text) put('templates/_h.tpl', defined.text);
  const inherited = [...defined.names, ...(subcharts.length > 0 ? ['h0'] : [])];
  many(1, 2, (i) => put(`templates/t${i}.yaml`, template(random, inherited)));
  if (often(10)) put('templates/NOTES.txt', template(random, inherited));
  if (often(12)) put('values.schema.json', schema(random));
  if (often(30)) {
    put('a.txt', pick(['line1\nline2\n', '', 'x: 1', 'ünï\r\nb']));
    put('d/b.txt', 'bb');
    if (often(30)) put('.helmignore', pick(['*.txt\n', 'd/\n', '!a\n', '/a.txt\n# c\n', 'd/*\n!d/b.txt\n', '**/b\n']));
  }
  if (often(5)) put('crds/c.yaml', 'kind: CustomResourceDefinition\nmetadata: {name: c}\n');
  subcharts.forEach((sub) => Object.entries(chart(random, sub, depth - 1)).forEach(([path, text]) => put(`charts/${sub}/${path}`, text)));
  return files;
}

/** The case of a seed. */
export function generate(seed) {
  const random = chance(seed);
  const { often, pick } = random;
  const files = chart(random, 'main', 2);
  const inputs = {};
  const args = [];
  if (often(25)) {
    inputs['v.yaml'] = often(50) ? mapping(random) : valuesFile(random);
    args.push('-f', 'v.yaml');
  }
  args.push(...(often(35) ? settings(random) : []));
  if (args.some((arg) => arg.includes('v.txt'))) inputs['v.txt'] = 'from a file\n';
  if (often(15)) args.push(...pick(FLAGS));
  return { name: 'main', files, inputs, args };
}
