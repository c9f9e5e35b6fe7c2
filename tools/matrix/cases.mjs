// The matrix: what of tests/features/ is put together, what each combination is rendered with, and what has to come of it.
import { createHash } from 'node:crypto';
import { all, applicationOf, folderOf } from '../features/load.mjs';
import { covering, fill, pairsAndTriples, products } from './covering.mjs';

/** Any two parameters meet in each of their combinations of levels, and any three that have at most so many levels each. */
export const FEW = 4;

/** The versions of Kubernetes that the charts are for: the newest, the oldest and one between. */
export const KUBERNETES = { name: 'kubernetes', levels: { 'v1.37': {}, 'v1.34': {}, 'v1.31': {} } };

/** The table of what Helm made of it, from the root of the repository. */
export const TABLE = 'tests/goldens/matrix.tsv';

const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Two values, the second over the first: maps are merged, all else is replaced. */
export function merged(under, over) {
  if (!isMap(under) || !isMap(over)) return over;
  const result = { ...under };
  for (const [key, value] of Object.entries(over)) result[key] = key in under ? merged(under[key], value) : value;
  return result;
}

/** The charts that are declared anywhere, in order. */
export const declaredCharts = (topics) => [...new Set(all(topics, 'parameters').flatMap(({ charts }) => charts))].sort();

/** The parameters of a chart, and its rules by number of column and level. */
export function plan(topics, chart) {
  const parameters = [...all(topics, 'parameters').filter(({ charts }) => charts.includes(chart)), KUBERNETES];
  const column = new Map(parameters.map(({ name }, at) => [name, at]));
  if (column.size !== parameters.length) throw new Error(`${chart}: two parameters have the same name`);
  const rules = all(topics, 'refused').filter(({ charts }) => charts.includes(chart)).map(({ when, names, file }) => ({
    names,
    when: new Map(Object.entries(when).map(([name, levels]) => {
      if (!column.has(name)) throw new Error(`${file}: refused: ${chart} has no parameter ${name}`);
      const known = Object.keys(parameters[column.get(name)].levels);
      const unknown = levels.find((level) => !known.includes(level));
      if (unknown !== undefined) throw new Error(`${file}: refused: ${name} has no level ${unknown}`);
      return [column.get(name), new Set(levels.map((level) => known.indexOf(level)))];
    })),
  }));
  return { parameters, rules, sizes: parameters.map(({ levels }) => Object.keys(levels).length) };
}

/** The rows of a plan that render. */
export const rowsOf = ({ sizes, rules }) => covering(sizes, pairsAndTriples(sizes, FEW), rules.map(({ when }) => when));

/** Each refused combination by itself, all else as in the base where that is not refused too. */
function refusedRows({ rules, sizes }) {
  return rules.flatMap((rule) => [...products([...rule.when.values()].map((levels) => levels.size))].map((at) => {
    const start = sizes.map(() => undefined);
    [...rule.when].forEach(([column, levels], index) => { start[column] = [...levels][at[index]]; });
    const others = rules.filter((other) => other !== rule).map(({ when }) => when);
    const row = fill(start, others, (_, column) => [...Array(sizes[column]).keys()]);
    if (row === undefined) throw new Error(`a combination that names ${rule.names.join(', ')} is refused for another reason too`);
    return { row, names: rule.names };
  }));
}

function oneCase(chart, parameters, row, outcome, names) {
  const levels = parameters.map(({ levels: known }, column) => Object.entries(known)[row[column]]);
  const other = parameters.map(({ name }, column) => `${name}=${levels[column][0]}`).filter((_, column) => row[column] !== 0);
  const application = applicationOf(chart);
  return {
    chart: application,
    folder: folderOf(application),
    combination: other.join(' ') || 'base',
    outcome,
    names,
    kubernetes: levels.at(-1)[0],
    values: levels.reduce((values, [, level]) => merged(values, level), {}),
  };
}

/** Every case of a chart: what renders, then what is refused. */
export function casesOf(topics, chart) {
  const planned = plan(topics, chart);
  const { rows } = rowsOf(planned);
  return [
    ...rows.map((row) => oneCase(chart, planned.parameters, row, 'renders', [])),
    ...refusedRows(planned).map(({ row, names }) => oneCase(chart, planned.parameters, row, 'refused', names)),
  ];
}

/** Every case of every chart. */
export const cases = (topics) => declaredCharts(topics).flatMap((chart) => casesOf(topics, chart));

/** Where a case's values are written, and what `helm` is told, in a place that `layCharts` made. */
export function request(place, one, number) {
  const file = place.write(`matrix/${number}.yaml`, JSON.stringify(one.values));
  const args = ['template', 'rel', one.folder, '--namespace', 'data', '--kube-version', `${one.kubernetes}.0`, '--values', `${one.folder}/values-production.yaml`, '--values', file];
  return { dir: place.path, args };
}

const sorted = (text, separator) => text.split(separator).sort().join(separator);
/** What stderr says: violations of a schema, and the keys they list, stand in no order. */
const comparable = (stderr) => (stderr.includes("values don't meet the specifications") ? sorted(stderr.replace(/'[^'\n]*'(?:, '[^'\n]*')+/g, (list) => sorted(list, ', ')), '\n') : stderr);
const digest = (text) => createHash('sha256').update(text).digest('hex');

/** A line of the table. */
export const line = (one, { exit, stdout, stderr }) => [one.chart, one.combination, one.outcome, exit, digest(stdout), digest(comparable(stderr))].join('\t');

/** What is wrong with an answer by what was declared, or `undefined`. */
export function fault(one, { exit, stderr }) {
  if (one.outcome === 'renders') return exit === 0 ? undefined : `it should render: ${stderr}`;
  if (exit === 0) return `it should be refused, naming ${one.names.join(', ')}`;
  const missing = one.names.filter((name) => !stderr.includes(name) && !stderr.includes(`/${name.replaceAll('.', '/')}`));
  return missing.length === 0 ? undefined : `the refusal does not name ${missing.join(', ')}: ${stderr}`;
}
