// Makes a failing case small, as long as it still differs in the same way.

/** How many smaller cases are tried. */
const MOST = 400;

/** Cuts of a text, from large to small: lines, actions, what stands in parentheses, runs of letters. */
function* cuts(text) {
  const lines = text.split('\n');
  for (let size = lines.length; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < lines.length; at += size) yield [...lines.slice(0, at), ...lines.slice(at + size)].join('\n');
  }
  for (const { 0: action, index } of text.matchAll(/\{\{.*?\}\}/gs)) yield text.slice(0, index) + text.slice(index + action.length);
  const opened = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') opened.push(at);
    if (text[at] === ')' && opened.length > 0) {
      const from = opened.pop();
      for (const put of ['1', '"a"', 'nil', '$', text.slice(from + 1, at)]) yield text.slice(0, from) + put + text.slice(at + 1);
    }
  }
  for (const { 0: part, index } of text.matchAll(/ \| [^|{}()]+(?=[ )}])/g)) yield text.slice(0, index) + text.slice(index + part.length);
  for (const { 0: part, index } of text.matchAll(/(?<=\{\{-? )[^|{}()]+ \| /g)) yield text.slice(0, index) + text.slice(index + part.length);
  for (const { 0: word, index } of text.matchAll(/ ?[^\s{}()|]+/g)) if (text.length < 2000) yield text.slice(0, index) + text.slice(index + word.length);
}

function* smaller(one) {
  for (const [part, keep] of [['files', 'Chart.yaml'], ['inputs', '']]) {
    const paths = Object.keys(one[part]);
    const folders = new Set(paths.flatMap((path) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1))));
    for (const group of [...[...folders].map((folder) => paths.filter((path) => path.startsWith(folder))), ...paths.map((path) => [path])]) {
      if (!group.includes(keep)) yield { ...one, [part]: Object.fromEntries(Object.entries(one[part]).filter(([path]) => !group.includes(path))) };
    }
  }
  for (let at = 0; at < one.args.length; at++) for (const size of [2, 1]) yield { ...one, args: one.args.toSpliced(at, size) };
  for (const part of ['files', 'inputs']) {
    for (const [path, text] of Object.entries(one[part])) {
      for (const cut of cuts(text)) if (cut.length < text.length) yield { ...one, [part]: { ...one[part], [path]: cut } };
    }
  }
}

/** The smallest case found for which `differs` still gives the same `what`. */
export async function shrink(one, found, differs) {
  let left = MOST;
  for (let progress = true; progress && left > 0; ) {
    progress = false;
    for (const candidate of smaller(one)) {
      if (left-- <= 0) break;
      const again = await differs(candidate);
      // The same exit codes, so that one difference does not turn into another.
      if (again?.what === found.what && again.helm.exit === found.helm.exit && again.ours.exit === found.ours.exit) {
        [one, found, progress] = [candidate, again, true];
        break;
      }
    }
  }
  return { one, found };
}
