// Counts what the checks find in public charts with their defaults, by rule: node tools/noise.mjs [--with chartwright] CHART…
// Writes the counts into docs/rules/noise.md; what was read of each rule, and what was made of it, stays as it is written there by hand.
// The charts are folders that bring their dependencies; those that do not render with their defaults are named and left out.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { count, notesOf, page } from './noise/table.mjs';
import { readRules, root } from './rules/read.mjs';

const path = join(root, 'docs/rules/noise.md');
const run = promisify(execFile);

/** What is found in a chart with every rule on: its name, and the findings. */
async function lint(chartwright, chart) {
  const options = ['lint', '--profile', 'all', '--format', 'json', '--fail-on', 'never', chart];
  const { stdout } = await run(chartwright, options, { maxBuffer: 1 << 30 });
  const head = readFileSync(join(chart, 'Chart.yaml'), 'utf8');
  const field = (name) => new RegExp(`^${name}: *["']?([^"'\\s#]+)`, 'm').exec(head)?.[1] ?? '';
  return { name: field('name'), version: field('version'), findings: JSON.parse(stdout).findings };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    options: { with: { type: 'string', default: join(root, 'target/debug/chartwright') } },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new Error('name folders of charts');
  const charts = [];
  for (const chart of positionals) charts.push(await lint(values.with, chart));
  const failed = charts.filter(({ findings }) => findings.some(({ rule }) => rule === 'chart-render'));
  for (const { name, version } of failed) console.error(`${name} ${version} does not render with its defaults`);
  const rendered = charts.filter((chart) => !failed.includes(chart));
  writeFileSync(path, page(readRules(), rendered, count(rendered), notesOf(readFileSync(path, 'utf8'))));
  console.log(`wrote docs/rules/noise.md: ${rendered.length} charts`);
}
