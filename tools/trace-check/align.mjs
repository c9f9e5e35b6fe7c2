// Which lines of two renders of one chart are the same, so that what is left came or went.
//
// Documents are matched before lines: those of one `# Source` with the same text, then those that name the same object, then what is left in
// order; so a document that only moved is no difference. Nor is a comment that only moved: above a `---` under a condition it heads the document that
// comes first then, be it this object's or that one's. Lines are matched by a longest common subsequence. Where several are equally long
// (one of two equal lines went: which?), the one with the fewest unexplained lines is taken.

const SOURCE = '# Source: ';
/** The lines around a difference that an equally long alignment may slide over. */
const SLIDE = 120;
/** The widest table of a band, in cells; beyond it, a difference is cut at lines that occur once. */
const CELLS = 40_000_000;

/** The lines of what `helm template` prints: none where it prints a line break alone, which is all that is left of a chart without manifests. */
export const linesOf = (stdout) => (stdout === '' || stdout === '\n' ? [] : stdout.replace(/\n$/, '').split('\n'));

/**
 * Which lines are Helm's own: what it writes before a document, and the blank lines at a document's begin and end, which are there only because
 * something else is: a document of blanks is dropped.
 */
export function helmsOf(lines) {
  const own = lines.map(() => false);
  for (const { source, start, end } of documents(lines)) {
    const first = start + (source === '' ? 0 : 2);
    own.fill(true, start, first);
    const isBlank = (at) => lines[at].trim() === '';
    for (let at = first; at < end && isBlank(at); at++) own[at] = true;
    for (let at = end - 1; at >= first && isBlank(at); at--) own[at] = true;
  }
  return own;
}

/** The lines without the blanks that stand last in a document: those go where nothing follows it, since Helm trims the end of all. */
export function withoutTails(lines) {
  const kept = [...lines];
  for (const { start, end } of documents(lines)) {
    const last = lines.slice(start, end).findLastIndex((line) => line.trim() !== '');
    if (last >= 0) kept[start + last] = lines[start + last].trimEnd();
  }
  return kept;
}

/** The documents of a render: `{ source, start, end }` with `start` at the line `---`, which is Helm's. */
export function documents(lines) {
  const found = [];
  lines.forEach((line, at) => {
    if (line === '---' && lines[at + 1]?.startsWith(SOURCE)) found.push({ source: lines[at + 1].slice(SOURCE.length), start: at });
    else if (found.length === 0) found.push({ source: '', start: at });
  });
  return found.map((one, index) => ({ ...one, end: found[index + 1]?.start ?? lines.length }));
}

/** What a document calls its object: enough to tell documents of one file apart. */
function objectOf(lines, { start, end }) {
  const body = lines.slice(start, end);
  const first = (pattern) => body.find((line) => pattern.test(line)) ?? '';
  return [first(/^kind:/), first(/^ {1,4}name:/)].join('\n');
}

/** Takes `left` and `right` apart into pairs with equal keys, in order, and what has no partner. */
function paired(left, right, key, otherKey = key) {
  const waiting = new Map();
  for (const one of right) waiting.set(otherKey(one), [...(waiting.get(otherKey(one)) ?? []), one]);
  const pairs = [];
  const alone = left.filter((one) => {
    const partner = waiting.get(key(one))?.shift();
    if (partner) pairs.push([one, partner]);
    return !partner;
  });
  const taken = new Set(pairs.map(([, partner]) => partner));
  return { pairs, left: alone, right: right.filter((one) => !taken.has(one)) };
}

/**
 * The lines (by index) of `before` that went and of `after` that came. `missedBefore(index)` and `missedAfter(index)` tell whether such a line would be
 * unexplained.
 */
export function compare(before, after, missedBefore, missedAfter) {
  const result = { went: [], came: [] };
  const [old, young] = [documents(before), documents(after)];
  const indices = (docs) => docs.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at));
  const judge = (left, right) => {
    const { went, came } = alignLines(indices(left), indices(right), { before, after, missedBefore, missedAfter });
    result.went.push(...went);
    result.came.push(...came);
  };
  const [headsBefore, headsAfter] = [headComments(before, old), headComments(after, young)];
  for (const source of new Set([...old, ...young].map((one) => one.source))) {
    const [went, came] = [result.went.length, result.came.length];
    const mine = (docs) => docs.filter((one) => one.source === source);
    const text = (lines) => ({ start, end }) => lines.slice(start, end).join('\n');
    const different = paired(mine(old), mine(young), text(before), text(after));
    const named = paired(different.left, different.right, (one) => objectOf(before, one), (one) => objectOf(after, one));
    named.pairs.forEach(([left, right]) => judge([left], [right]));
    judge(named.left, named.right);
    // Whether the text is there is judged, and not where.
    const heads = (found, all) => found.filter((line) => all.has(line));
    const moved = paired(heads(result.went.slice(went), headsBefore), heads(result.came.slice(came), headsAfter), (line) => before[line], (line) => after[line]).pairs;
    const without = (found, lines) => found.filter((line) => !lines.includes(line));
    result.went = without(result.went, moved.map(([left]) => left));
    result.came = without(result.came, moved.map(([, right]) => right));
  }
  return result;
}

