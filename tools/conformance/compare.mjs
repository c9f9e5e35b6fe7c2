// Whether our answer is one that Helm gives. Helm's answer may hold chance (keys, passwords, times, the order of maps): several of its runs
// tell which words those are, and they are masked; where they differ in order, lines are compared as a sorted set.

const WORD = /[\p{L}\p{N}+/=_.$@:-]+/gu;
const words = (text) => new Set(text.match(WORD));
const sorted = (text) => text.split('\n').sort().join('\n');

/** `masked(text)` hides each word that is not in all of Helm's runs. */
function masker(runs) {
  const steady = runs.map(words).reduce((all, one) => all.intersection?.(one) ?? new Set([...all].filter((word) => one.has(word))));
  return (text) => text.replace(WORD, (word) => (steady.has(word) ? word : '*'));
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
