// How well traces explain what changed values do: which lines of two renders differ, and whether their traces name the change.
//
// A trace *names* a change where one of its origins or conditions is a path whose value the change touched: the path itself, one above it
// (whose value holds it) or one below it (whose value it made or took away). Where only paths above it are named, the line is explained
// *by container*, which is counted apart. All values at once (`toYaml .Values`) name a change that brings one of their own keys or takes one, and
// no other: else the root would explain everything.
//
// - Recall: of the lines that went from the base, those whose trace in the base names the change; of the lines that came, those whose trace
//   in the changed render does.
// - Precision: of the pairs of a line of the base and an origin (or condition) of it, those that some change of that path, or of one below it,
//   confirms by changing that line. Pairs that nothing confirms are counted apart, as untried, where no change of the path itself could be
//   rendered.
//
// Lines that Helm itself writes, and lines that differ by chance, are not judged; nor is a blank line that went or came because what stands
// behind it in its document, or before it, did, nor blanks that end a document: Helm trims documents.
import { compare, documents, helmsOf, withoutTails } from './align.mjs';
import { at, equal, isPrefix, name } from './paths.mjs';

/** The most keys of its lines that are told of a path. */
const MOST_KEYS = 20;

/** `global` below a subchart is `global` of the root chart too. */
const spellings = (path) => {
  const index = path.map(String).indexOf('global');
  return index > 0 ? [path, path.slice(index)] : [path];
};

/** Tells whether a change touches a path, and whether the path says more than that something around it changed. */
function touching({ path, before, after }) {
  const known = new Map();
  const rekeyed = !equal(Object.keys(before).sort(), Object.keys(after).sort());
  return (labelled) => {
    const key = name(labelled);
    if (!known.has(key)) {
      const touched = labelled.length === 0 ? rekeyed : spellings(labelled).some((one) => !equal(at(before, one), at(after, one)));
      known.set(key, !touched ? undefined : spellings(labelled).some((one) => isPrefix(path, one)) ? 'exactly' : 'by container');
    }
    return known.get(key);
  };
}

/** How a line's trace names a change: `{ by: 'origin' | 'condition', how: 'exactly' | 'by container' }`, or nothing. */
function explanation(line, touches) {
  for (const how of ['exactly', 'by container']) {
    for (const [by, entries] of [['origin', line.origins], ['condition', line.conditions]]) {
      if (entries.some((entry) => touches(entry.path) === how)) return { by, how };
    }
  }
  return undefined;
}

/** Of lines that differ: the blank ones of documents behind or before which all lines differ. */
function edgeBlanks(lines, differing) {
  const [all, found] = [new Set(differing), new Set()];
  const follow = (from, to, step) => {
    for (let at = from; at !== to && all.has(at); at += step) if (lines[at].trim() === '') found.add(at);
  };
  for (const { source, start, end } of differing.length > 0 ? documents(lines) : []) {
    const [first, helms] = [start + (source === '' ? 0 : 2), helmsOf(lines.slice(start, end))];
    let [top, bottom] = [first, end - 1];
    while (top < end && helms[top - start]) top++;
    while (bottom >= first && helms[bottom - start]) bottom--;
    follow(top, end, 1);
    follow(bottom, first - 1, -1);
  }
  return found;
}

/** What is counted of a chart. */
export const counts = () => ({
  changes: { rendered: 0, effective: 0, refused: 0, unlike: 0 },
  lines: { went: 0, came: 0, origin: 0, condition: 0, container: 0, missed: 0 },
  misses: [],
  unlike: [],
});

/**
 * Judges one chart. `base` is what explains its unchanged render: an element a line, `{ text, template, origins, conditions }`; `byChance` holds the
 * indices of lines that are not judged.
 */
