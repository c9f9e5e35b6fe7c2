// Writes what describes the shipped charts' values from one place, tools/chart-values/: values.schema.json, values.yaml and the table in the README.
//   node tools/chart-values.mjs            writes them
//   node tools/chart-values.mjs --check    says which of them are out of date
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { charts } from './chart-values/charts.mjs';
import { storageClasses } from './chart-values/classes.mjs';
import { readmeWith, valuesYaml } from './chart-values/write.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A chart's schema as an object. */
export function schemaOf(chart) {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: chart.title,
    description: chart.comment.replaceAll('\n', ' '),
    type: 'object',
    additionalProperties: Boolean(chart.open),
    properties: ordered(chart.properties),
    ...chart.rules,
  };
}

// `x-order` follows the order in which the properties are written, within each section and each group.
function ordered(properties) {
  const last = {};
  return Object.fromEntries(Object.entries(properties).map(([key, schema]) => {
    const place = schema['x-section'] ?? '';
    last[place] = (last[place] ?? 0) + 10;
    const inner = schema.properties ? { properties: ordered(schema.properties) } : {};
    return [key, { ...schema, ...inner, ...(schema['x-hidden'] ? {} : { 'x-order': last[place] }) }];
  }));
}

export function outputs() {
  const written = [];
  for (const chart of charts(storageClasses(join(root, 'charts/infrastructure/kaggle-data-pvc/storage-classes.yaml')))) {
    const at = (name) => join(chart.folder, name);
    const schema = schemaOf(chart);
    written.push([at('values.schema.json'), `${JSON.stringify(schema, null, 2)}\n`]);
    written.push([at('values.yaml'), valuesYaml(chart.comment, schema)]);
    if (existsSync(join(root, at('README.md')))) written.push([at('README.md'), readmeWith(readFileSync(join(root, at('README.md')), 'utf8'), schema)]);
  }
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stale = outputs().filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text);
  if (process.argv.includes('--check')) {
    stale.forEach(([path]) => console.error(`${path} is out of date: node tools/chart-values.mjs`));
    process.exit(stale.length ? 1 : 0);
  }
  stale.forEach(([path, text]) => writeFileSync(join(root, path), text));
  console.log(stale.length ? `wrote ${stale.map(([path]) => path).join(', ')}` : 'nothing to write');
}
