// What the charts make is taken by every release of Kubernetes that they are for, by what `chartwright lint` knows of each: nothing of what real Helm made
// of them (tests/goldens), and of no combination of the matrix, is refused by a release from the charts' kubeVersion on. `make accept` asks the newest one itself.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { loadTopics } from '../../tools/features/load.mjs';
import { cases, KUBERNETES, request } from '../../tools/matrix/cases.mjs';
import { start } from '../../tools/renders/ours.mjs';
import { layCharts } from '../../tools/renders/place.mjs';
import { charts, rendered } from './support.mjs';

const minor = (release) => Number(/^v?1\.(\d+)$/.exec(release)[1]);
const bounds = Object.keys(KUBERNETES.levels).map(minor);
const [FIRST, LAST] = [Math.min(...bounds), Math.max(...bounds)];
const releases = Array.from({ length: LAST - FIRST + 1 }, (_, at) => `1.${FIRST + at}`);

const place = layCharts();
const ours = start();
after(() => {
  ours.end();
  place.remove();
});

/** What some of the releases refuse of a manifest: a line each. */
async function refused(name, manifest) {
  const file = place.write(`releases/${name}.yaml`, manifest);
  const { exit, stdout, stderr } = await ours.ask({ dir: place.path, args: ['lint', file, '--profile', 'api', '--sweep', '--fail-on', 'never', '--format', 'json'] });
  assert.equal(exit, 0, stderr);
  return JSON.parse(stdout).findings.flatMap((finding) => {
    const where = finding.releases.filter((release) => releases.includes(release));
    return where.length === 0 ? [] : [`${name}:${finding.line}: in ${where.join(', ')}: ${finding.message}`];
  });
}

test('the charts say which releases they are for', () => {
  for (const { folder, chart } of charts) assert.equal(chart.kubeVersion, `>=1.${FIRST}.0-0`, folder);
});

test('what one release has and another has not is told', async () => {
  const claims = 'apiVersion: resource.k8s.io/v1\nkind: DeviceClass\nmetadata:\n  name: gpu\nspec: {}\n';
  const [found, ...more] = await refused('control', claims);
  assert.deepEqual(more, []);
  assert.match(found, /: in 1\.31, 1\.32, 1\.33: /);
});

test('no release refuses what real Helm made of the charts', async () => {
  const all = [...rendered()];
  assert.ok(all.length > 100, `only ${all.length} goldens`);
  const found = await Promise.all(all.map(({ chart, name, stdout }) => refused(`${chart}-${name}`, stdout)));
  assert.deepEqual(found.flat(), []);
});

test('no release refuses a combination of the matrix', async () => {
  const every = cases(await loadTopics()).filter(({ outcome }) => outcome === 'renders');
  const found = await Promise.all(every.map(async (one, number) => {
    const { exit, stdout, stderr } = await ours.ask(request(place, one, number));
    assert.equal(exit, 0, `${one.chart}: ${one.combination}: ${stderr}`);
    return refused(`${one.chart}-${number}`, stdout);
  }));
  assert.deepEqual(found.flat(), []);
});
