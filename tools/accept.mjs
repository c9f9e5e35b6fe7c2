// Has a real kube-apiserver, kubeconform and kube-score judge what real Helm makes of the charts (needs Go).
//   node tools/accept.mjs [CHART…]     (default: every chart that can be installed)
// Every render of the matrix, and every environment of a chart, is accepted without a warning in a namespace that enforces the restricted Pod Security
// Standard; charts that make namespaces are applied for good; in production values kube-score and kubeconform find nothing but charts/exceptions.yaml.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { applyAll, makesNamespaces } from './accept/apply.mjs';
import { define, definitions } from './accept/definitions.mjs';
import { dryRun } from './accept/dry-run.mjs';
import { controlLinters, kubeconform, kubeScore, needless, readExceptions, uncovered } from './accept/linters.mjs';
import { kindOf } from './accept/objects.mjs';
import { writeSchemas } from './accept/schemas.mjs';
import { oracles, startServer } from './accept/server.mjs';
import { applicationOf, folderOf, loadTopics, root } from './features/load.mjs';
import { start } from './helm-oracle/client.mjs';
import { casesOf, declaredCharts, KUBERNETES, request } from './matrix/cases.mjs';
import { layCharts } from './renders/place.mjs';

const NAMESPACE = 'data';
const NEWEST = Object.keys(KUBERNETES.levels)[0];
const topics = await loadTopics();
const wanted = process.argv.slice(2);
const declared = new Map(declaredCharts(topics).map((chart) => [applicationOf(chart), chart]));
const charts = ['applications', 'infrastructure'].flatMap((layer) => readdirSync(join(root, 'charts', layer))).filter((chart) => wanted.length === 0 || wanted.includes(chart));
const bin = oracles('helm4', 'api-server', 'linters');
const place = layCharts();

/** What Helm makes of a chart's matrix, if tests/features/ declares one, and of each of its values files. */
async function renders(helm, application) {
  const folder = folderOf(application);
  const cases = declared.has(application) ? casesOf(topics, declared.get(application)) : [];
  const environments = readdirSync(join(root, folder)).map((file) => /^values-(.+)\.yaml$/.exec(file)?.[1]).filter(Boolean);
  const asked = [
    ...cases.filter(({ outcome }) => outcome === 'renders').map((one, number) => ({ name: `${application}: ${one.combination}`, request: request(place, one, `${application}-${number}`) })),
    ...environments.map((environment) => ({
      name: `${application}: values-${environment}.yaml`, production: environment.startsWith('production'),
      request: { dir: place.path, args: ['template', 'rel', folder, '--namespace', NAMESPACE, '--kube-version', `${NEWEST}.0`, '--values', `${folder}/values-${environment}.yaml`] },
    })),
  ];
  return Promise.all(asked.map(async ({ name, production = false, request: question }) => {
    const { stdout, stderr, exit } = await helm.ask(question);
    if (exit !== 0) throw new Error(`${name}: ${stderr}`);
    return { name, application, production, manifests: stdout, objects: parseAllDocuments(stdout, { logLevel: 'silent' }).map((document) => document.toJS()).filter(Boolean) };
  }));
}

async function judge(all) {
  const server = await startServer(bin);
  const schemas = mkdtempSync(join(tmpdir(), 'schemas-'));
  try {
    const objects = all.flatMap((one) => one.objects);
    await define(server, definitions(new Set(objects.map(kindOf))));
    const applied = all.filter(makesNamespaces);
    const faults = await applyAll(server, applied, NAMESPACE);
    if (applied.length > 0) console.log(`applied for good: ${applied.length} renders`);
    const dry = await dryRun(server, all.filter((one) => !makesNamespaces(one)), NAMESPACE);
    console.log(`dry runs: ${dry.count} different objects of ${all.length - applied.length} renders`);
    faults.push(...dry.faults);

    const production = all.filter((one) => one.production);
    const pattern = await writeSchemas(server, new Set(['apps/v1', ...production.flatMap((one) => one.objects.map(({ apiVersion }) => apiVersion))]), schemas);
    controlLinters(bin, pattern, NEWEST);
    const exceptions = readExceptions(root).map((one) => ({ ...one, charts: one.charts.filter((chart) => all.some(({ application }) => application === chart)) }));
    for (const { name, application, manifests } of production) {
      const found = [['kubeconform', kubeconform(bin, pattern, manifests)], ['kube-score', kubeScore(bin, NEWEST, manifests)]];
      for (const [tool, findings] of found) faults.push(...uncovered(exceptions, tool, application, findings).map((text) => `${name}: ${text}`));
    }
    console.log(`linted: ${production.map(({ name }) => name).join(', ')}`);
    return [...faults, ...needless(exceptions)];
  } finally {
    await server.stop();
    rmSync(schemas, { recursive: true });
  }
}

try {
  const helm = start(4);
  const all = (await Promise.all(charts.map((chart) => renders(helm, chart)))).flat();
  helm.end();
  const faults = await judge(all);
  faults.forEach((fault) => console.error(fault));
  console.log(`${all.length} renders of ${charts.join(', ')}: ${faults.length === 0 ? 'accepted' : `${faults.length} faults`}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  place.remove();
}
