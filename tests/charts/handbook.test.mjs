// The examples of values in the handbook render: laid over the chart's production values, since that is where a reader puts them.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { folderOf, root } from '../../tools/features/load.mjs';
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
async function render(chart, base, name, over) {
  const files = [...(base === 'production' ? [`${folderOf(chart)}/values-production.yaml`] : []), place.write(`over/${name}.yaml`, over)];
  return ours.ask({ dir: place.path, args: ['template', 'example', folderOf(chart), ...files.flatMap((file) => ['--values', file])] });
}

test('there are examples', () => assert.ok(examples.length > 10));

for (const { page, chart, text, at } of examples) {
  test(`${page}: example ${at + 1} of ${chart} renders, and does something`, async () => {
    const name = `${page.replaceAll('/', '-')}-${at}`;
    const made = await render(chart, 'production', name, text);
    assert.equal(made.exit, 0, made.stderr);
    // It may show what production has already; then it differs from the defaults.
    const does = async (base) => (await render(chart, base, name, text)).stdout !== (await render(chart, base, `${name}-without`, '{}\n')).stdout;
    assert.ok((await does('production')) || (await does('defaults')), 'nothing is rendered otherwise by it');
  });
}