export function judgement(base, byChance = new Set()) {
  const result = counts();
  const texts = base.map((line) => line.text);
  const helms = helmsOf(texts);
  const judged = base.map((_, index) => !helms[index] && !byChance.has(index));
  // Of each pair of a line and a path: whether a change could tell, and whether one confirmed it.
  const pairs = { origins: new Map(), conditions: new Map() };
  for (const kind of Object.keys(pairs)) {
    base.forEach((line, index) => {
      if (!judged[index]) return;
      for (const key of new Set(line[kind].map((entry) => name(entry.path)))) {
        if (!pairs[kind].has(key)) pairs[kind].set(key, { path: line[kind].find((entry) => name(entry.path) === key).path, tried: false, lines: new Map() });
        pairs[kind].get(key).lines.set(index, false);
      }
    });
  }

  /** A change that Helm renders to `changed`, explained as the base is; `chance` holds the lines of it that are not judged. */
  function see(change, changed, chance = new Set()) {
    result.changes.rendered++;
    const touches = touching(change);
    const after = changed.map((line) => line.text);
    const helmsAfter = helmsOf(after);
    const unjudged = { went: (index) => !judged[index], came: (index) => helmsAfter[index] || chance.has(index) };
    const missed = (lines, skip) => (index) => !skip(index) && explanation(lines[index], touches) === undefined;
    const found = compare(withoutTails(texts), withoutTails(after), missed(base, unjudged.went), missed(changed, unjudged.came));
    const gone = new Set(found.went);
    const atEdge = { went: edgeBlanks(texts, found.went), came: edgeBlanks(after, found.came) };
    if (found.went.length + found.came.length > 0) result.changes.effective++;
    for (const [side, lines] of [['went', base], ['came', changed]]) {
      for (const index of found[side]) {
        if (unjudged[side](index) || atEdge[side].has(index)) continue;
        result.lines[side]++;
        const why = explanation(lines[index], touches);
        if (why === undefined) {
          result.lines.missed++;
          result.misses.push({ path: change.path, to: change.to, side, line: index + 1, text: lines[index].text, template: lines[index].template });
        } else {
          result.lines[why.by]++;
          if (why.how === 'by container') result.lines.container++;
        }
      }
    }
    for (const kind of Object.values(pairs)) {
      for (const pair of kind.values()) {
        if (!isPrefix(pair.path, change.path) || touches(pair.path) === undefined) continue;
        pair.tried ||= pair.path.length === 0 || spellings(pair.path).some((one) => name(one) === name(change.path));
        gone.forEach((index) => pair.lines.has(index) && pair.lines.set(index, true));
      }
    }
  }

  function precision(kind) {
    const sum = { confirmed: 0, unconfirmed: 0, untried: 0 };
    for (const { tried, lines } of pairs[kind].values()) {
      for (const confirmed of lines.values()) sum[confirmed ? 'confirmed' : tried ? 'unconfirmed' : 'untried']++;
    }
    return sum;
  }

  /** The pairs that changes did not confirm, by path: those of the most lines first. */
  function unconfirmed(kind) {
    return [...pairs[kind].values()]
      .filter((pair) => pair.tried)
      .map((pair) => ({ path: pair.path, lines: [...pair.lines].filter(([, confirmed]) => !confirmed).map(([index]) => index + 1) }))
      .filter((pair) => pair.lines.length > 0)
      .sort((a, b) => b.lines.length - a.lines.length);
  }

  const conditions = base.filter((_, index) => judged[index]).map((line) => new Set(line.conditions.map((entry) => name(entry.path))).size);
  return {
    see,
    refused: () => result.changes.refused++,
    /** A change that Helm renders, and that is explained with other lines than Helm's, or not at all. */
    unlike({ path, to }) {
      result.changes.unlike++;
      result.unlike.push({ path, to });
    },
    report: () => ({ ...result, judged: conditions.length, origins: precision('origins'), conditions: precision('conditions'), perLine: spread(conditions), unconfirmed: { origins: unconfirmed('origins'), conditions: unconfirmed('conditions') } }),
    /** The paths that the base names, each once, with the keys of the lines that name it. */
    named: () => {
      const found = new Map();
      for (const { path, lines } of [...pairs.origins.values(), ...pairs.conditions.values()]) {
        const keys = found.get(name(path))?.keys ?? new Set();
        for (const index of lines.keys()) {
          const [, key] = /^\s*(?:- )*"?([^\s"'#:{}[\]]+)"?:/.exec(texts[index]) ?? [];
          if (key !== undefined && keys.size < MOST_KEYS) keys.add(key);
        }
        found.set(name(path), { path, keys });
      }
      return [...found.values()];
    },
    conditionsOfLines: conditions,
  };
}

/** The median and the 95th percentile of some numbers. */
export function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const part = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: part(0.5), p95: part(0.95) };
}
