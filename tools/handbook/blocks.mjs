// The Kubernetes objects that the documents show: YAML blocks with `apiVersion` and `kind`. What is an example of a fault (docs/rules) is none of them.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../..');

/** The fenced blocks of a page in one language: the line of the fence, what stands behind the language, and the text. */
export function blocksOf(text, language) {
  const found = [];
  let open;
  text.split('\n').forEach((line, at) => {
    const fence = /^(`{3,}|~{3,}) *(\S*) *(.*?) *$/.exec(line);
    if (open && fence && fence[1].startsWith(open.fence) && !fence[2]) {
      if (open.language === language) found.push({ line: open.line, info: open.info, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence) open = { fence: fence[1], language: fence[2], info: fence[3], line: at + 1, lines: [] };
  });
  return found;
}

/** Every page of the repository that people read. */
export function pages() {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' }).split('\n').filter((file) => file && existsSync(join(root, file)));
  return files.filter((file) => !/^(tests|crates|docs\/rules)\//.test(file)).sort();
}

/** The objects of a page: where they stand, the block's text, and the objects in it. */
export function objectsOf(page, text) {
  const shown = blocksOf(text, 'yaml').filter(({ info, text: block }) => info === '' && /^apiVersion:/m.test(block) && /^kind:/m.test(block));
  return shown.map(({ line, text: block }) => ({ place: `${page}:${line}`, text: block, objects: parseAllDocuments(block).map((document) => document.toJS()) }));
}

export const handbookObjects = () => pages().flatMap((page) => objectsOf(page, readFileSync(join(root, page), 'utf8')));
