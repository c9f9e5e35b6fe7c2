// What a check found, as a table a chart a row, and the first lines that nothing explains.
import { shown } from './paths.mjs';
import { counts, spread } from './judge.mjs';

const COLUMNS = ['chart', 'lines', 'changes', 'refused', 'unlike', 'went', 'came', 'explained', 'missed', 'by origin', 'by container', 'origins confirmed', 'untried', 'conditions confirmed', 'untried', 'a line: median', 'p95'];
const WIDTHS = [36, ...COLUMNS.slice(1).map((column) => column.length)];
const columns = (cells) => cells.map((cell, index) => (index === 0 ? String(cell).padEnd(WIDTHS[index]) : String(cell).padStart(WIDTHS[index]))).join('  ');
const share = (part, whole) => (whole === 0 ? '-' : `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`);

/** The head of the table. */
export const title = columns(COLUMNS);

/** A chart's row, or why it has none. */
export function row(result) {
  if (result.skipped !== undefined) return `${result.chart.padEnd(WIDTHS[0])}  skipped: ${result.skipped}`;
  const { changes, lines, origins, conditions, perLine } = result;
  const differing = lines.went + lines.came;
  const confirmed = (pairs) => [share(pairs.confirmed, pairs.confirmed + pairs.unconfirmed), share(pairs.untried, pairs.confirmed + pairs.unconfirmed + pairs.untried)];
  return columns([
    result.chart, result.judged, changes.rendered, changes.refused, changes.unlike, lines.went, lines.came, share(differing - lines.missed, differing), lines.missed,
    share(lines.origin, differing), share(lines.container, differing), ...confirmed(origins), ...confirmed(conditions), perLine.median, perLine.p95,
  ]);
}

const add = (sum, one) => Object.keys(sum).forEach((key) => (sum[key] += one[key]));

/** All charts together, as one. */
export function total(results) {
  const judged = results.filter((one) => one.skipped === undefined);
  const pairs = () => ({ confirmed: 0, unconfirmed: 0, untried: 0 });
  const sum = { ...counts(), chart: `all ${judged.length} (${results.length - judged.length} skipped)`, judged: 0, origins: pairs(), conditions: pairs() };
  for (const one of judged) {
    sum.judged += one.judged;
    for (const part of ['changes', 'lines', 'origins', 'conditions']) add(sum[part], one[part]);
  }
  return { ...sum, perLine: spread(judged.flatMap((one) => one.conditionsOfLines)) };
}

const cut = (text) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);
const where = ({ template }) => (template ? `${template.file}:${template.line}:${template.column}` : 'no template position');

/** The misses, those of one path at one place of a template together, the most first; and the paths whose pairs nothing confirmed. */
export function told(results, most) {
  const groups = new Map();
  for (const { chart, misses = [] } of results) {
    for (const miss of misses) {
      const key = [chart, shown(miss.path), where(miss)].join('\0');
      groups.set(key, { chart, first: miss, count: (groups.get(key)?.count ?? 0) + 1 });
    }
  }
  const sorted = [...groups.values()].sort((a, b) => b.count - a.count);
  const missed = sorted.slice(0, most).map(({ chart, first, count }) =>
    [`${count} missed: ${chart}, ${shown(first.path)} → ${cut(JSON.stringify(first.to) ?? 'nothing')}`, `    ${where(first)}, line ${first.line} ${first.side}: ${cut(first.text)}`].join('\n'),
  );
  const doubtful = results
    .flatMap(({ chart, unconfirmed }) => ['origins', 'conditions'].flatMap((kind) => (unconfirmed?.[kind] ?? []).map((pair) => ({ chart, kind, ...pair }))))
    .sort((a, b) => b.lines.length - a.lines.length)
    .slice(0, most)
    .map(({ chart, kind, path, lines }) => `${lines.length} lines: ${chart}, ${kind.slice(0, -1)} ${shown(path)}, such as line ${lines.slice(0, 3).join(', ')}`);
  const unlike = results.flatMap(({ chart, unlike: list = [] }) => list.map(({ path, to }) => `${chart}, ${shown(path)} → ${cut(JSON.stringify(to))}`)).slice(0, most);
  return [`\n${sorted.length} places with misses`, ...missed, '\nnamed, and confirmed by no change', ...doubtful, ...(unlike.length > 0 ? ['\nexplained with other lines than Helm prints', ...unlike] : [])].join('\n');
}
