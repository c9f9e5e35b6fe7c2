// Writes docs/features.md from tests/features/: a row for each feature of the charts.
//   node tools/features.mjs            writes it
//   node tools/features.mjs --check    says whether it is out of date
// tests/charts/features.test.mjs proves each row.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderOf, loadTopics, root } from './features/load.mjs';

const page = 'docs/features.md';
const joined = (parts) => parts.join('<br>');

function row(feature) {
  const templates = feature.charts.map((chart) => `[${chart}](../${folderOf(chart)}/templates/${feature.template})`);
  const readmes = feature.charts.map((chart) => `[${chart}](../${folderOf(chart)}/README.md#${feature.anchor})`);
  const values = feature.values.map((key) => `\`${key}\``);
  return `| ${feature.name} | ${joined(templates)} | ${joined(values)} | [${feature.golden}](../tests/goldens/${feature.golden}/stdout) | ${joined(readmes)} |`;
}

/** docs/features.md as it should be. */
export function text(topics) {
  const lines = [
    '# What the charts can do', '',
    'A row a feature: the template that makes it, the values that switch and shape it (each is a field of the form of the same name), what real Helm',
    'made of it, and where a chart\'s README says more. `tests/charts/features.test.mjs` proves each row. Made from `tests/features/` by `tools/features.mjs`.',
  ];
  for (const topic of topics.filter(({ features }) => features.length > 0)) {
    lines.push('', `## ${topic.topic}`, '', '| Feature | Template | Values and form fields | Golden | README |', '| --- | --- | --- | --- | --- |', ...topic.features.map(row));
  }
  return `${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = text(await loadTopics());
  const path = join(root, page);
  let present;
  try {
    present = readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  if (present === wanted) console.log(`${page} is up to date`);
  else if (process.argv.includes('--check')) {
    console.error(`${page} is out of date: node tools/features.mjs`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, wanted);
    console.log(`wrote ${page}`);
  }
}
