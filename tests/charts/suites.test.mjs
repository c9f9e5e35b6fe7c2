// The helm-unittest suites beside the charts hold for what `chartwright` makes. `make goldens` runs them against real Helm.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { root } from '../../tools/features/load.mjs';
import { ours, suiteFiles, testsOf } from '../../tools/helm-unittest/suites.mjs';
import { start } from '../../tools/renders/ours.mjs';
import { layCharts } from '../../tools/renders/place.mjs';
import { charts, read } from './support.mjs';

const place = layCharts();
const renderer = ours(start());
after(() => {
  renderer.end();
  place.remove();
});

for (const { name, file, run } of testsOf(renderer, place, suiteFiles(root))) {
  test(`${file}: ${name}`, async () => {
    const faults = await run();
    assert.equal(faults.length, 0, `\n${faults.join('\n')}`);
  });
}

test('charts ship without their suites', () => {
  for (const { folder } of charts) assert.ok(read(folder, '.helmignore').split('\n').includes('/tests/'), `${folder}/.helmignore`);
});
