// The suites beside the charts, ready to run: `for (const { name, run } of testsOf(…))`.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { layVariant } from './render.mjs';
import { runTest } from './run.mjs';
import { readSuites } from './suite.mjs';

/** `charts/LAYER/CHART/tests/*_test.yaml` below a folder, in order. */
export function suiteFiles(root) {
  const list = (path) => (existsSync(join(root, path)) && statSync(join(root, path)).isDirectory() ? readdirSync(join(root, path)).sort() : []);
  return list('charts').flatMap((layer) => list(`charts/${layer}`).flatMap((chart) =>
    list(`charts/${layer}/${chart}/tests`).filter((name) => name.endsWith('_test.yaml')).map((name) => `charts/${layer}/${chart}/tests/${name}`)));
}

/** Each test of each suite with its `run()`, which gives faults. `place` is of `layCharts`, files are named from its path. */
export function testsOf(renderer, place, files) {
  const suites = files.flatMap((file) => readSuites(place.path, file));
  return suites.flatMap((suite, number) => {
    const variant = layVariant(place, suite, number);
    return suite.tests.map((test, at) => ({ name: `${suite.name}: ${test.name}`, file: suite.file, run: () => runTest(renderer, place, variant, test, `${number}-${at}`) }));
  });
}

/** Makes a renderer of the command: how it is asked for NOTES.txt. */
export const ours = (loop) => ({ ...loop, notes: ([, ...rest]) => ({ args: ['notes', ...rest], from: (stdout) => stdout }) });
export const helm = (oracle) => ({
  ...oracle,
  notes: ([, ...rest]) => ({ args: ['install', ...withoutVersions(rest), '--dry-run=client'], from: (stdout) => stdout.split('\nNOTES:\n')[1] ?? '' }),
});

/** `helm install` has no flags for what a cluster would tell. */
function withoutVersions(args) {
  const kept = [];
  for (let at = 0; at < args.length; at++) {
    if (['--kube-version', '--api-versions'].includes(args[at])) at++;
    else if (args[at] !== '--is-upgrade') kept.push(args[at]);
  }
  return kept;
}
