// Whether our answer is one that Helm gives. Helm's answer may hold chance (keys, passwords, times, the order of maps): several of its runs
// tell which words those are, and they are masked; where they differ in order, lines are compared as a sorted set.

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

/**
 * How `ours` relates to what Helm printed in its `runs`: `same`, `masked` (but for chance), `ordered` (but for chance and order), or `different`.
 */
export function relation(ours, runs) {
  if (runs.includes(ours)) return 'same';
  if (new Set(runs).size === 1) return 'different';
  const mask = masker(runs);
  const masked = runs.map(mask);
  if (masked.includes(mask(ours))) return 'masked';
  return masked.map(sorted).includes(sorted(mask(ours))) ? 'ordered' : 'different';
}

/** The first line that differs: its number, Helm's line and ours. */
export function firstDifference(ours, helm) {
  const [a, b] = [helm.split('\n'), ours.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  const line = at < 0 ? a.length : at;
  return { line: line + 1, helm: a[line], ours: b[line] };
}
