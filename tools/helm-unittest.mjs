// Runs the helm-unittest suites beside the charts.
//   node tools/helm-unittest.mjs [--with helm|ours] [--only REGEX] [SUITE…]     (default: ours, every charts/*/*/tests/*_test.yaml)
// What is rendered is what the command prints: real Helm's (needs Go), or that of `chartwright` as tools/renders/ours.mjs finds it.
import { parseArgs } from 'node:util';
import { root } from './features/load.mjs';
import { start as startHelm } from './helm-oracle/client.mjs';
import { helm, ours, suiteFiles, testsOf } from './helm-unittest/suites.mjs';
import { start as startOurs } from './renders/ours.mjs';
import { layCharts } from './renders/place.mjs';

const { values: { with: by, only }, positionals } = parseArgs({
  allowPositionals: true,
  options: { with: { type: 'string', default: 'ours' }, only: { type: 'string', default: '' } },
});
if (!['helm', 'ours'].includes(by)) throw new Error(`--with helm or ours, not ${by}`);
const renderer = by === 'helm' ? helm(startHelm(4)) : ours(startOurs());
const place = layCharts();
try {
  const files = positionals.length > 0 ? positionals : suiteFiles(root);
  const tests = testsOf(renderer, place, files).filter(({ name }) => new RegExp(only).test(name));
  let failed = 0;
  for (const { name, file, run } of tests) {
    const faults = await run();
    if (faults.length === 0) continue;
    failed++;
    console.error([`${file}: ${name}`, ...faults.flatMap((fault) => fault.split('\n')).map((line) => `  ${line}`)].join('\n'));
  }
  console.log(`${tests.length} tests of ${files.length} suites with ${by === 'helm' ? 'Helm' : 'chartwright'}: ${failed === 0 ? 'all hold' : `${failed} fail`}`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  renderer.end();
  place.remove();
}
