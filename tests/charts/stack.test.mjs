// A stack's archive works as it is: laid into the charts' repository as its README says, each tool's file names charts and values that are there, and the release
// that it describes is, to the byte, what real Helm made of that chart and environment (tests/goldens).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { start } from '../../tools/renders/ours.mjs';
import { layCharts } from '../../tools/renders/place.mjs';
import { golden } from './support.mjs';

const MEMBERS = ['infrastructure/kaggle-data-pvc', 'applications/fetch-kaggle-job', 'applications/kaggle-data-api'];
const place = layCharts();
const ours = start();
after(() => {
  ours.end();
  place.remove();
});

/** Where a tool looks for a release's chart and values, from the root of the repository: what it is told in the archive's folder, as the tool reads it. */
const READ = {
  // Paths are relative to helmfile.yaml.
  helmfile: (folder, text) => parse(text('helmfile.yaml')).releases.map(({ name, namespace, chart, values }) => ({ name, namespace, chart: join(folder, chart), values: values.map((file) => join(folder, file)) })),
  // Paths are relative to the source.
  flux: (_, text) => parseAllDocuments(text('flux/releases.yaml')).map((document) => document.toJS().spec).map(({ releaseName, targetNamespace, chart: { spec } }) => ({ name: releaseName, namespace: targetNamespace, chart: spec.chart, values: spec.valuesFiles })),
  // A file that begins with a slash is looked for from the root of the repository, others from the chart.
  argocd: (_, text) => parse(text('argocd/applicationset.yaml')).spec.generators.flatMap(({ list }) => list.elements)
    .map(({ release, namespace, chart, valueFiles }) => ({ name: release, namespace, chart, values: valueFiles.map((file) => (file.startsWith('/') ? file.slice(1) : join(chart, file))) })),
};

/** The releases of an export, and the archive's folder. */
async function exported(tool, members) {
  const name = `${tool}-${members.length}`;
  const { exit, stderr } = await ours.ask({ dir: place.path, args: ['stack', 'export', ...members, '--environment', 'production', '--namespace', 'data', '--name', name, '--for', tool, '--output-dir', '.'] });
  assert.equal(exit, 0, stderr);
  assert.ok(readdirSync(join(place.path, name)).includes('README.md'));
  return READ[tool](name, (file) => readFileSync(join(place.path, name, file), 'utf8'));
}

for (const tool of Object.keys(READ)) {
  test(`${tool}: what the whole stack names is there`, async () => {
    const releases = await exported(tool, MEMBERS.map((path) => `charts/${path}`));
    assert.deepEqual(releases.map(({ chart }) => normalize(chart)), MEMBERS.map((path) => `charts/${path}`));
    for (const { chart, values } of releases) {
      for (const file of [join(chart, 'Chart.yaml'), ...values]) assert.ok(existsSync(join(place.path, file)), file);
      assert.ok(values.some((file) => file.endsWith('values-production.yaml')), `${values}`);
    }
  });

  test(`${tool}: each release is what Helm makes of chart and environment`, async () => {
    for (const path of MEMBERS) {
      const [{ name, namespace, chart, values }, ...more] = await exported(tool, [`rel=charts/${path}`]);
      assert.deepEqual(more, []);
      const { stdout, stderr } = await ours.ask({ dir: place.path, args: ['template', name, chart, '--namespace', namespace, '--kube-version', 'v1.37.0', ...values.flatMap((file) => ['--values', file])] });
      assert.equal(stdout, golden(path.split('/')[1], 'production').stdout, stderr);
    }
  });
}
