// Writes docs/rules/ from the rules' own files: a page a rule, and a table of all.
//   node tools/rules.mjs            writes them
//   node tools/rules.mjs --check    says which are out of date
// What the app loads of them is written by tools/bundle-assets.mjs.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRules, root } from './rules/read.mjs';
import { index, page } from './rules/write.mjs';

const folder = 'docs/rules';
/** Written by hand, or by another tool. */
const OTHERS = new Set(['noise.md']);

const rules = readRules();
const wanted = new Map([['README.md', index(rules)], ...rules.map((rule) => [`${rule.id}.md`, page(rule)])]);
mkdirSync(join(root, folder), { recursive: true });
const present = readdirSync(join(root, folder)).filter((name) => !OTHERS.has(name));
const stale = [...wanted].filter(([name, text]) => !present.includes(name) || readFileSync(join(root, folder, name), 'utf8') !== text);
const gone = present.filter((name) => !wanted.has(name));

if (stale.length + gone.length === 0) console.log(`${folder} is up to date: ${rules.length} rules`);
else if (process.argv.includes('--check')) {
  for (const name of [...stale.map(([name]) => name), ...gone]) console.error(`${folder}/${name} is out of date: node tools/rules.mjs`);
  process.exitCode = 1;
} else {
  for (const [name, text] of stale) writeFileSync(join(root, folder, name), text);
  for (const name of gone) rmSync(join(root, folder, name));
  console.log(`wrote ${stale.length} and removed ${gone.length} of ${folder}`);
}
