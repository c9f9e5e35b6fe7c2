// Rows in which every combination of levels occurs that is wanted and may be: a covering array, built a row at a time, always the same for the same parameters.

/** Every choice of `count` numbers below `end`, each in rising order. */
export function* choices(end, count, from = 0) {
  if (count === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= end - count; first++) for (const rest of choices(end, count - 1, first + 1)) yield [first, ...rest];
}

/** Every way to choose one number below each of `sizes`. */
export function* products(sizes) {
  if (sizes.length === 0) {
    yield [];
    return;
  }
  const [size, ...others] = sizes;
  for (let first = 0; first < size; first++) for (const rest of products(others)) yield [first, ...rest];
}

/** Whether all that a rule speaks of is in the row, on both sides: `rule` maps columns to the set of levels that meet there. */
const meets = (row, rule) => [...rule].every(([column, levels]) => levels.has(row[column]));

/**
 * Fills the columns of `row` that are undefined, so that no rule is met. `preferred(row, column)` gives a column's levels, the best first.
 * `undefined` where there is no such row.
 */
export function fill(row, rules, preferred) {
  const column = row.findIndex((level) => level === undefined);
  if (rules.some((rule) => meets(row, rule))) return undefined;
  if (column < 0) return row;
  for (const level of preferred(row, column)) {
    const filled = fill(row.with(column, level), rules, preferred);
    if (filled !== undefined) return filled;
  }
  return undefined;
}

/** Groups of columns: each pair, and each three of those that have at most `few` levels. */
export function pairsAndTriples(sizes, few) {
  const small = [...sizes.keys()].filter((column) => sizes[column] <= few);
  const triples = [...choices(small.length, 3)].map((at) => at.map((index) => small[index]));
  // A pair that is in some triple is covered with it.
  const pairs = [...choices(sizes.length, Math.min(2, sizes.length))].filter((columns) => small.length < 3 || columns.some((column) => sizes[column] > few));
  return [...pairs, ...triples];
}

/**
 * Rows (levels by column, as numbers) in which each combination of levels of each of `groups` (columns) occurs, but for those that a rule forbids.
 * `sizes` says how many levels each column has; the first row is the first level of each. A rule is a map from columns to sets of levels:
 * a row that is in all of them is never made. `unreachable` are the combinations that no row can have though no rule names them.
 */
export function covering(sizes, groups, rules = []) {
  // Of each group the combinations that no row has yet: a place for each in one array, the last column's levels side by side.
  let length = 0;
  const placed = groups.map((columns) => {
    const group = { columns, start: length };
    length += columns.reduce((count, column) => count * sizes[column], 1);
    return group;
  });
  const open = new Uint8Array(length).fill(1);
  const touching = sizes.map((_, column) => placed.filter(({ columns }) => columns.includes(column)));
  const place = ({ columns, start }, row) => start + columns.reduce((sum, column) => sum * sizes[column] + row[column], 0);

  // How much each level of a column adds to the columns that are settled already.
  const gains = (row, column) => {
    const settled = touching[column].filter(({ columns }) => columns.every((other) => other === column || row[other] !== undefined));
    return Array.from({ length: sizes[column] }, (_, level) => {
      const tried = row.with(column, level);
      return settled.reduce((count, group) => count + open[place(group, tried)], 0);
    });
  };
  const rows = [];
  const keep = (row) => {
    rows.push(row);
    for (const group of placed) open[place(group, row)] = 0;
  };
  // Levels that add as much as each other take turns.
  const greedy = (row, column) => gains(row, column)
    .map((gain, level) => ({ level, gain, turn: (level + rows.length) % sizes[column] }))
    .sort((a, b) => b.gain - a.gain || a.turn - b.turn)
    .map(({ level }) => level);

  const base = sizes.map(() => 0);
  if (rules.some((rule) => meets(base, rule))) throw new Error('the first levels are a combination that is refused');
  keep(base);
  const unreachable = [];
  for (const group of placed) {
    const { columns } = group;
    for (const levels of products(columns.map((column) => sizes[column]))) {
      const start = sizes.map((_, column) => levels[columns.indexOf(column)]);
      if (!open[place(group, start)]) continue;
      const row = fill(start, rules, greedy);
      if (row !== undefined) keep(row);
      else if (!rules.some((rule) => meets(start, rule))) unreachable.push({ columns, levels });
    }
  }
  return { rows, unreachable };
}
