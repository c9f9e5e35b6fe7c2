// kubeconform and kube-score over what production values make. Exceptions stand in charts/exceptions.yaml, each with its reason and the heading of its charts' READMEs that argues it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { folderOf } from '../features/load.mjs';

/** kube-score's best grade; anything below is a finding. */
const GOOD = 10;

function run(program, flags, input) {
  const { stdout, stderr, error } = spawnSync(program, flags, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw error;
  // Both exit with 1 where they find something.
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`${program}: ${stderr || stdout}`);
  }
}

/** What kubeconform finds: `{ check, text }` each. */
export function kubeconform(bin, schemas, manifests) {
  const { resources = [] } = run(join(bin, 'kubeconform'), ['-strict', '-output', 'json', '-schema-location', schemas, '-'], manifests);
  return resources.map(({ kind, name, status, msg }) => ({ check: status, text: `${kind}/${name}: ${msg}` }));
}

export function kubeScore(bin, version, manifests) {
  // Without an object that it scores, it prints `null`.
  const objects = run(join(bin, 'kube-score'), ['score', '--output-format', 'json', '--kubernetes-version', version, '-'], manifests) ?? [];
  return objects.flatMap(({ object_meta: { name }, type_meta: { kind }, checks }) => checks.filter(({ grade, skipped }) => !skipped && grade < GOOD)
    .map(({ check, comments }) => ({ check: check.id, text: `${kind}/${name}: ${check.name}${(comments ?? []).map(({ path, summary }) => `; ${path ? `${path}: ` : ''}${summary}`).join('')}` })));
}

/** Shows that both find what there is to find: an unknown key, and a pod without anything that it should have. */
export function controlLinters(bin, schemas, version) {
  const manifest = JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'control' }, spec: { selector: { matchLabels: { app: 'control' } }, template: { metadata: { labels: { app: 'control' } }, spec: { containers: [{ name: 'main', image: 'main', imagePolicy: 'Always' }] } } } });
  if (!kubeconform(bin, schemas, manifest).some(({ text }) => text.includes('imagePolicy'))) throw new Error('kubeconform finds no unknown key');
  if (!kubeScore(bin, version, manifest).some(({ check }) => check === 'container-image-tag')) throw new Error('kube-score finds no image without a tag');
}

/** A heading's anchor, as GitHub makes it. */
const anchors = (markdown) => [...markdown.matchAll(/^#{2,6} (.+)$/gm)].map(([, text]) => text.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));

/** The exceptions, each with its place in its charts' READMEs looked up. */
export function readExceptions(root) {
  const list = parse(readFileSync(join(root, 'charts/exceptions.yaml'), 'utf8'));
  return list.map((one) => {
    const { tool, check, charts, why, argued } = one;
    if (![tool, check, why, argued].every(Boolean) || !charts?.length) throw new Error(`charts/exceptions.yaml: ${JSON.stringify(one)} needs tool, check, charts, why and argued`);
    for (const chart of charts) {
      const readme = `${folderOf(chart)}/README.md`;
      if (!anchors(readFileSync(join(root, readme), 'utf8')).includes(argued)) throw new Error(`charts/exceptions.yaml: ${check}: there is no ${readme}#${argued}`);
    }
    return { ...one, used: new Set() };
  });
}

/** What no exception covers, as text. Marks the exceptions that were needed. */
export function uncovered(exceptions, tool, chart, findings) {
  return findings.filter(({ check }) => {
    const covering = exceptions.filter((one) => one.tool === tool && one.check === check && one.charts.includes(chart));
    covering.forEach(({ used }) => used.add(chart));
    return covering.length === 0;
  }).map(({ check, text }) => `${chart}: ${tool}: ${check}: ${text}`);
}

/** Exceptions for findings that nothing has. */
export const needless = (exceptions) => exceptions.flatMap(({ tool, check, charts, used }) => charts.filter((chart) => !used.has(chart)).map((chart) => `charts/exceptions.yaml: ${tool} finds no ${check} in ${chart}`));
