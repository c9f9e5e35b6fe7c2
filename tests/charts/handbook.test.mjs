// The examples of values in the handbook render: laid over the chart's production values, since that is where a reader puts them. Its Kubernetes objects are
// what the API server takes.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { folderOf, root } from '../../tools/features/load.mjs';
import { handbookObjects } from '../../tools/handbook/blocks.mjs';
import { start } from '../../tools/renders/ours.mjs';
import { layCharts } from '../../tools/renders/place.mjs';
import { read } from './support.mjs';

const place = layCharts();
const ours = start();
after(() => {
  ours.end();
  place.remove();
});

const pages = readdirSync(join(root, 'docs'), { recursive: true }).filter((file) => file.endsWith('.md')).sort();
const examples = pages.flatMap((page) =>
  [...read('docs', page).matchAll(/^```yaml values=(\S+) *\n([\s\S]*?)^``` *$/gm)].map(([, chart, text], at) => ({ page, chart, text, at })));

/** What a chart makes of its defaults or its production values, and of those that come over them. */
async function render(chart, base, name, over, command = ['template', 'example']) {
  const files = [...(base === 'production' ? [`${folderOf(chart)}/values-production.yaml`] : []), place.write(`over/${name}.yaml`, over)];
  return ours.ask({ dir: place.path, args: [...command, folderOf(chart), ...files.flatMap((file) => ['--values', file])] });
}

test('there are examples', () => assert.ok(examples.length > 10));

for (const { page, chart, text, at } of examples) {
  test(`${page}: example ${at + 1} of ${chart} renders, and does something`, async () => {
    const name = `${page.replaceAll('/', '-')}-${at}`;
    const made = await render(chart, 'production', name, text);
    assert.equal(made.exit, 0, made.stderr);
    const judged = await render(chart, 'production', name, text, ['lint', '--profile', 'api']);
    assert.equal(judged.exit, 0, judged.stdout + judged.stderr);
    // It may show what production has already; then it differs from the defaults.
    const does = async (base) => (await render(chart, base, name, text)).stdout !== (await render(chart, base, `${name}-without`, '{}\n')).stdout;
    assert.ok((await does('production')) || (await does('defaults')), 'nothing is rendered otherwise by it');
  });
}

test('each alert is named by the page that it leads to', () => {
  const led = new Map(readdirSync(join(root, 'tests/goldens'), { recursive: true }).filter((file) => file.endsWith('stdout'))
    .flatMap((file) => [...read('tests/goldens', file).matchAll(/alert: (\S+)[\s\S]*?runbook_url: \S*\/([\w-]+)\.md/g)].map(([, alert, page]) => [alert, page])));
  assert.ok(led.size > 20);
  for (const [alert, page] of led) {
    // Those of a budget have their speed in front, which is said once for all.
    const name = alert.replace(/^(Fast|Steady|Slow|Creeping)/, '');
    for (const file of [`${page}.md`, 'README.md']) assert.ok(read('docs/runbooks', file).includes(name), `${file} says nothing of ${alert}`);
  }
});

/** Groups whose definitions are not built in: `make accept` has a real API server judge their objects. */
const ELSEWHERE = new Set(['barmancloud.cnpg.io', 'helm.toolkit.fluxcd.io', 'postgresql.cnpg.io', 'source.toolkit.fluxcd.io']);

const lint = async (name, text) => ours.ask({ dir: place.path, args: ['lint', '--profile', 'api', place.write(`objects/${name}.yaml`, text)] });
const objects = handbookObjects();

test('there are objects', () => assert.ok(objects.length > 3));

for (const { place: at, text, objects: shown } of objects) {
  test(`${at}: ${shown.map(({ kind }) => kind).join(', ')}: the API server takes it`, async () => {
    const name = at.replace(/[^\w.-]/g, '-');
    const found = await lint(name, text);
    assert.equal(found.exit, 0, found.stdout + found.stderr);
    // It is looked at at all.
    for (const [index, { apiVersion, kind }] of shown.entries()) {
      if (ELSEWHERE.has(apiVersion.split('/')[0])) continue;
      const documents = parseAllDocuments(text);
      documents[index].set('spec', 'spoilt');
      const spoilt = await lint(`${name}-${index}`, documents.map(String).join('---\n'));
      assert.notEqual(spoilt.exit, 0, `nothing judges ${apiVersion} ${kind}`);
    }
  });
}
