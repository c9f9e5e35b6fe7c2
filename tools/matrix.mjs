// Has real Helm render the matrix that tests/features/ declares, and writes what came of it to tests/goldens/matrix.tsv (needs Go).
//   node tools/matrix.mjs                             writes the table; fails where Helm does not do what is declared
//   node tools/matrix.mjs --show CHART COMBINATION    shows how `chartwright` differs from Helm on one row
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTopics, root } from './features/load.mjs';
import { start as startHelm } from './helm-oracle/client.mjs';
import { cases, fault, line, request, TABLE } from './matrix/cases.mjs';
import { start as startOurs } from './renders/ours.mjs';
import { layCharts } from './renders/place.mjs';

const [mode, chart, combination] = process.argv.slice(2);
const every = cases(await loadTopics());
const place = layCharts();

async function write() {
  const helm = startHelm(4);
  const answers = await Promise.all(every.map((one, number) => helm.ask(request(place, one, number))));
  helm.end();
  const faults = every.flatMap((one, number) => {
    const found = fault(one, answers[number]);
    return found === undefined ? [] : [`${one.chart}: ${one.combination}: ${found}`];
  });
  faults.forEach((found) => console.error(found));
  writeFileSync(join(root, TABLE), every.map((one, number) => `${line(one, answers[number])}\n`).join(''));
  const count = (outcome) => every.filter((one) => one.outcome === outcome).length;
  console.log(`${TABLE}: ${count('renders')} combinations that render, ${count('refused')} that are refused${faults.length ? `; ${faults.length} are not as declared` : ''}`);
  process.exitCode = faults.length ? 1 : 0;
}

async function show() {
  const number = every.findIndex((one) => one.chart === chart && one.combination === combination);
  if (number < 0) throw new Error(`there is no combination ${combination} of ${chart}`);
  const asked = request(place, every[number], number);
  const out = mkdtempSync(join(tmpdir(), 'matrix-'));
  console.log(`${asked.args.join(' ')}\n${asked.args.at(-1)}: ${JSON.stringify(every[number].values)}`);
  for (const [who, renderer] of [['helm', startHelm(4)], ['chartwright', startOurs()]]) {
    const { stdout, stderr, exit } = await renderer.ask(asked);
    renderer.end();
    mkdirSync(join(out, who));
    for (const [name, text] of Object.entries({ stdout, stderr, exit: `${exit}\n` })) writeFileSync(join(out, who, name), text);
  }
  try {
    execFileSync('diff', ['-ru', 'helm', 'chartwright'], { cwd: out, stdio: 'inherit' });
    console.log('Helm and chartwright agree; what Helm printed:');
    execFileSync('cat', ['helm/stdout', 'helm/stderr'], { cwd: out, stdio: 'inherit' });
  } catch (error) {
    if (error.status !== 1) throw error;
    process.exitCode = 1;
  }
  rmSync(out, { recursive: true });
}

try {
  await (mode === '--show' ? show() : write());
} finally {
  place.remove();
}
