// Whether our answer is one that Helm gives. Helm's answer may hold chance (keys, passwords, times, the order of maps): several of its runs
// tell which words those are, and they are masked; where they differ in order, lines are compared as a sorted set. Names that an error lists
// stand in the order of a Go map, which few runs tell from a fixed one: they are sorted from the start.

const WORD = /[\p{L}\p{N}+/=_.$@:-]+/gu;
/** The lines of a key or a certificate, of which some may be alike by chance. */
const PEM = /(?<=-----BEGIN [A-Z ]+-----\n)(?:[ \t]*[A-Za-z0-9+/=]+\n)+/g;
const found = (text, pattern) => new Set(text.match(pattern));
/** What all of Helm's runs have. */
const shared = (runs, pattern) => runs.map((text) => found(text, pattern)).reduce((all, one) => new Set([...all].filter((part) => one.has(part))));
const sorted = (text) => text.split('\n').sort().join('\n');

/** `masked(text)` hides each key and each word that is not in all of Helm's runs. */
function masker(runs) {
  const [keys, words] = [shared(runs, PEM), shared(runs, WORD)];
  return (text) => text.replace(PEM, (key) => (keys.has(key) ? key : '*\n')).replace(WORD, (word) => (words.has(word) ? word : '*'));
}

const VIOLATION = /^ *- at '.*$/gm;
const LIST = /'[^'\n]*'(?:, '[^'\n]*')+/g;
const MISSING = /(?<=metadata is missing these dependencies: ).*/g;
const listed = (text) =>
  text
    .replace(VIOLATION, (line) => line.replace(LIST, (list) => list.split(', ').sort().join(', ')))
    .replace(MISSING, (list) => list.split(',').sort().join(','));

/**
 * How `ours` relates to what Helm printed in its `runs`: `same`, `masked` (but for chance), `ordered` (but for chance and order), or `different`.
 */
export function relation(ours, runs) {
  if (runs.includes(ours)) return 'same';
  const theirs = runs.map(listed);
  if (theirs.includes(listed(ours))) return 'ordered';
  if (new Set(theirs).size === 1) return 'different';
  const mask = masker(theirs);
  const [own, ...masked] = [listed(ours), ...theirs].map(mask);
  if (masked.includes(own)) return 'masked';
  return masked.map(sorted).includes(sorted(own)) ? 'ordered' : 'different';
}

/** The first line that differs but for chance: its number, Helm's line and ours. */
export function firstDifference(ours, runs) {
  const mask = new Set(runs).size === 1 ? (text) => text : masker(runs);
  const [a, b] = [runs[0], ours].map((text) => mask(text).split('\n'));
  const at = a.findIndex((line, index) => line !== b[index]);
  const line = at < 0 ? a.length : at;
  return { line: line + 1, helm: a[line], ours: b[line] };
}
