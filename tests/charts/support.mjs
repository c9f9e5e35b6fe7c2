// What the tests of the charts read: the charts as they are, and what real Helm made of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const read = (...path) => readFileSync(join(root, ...path), 'utf8');
export const exists = (...path) => existsSync(join(root, ...path));
export const list = (...path) => readdirSync(join(root, ...path)).sort();

/** The shipped charts: name, folder, values, schema, and the names of their environments. */
export const charts = ['library', 'infrastructure', 'applications'].flatMap((layer) => list('charts', layer).map((name) => {
  const folder = join('charts', layer, name);
  return {
    name, layer, folder,
    chart: parse(read(folder, 'Chart.yaml')),
    values: parse(read(folder, 'values.yaml')),
    schema: JSON.parse(read(folder, 'values.schema.json')),
    environments: list(folder).map((file) => /^values-(.+)\.yaml$/.exec(file)?.[1]).filter(Boolean),
  };
}));

export const chartNamed = (name) => charts.find((chart) => chart.name === name);

/** Every property of a schema that stands for a place in values.yaml: its path, itself, and whether it is a group of others. */
export function* properties(schema, path = []) {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (property['x-hidden']) continue;
    const at = [...path, key];
    yield { path: at, property, group: Boolean(property.properties) };
    if (property.properties) yield* properties(property, at);
  }
}

/** A case of tests/goldens. */
export function golden(chart, name) {
  const folder = join('tests/goldens', chart, name);
  const stdout = read(folder, 'stdout');
  return {
    chart, name, stdout,
    exit: Number(read(folder, 'exit')),
    stderr: read(folder, 'stderr'),
    args: read(folder, 'args').trimEnd().split('\n'),
    objects: parseAllDocuments(stdout).map((document) => document.toJS()).filter(Boolean),
  };
}

/** All cases of the shipped charts that rendered. */
export function* rendered() {
  for (const { name } of charts) {
    for (const folder of list('tests/goldens', name)) {
      const one = golden(name, folder);
      if (one.exit === 0) yield one;
    }
  }
}

export const ofKind = (one, kind) => one.objects.filter((object) => object.kind === kind);

/** The pod templates of a case's workloads. */
export function pods(one) {
  return one.objects.flatMap((object) => {
    const template = (object.spec?.jobTemplate?.spec ?? object.spec?.jobTargetRef ?? object.spec)?.template;
    return template?.spec?.containers ? [{ object, template, spec: template.spec, main: template.spec.containers[0] }] : [];
  });
}
