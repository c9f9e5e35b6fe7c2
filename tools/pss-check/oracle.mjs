// Kubernetes' own Pod Security module, asked through tools/pss-oracle.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of its source. */
export const SOURCE = join(import.meta.dirname, '../pss-oracle');

/** What a program that reads an object a line says of objects, in their order. */
export function ask(program, first, last, objects) {
  const input = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
  const lines = execFileSync(program, [first, last], { input, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'inherit'] }).trimEnd().split('\n');
  if (lines.length !== objects.length) throw new Error(`${program} answered ${lines.length} of ${objects.length} objects`);
  return lines.map((line) => JSON.parse(line));
}

/** Builds the oracle (needs Go). What comes back takes objects and gives their verdicts in the minor versions from `first` to `last`. */
export function startOracle(first, last) {
  const work = mkdtempSync(join(tmpdir(), 'pss-oracle-'));
  process.on('exit', () => rmSync(work, { recursive: true, force: true }));
  const program = join(work, 'pss-oracle');
  execFileSync('go', ['build', '-buildvcs=false', '-o', program, '.'], { cwd: SOURCE, stdio: 'inherit' });
  return (objects) => ask(program, first, last, objects);
}
