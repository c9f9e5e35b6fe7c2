// What `chartwright lint --format sarif` says of the shipped charts: each place it names is there, and the whole fits the published schema, by the judgement
// of real Helm, which holds the report as a chart's values to it. Without Helm or the schema (tools/oracles.sh helm4 sarif) that part says so and is left out.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../tools/renders/ours.mjs';

const root = join(import.meta.dirname, '../..');
const oracles = process.env.CHARTWRIGHT_ORACLES ?? join(homedir(), '.cache/chartwright-oracles');
const [helm, schema] = [process.env.HELM ?? join(oracles, 'helm4'), join(oracles, 'sarif-schema.json')];
const skip = !(existsSync(helm) && existsSync(schema)) && 'no real Helm or no schema here: tools/oracles.sh helm4 sarif installs them (needs Go)';
if (skip) console.error(`sarif: skipped: ${skip}`);

const place = mkdtempSync(join(tmpdir(), 'chartwright-sarif-'));
let text;
before(async () => {
  const ours = start(1);
  const silenced = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\n  annotations: {ignore.chartwright.io/latest-tag: a mirror}\nspec: {containers: [{name: api, image: api}]}\n';
  writeFileSync(join(place, 'a b.yaml'), silenced);
  const answer = await ours.ask({ dir: root, args: ['lint', '--profile', 'all', '--fail-on', 'never', '--format', 'sarif', 'charts', join(place, 'a b.yaml')] });
  ours.end();
  assert.equal(answer.exit, 0, answer.stderr);
  text = answer.stdout;
});
after(() => rmSync(place, { recursive: true }));

test('each result has its rule, and each place is there', () => {
  const [{ results, tool }] = JSON.parse(text).runs;
  assert.ok(results.length > 20, `only ${results.length} results`);
  for (const { ruleId, ruleIndex, locations, relatedLocations = [] } of results) {
    assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
    for (const { physicalLocation } of [...locations, ...relatedLocations]) {
      const { artifactLocation, region } = physicalLocation;
      const lines = readFileSync(new URL(artifactLocation.uri, `file://${root}/`), 'utf8').split('\n');
      const line = lines[region.startLine - 1];
      assert.equal(line, region.snippet.text, `${artifactLocation.uri}:${region.startLine}`);
      assert.ok((region.endColumn ?? 1) <= [...line].length + 1, `${artifactLocation.uri}:${region.startLine}: ${region.endColumn}`);
    }
  }
});

test('what an annotation silences is suppressed, with its reason', () => {
  const suppressed = JSON.parse(text).runs[0].results.filter(({ suppressions }) => suppressions);
  assert.deepEqual(
    suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions]),
    [['latest-tag', [{ kind: 'inSource', justification: 'a mirror' }]]],
  );
});

test('it fits the published schema', { skip }, () => {
  writeFileSync(join(place, 'Chart.yaml'), 'apiVersion: v2\nname: report\nversion: 0.1.0\n');
  copyFileSync(schema, join(place, 'values.schema.json'));
  const judge = (report) => {
    writeFileSync(join(place, 'report.json'), report);
    return execFileSync(helm, ['template', place, '--values', join(place, 'report.json')], { encoding: 'utf8', stdio: 'pipe' });
  };
  judge(text);
  const broken = JSON.parse(text);
  broken.runs[0].results[0].level = 'fatal';
  assert.throws(() => judge(JSON.stringify(broken)), /level/);
});