/** The comments that stand above all else in their documents. */
function headComments(lines, docs) {
  const found = new Set();
  for (const { source, start, end } of docs) {
    for (let at = start + (source === '' ? 0 : 2); at < end && /^\s*(#|$)/.test(lines[at]); at++) if (lines[at].trim() !== '') found.add(at);
  }
  return found;
}

function alignLines(left, right, context) {
  const { before, after } = context;
  let [start, tail] = [0, 0];
  while (start < left.length && start < right.length && before[left[start]] === after[right[start]]) start++;
  while (tail < left.length - start && tail < right.length - start && before[left.at(-1 - tail)] === after[right.at(-1 - tail)]) tail++;
  if (start === left.length && start === right.length) return { went: [], came: [] };
  start = Math.max(0, start - SLIDE);
  tail = Math.max(0, tail - SLIDE);
  return banded(left.slice(start, left.length - tail), right.slice(start, right.length - tail), context);
}

/** A cheapest alignment within a band about the diagonal, widened until none outside of it can be as cheap. */
function banded(left, right, context) {
  const gap = Math.abs(left.length - right.length);
  for (let width = gap + 32; ; width *= 2) {
    if ((left.length + 1) * (2 * width + 1) > CELLS) return cut(left, right, context);
    const found = withinBand(left, right, width, context);
    if (found.went.length + found.came.length <= width || width > left.length + right.length) return found;
  }
}

/** Edits first, then unexplained lines. */
const EDIT = 1 << 20;

function withinBand(left, right, width, { before, after, missedBefore, missedAfter }) {
  const [rows, columns, span] = [left.length + 1, right.length + 1, 2 * width + 1];
  const steps = new Uint8Array(rows * span); // 1: a line went, 2: a line came, 3: the same
  let [above, row] = [new Float64Array(span).fill(Infinity), new Float64Array(span)];
  const [goes, comes] = [left.map((line) => EDIT + Number(missedBefore(line))), right.map((line) => EDIT + Number(missedAfter(line)))];
  for (let i = 0; i < rows; i++) {
    row.fill(Infinity);
    for (let j = Math.max(0, i - width); j < Math.min(columns, i + width + 1); j++) {
      const at = j - i + width;
      let [best, step] = [i === 0 && j === 0 ? 0 : Infinity, 0];
      if (i > 0 && at + 1 < span && above[at + 1] + goes[i - 1] < best) [best, step] = [above[at + 1] + goes[i - 1], 1];
      if (j > 0 && at > 0 && row[at - 1] + comes[j - 1] < best) [best, step] = [row[at - 1] + comes[j - 1], 2];
      if (i > 0 && j > 0 && before[left[i - 1]] === after[right[j - 1]] && above[at] <= best) [best, step] = [above[at], 3];
      row[at] = best;
      steps[i * span + at] = step;
    }
    [above, row] = [row, above];
  }
  const found = { went: [], came: [] };
  for (let [i, j] = [left.length, right.length]; i > 0 || j > 0; ) {
    const step = steps[i * span + j - i + width];
    if (step === 1) found.went.push(left[--i]);
    else if (step === 2) found.came.push(right[--j]);
    else [i, j] = [i - 1, j - 1];
  }
  return { went: found.went.reverse(), came: found.came.reverse() };
}

/** Cuts a very large difference at the lines that occur once on both sides, in their longest common order. */
function cut(left, right, context) {
  const once = (indices, lines) => {
    const places = new Map();
    indices.forEach((line, at) => places.set(lines[line], places.has(lines[line]) ? -1 : at));
    return places;
  };
  const [a, b] = [once(left, context.before), once(right, context.after)];
  const common = [...a].filter(([text, at]) => at >= 0 && (b.get(text) ?? -1) >= 0).map(([text, at]) => [at, b.get(text)]);
  const anchors = rising(common);
  // Nothing to cut at: all of it differs.
  if (anchors.length === 0) return { went: left, came: right };
  const found = { went: [], came: [] };
  let [i, j] = [0, 0];
  for (const [x, y] of [...anchors, [left.length, right.length]]) {
    const part = left.slice(i, x).length === 0 && right.slice(j, y).length === 0 ? { went: [], came: [] } : banded(left.slice(i, x), right.slice(j, y), context);
    found.went.push(...part.went);
    found.came.push(...part.came);
    [i, j] = [x + 1, y + 1];
  }
  return found;
}

/** A longest run of pairs whose second members rise as their first do (patience sorting). */
function rising(pairs) {
  const [tops, previous] = [[], new Map()];
  for (const pair of pairs) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tops[middle][1] < pair[1]) low = middle + 1;
      else high = middle;
    }
    previous.set(pair, tops[low - 1]);
    tops[low] = pair;
  }
  const run = [];
  for (let pair = tops.at(-1); pair; pair = previous.get(pair)) run.push(pair);
  return run.reverse();
}
