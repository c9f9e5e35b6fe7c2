// Checks the promises of the documents: links and anchors lead somewhere, places of the repository that are named are there, `make` targets, commands and flags (of
// `chartwright`, kubectl and Helm) exist, values keys and examples fit their chart's schema, and each alert's runbook is there. CONTRIBUTING.md says how a page marks keys and examples.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { faultsOfPage, faultsOfRunbooks } from './check-docs/page.mjs';

const PICTURE = 200_000;
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split('\n').filter((f) => f && existsSync(f));
const read = (path) => readFileSync(path, 'utf8');
const targets = new Set(['Makefile', 'local-env/Makefile'].flatMap((makefile) => [...read(makefile).matchAll(/^([a-z0-9-]+):/gm)].map((m) => m[1])));
const schemas = Object.fromEntries(tracked.filter((f) => /^charts\/[^/]+\/[^/]+\/values\.schema\.json$/.test(f)).map((f) => [basename(dirname(f)), JSON.parse(read(f))]));
const sources = tracked.filter((f) => /^crates\/cli\/src\/.*\.rs$/.test(f)).map(read).join('\n');
const commands = new Set([...read('crates/cli/src/lib.rs').matchAll(/Some\(("[^)]*")\) =>/g)].flatMap(([, names]) => [...names.matchAll(/"([a-z]+)"/g)].map((m) => m[1])));
const flags = new Set(['helm', 'help', 'version', ...[...sources.matchAll(/\b(?:flag|lettered|idle)\("([a-z-]+)"|\bname: "([a-z-]+)"/g)].map((m) => m[1] ?? m[2])]);
const programs = JSON.parse(read('tools/check-docs/commands.json'));
const pages = tracked.filter((f) => f.endsWith('.md') && !f.startsWith('tests/') && !f.startsWith('crates/'));
const templates = tracked.filter((f) => /^charts\/.*\/templates\/.*\.(tpl|yaml)$/.test(f));
const named = new Set(templates.flatMap((f) => [...read(f).matchAll(/\{\{-? *define "([^"]+)"/g)].map((m) => m[1])));

const faults = pages.flatMap((file) => faultsOfPage(file, read(file), { exists: existsSync, read, targets, commands, flags, programs, named, schemas }));
faults.push(...faultsOfRunbooks(Object.fromEntries(templates.map((f) => [f, read(f)])), existsSync));
// Pictures are small, and none lies there that no page shows.
const shown = pages.map(read).join('\n');
for (const picture of tracked.filter((f) => /^docs\/.*\.png$/.test(f))) {
  if (statSync(picture).size > PICTURE) faults.push(`${picture} has more than ${PICTURE} bytes: make screenshots`);
  if (!shown.includes(`${basename(dirname(picture))}/${basename(picture)})`)) faults.push(`${picture} is shown by no page`);
}
for (const file of ['README.md', 'ARCHITECTURE.md', 'COMPATIBILITY.md', 'CONTRIBUTING.md', 'LICENSE']) {
  if (!existsSync(file)) faults.push(`${file} is missing`);
}
faults.forEach((fault) => console.error(fault));
console.log(faults.length ? `${faults.length} faults` : 'the documents keep their promises');
process.exit(faults.length ? 1 : 0);
