// Checks the promises of the documents: relative links lead to files, places of the repository that are named are there, and `make` targets exist.
import { readFileSync, existsSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join, normalize } from 'node:path';

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split('\n').filter((f) => f && existsSync(f));
const targets = new Set(['Makefile', 'local-env/Makefile'].flatMap((makefile) => [...readFileSync(makefile, 'utf8').matchAll(/^([a-z0-9-]+):/gm)].map((m) => m[1])));
const faults = [];

for (const file of tracked.filter((f) => f.endsWith('.md') && !f.startsWith('tests/') && !f.startsWith('crates/'))) {
  const text = readFileSync(file, 'utf8');
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target) || target.startsWith('#')) continue;
    const path = normalize(join(dirname(file), target.split('#')[0]));
    if (!existsSync(path)) faults.push(`${file}: the link to ${target} leads nowhere`);
  }
  for (const [, path] of text.matchAll(/`((?:crates|src|tools|tests|docs|charts|local-env|\.github)\/[\w./-]+)`/g)) {
    if (!existsSync(path) && !existsSync(join(dirname(file), path))) faults.push(`${file}: there is no ${path}`);
  }
  for (const [, target] of text.matchAll(/`make ([a-z0-9-]+)/g)) {
    if (!targets.has(target)) faults.push(`${file}: there is no target for \`make ${target}\``);
  }
}
for (const file of ['README.md', 'ARCHITECTURE.md', 'COMPATIBILITY.md', 'CONTRIBUTING.md', 'LICENSE']) {
  if (!existsSync(file)) faults.push(`${file} is missing`);
}
faults.forEach((fault) => console.error(fault));
console.log(faults.length ? `${faults.length} faults` : 'the documents keep their promises');
process.exit(faults.length ? 1 : 0);
