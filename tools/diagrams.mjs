// Has Mermaid itself draw every diagram of the documents, in Chromium. Mermaid comes from the npm registry (26 MB, once) and is no dependency of anything else.
//   node tools/diagrams.mjs [FOLDER]     FOLDER: where the pictures go, as SVG
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { blocksOf, pages } from './handbook/blocks.mjs';

const VERSION = '12.3.0';
const INTEGRITY = 'sha512-4113TdXeLAsMruJ79OpFL5O8+LTFXhQqZ260rF3tgUmiNAtRm4Uume04I+65PRN6yZ69J4f8rVYWW8zRk65UYw==';
const root = join(import.meta.dirname, '..');

/** The script of Mermaid, unpacked from its package once. */
function mermaid() {
  const cache = process.env.CHARTWRIGHT_ORACLES ?? join(homedir(), '.cache/chartwright-oracles');
  const script = join(cache, `mermaid-${VERSION}.min.js`);
  if (existsSync(script)) return script;
  console.error(`==> fetching mermaid ${VERSION}`);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'mermaid-'));
  try {
    const [{ integrity, filename }] = JSON.parse(execFileSync('npm', ['pack', `mermaid@${VERSION}`, '--json', '--loglevel=error'], { cwd: work, encoding: 'utf8' }));
    if (integrity !== INTEGRITY) throw new Error(`mermaid ${VERSION} is not what it was: ${integrity}`);
    execFileSync('tar', ['-xzf', filename, 'package/dist/mermaid.min.js'], { cwd: work });
    renameSync(join(work, 'package/dist/mermaid.min.js'), script);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return script;
}

const diagrams = pages().flatMap((page) => blocksOf(readFileSync(join(root, page), 'utf8'), 'mermaid').map(({ line, text }) => ({ place: `${page}:${line}`, text })));
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const [folder] = process.argv.slice(2);
const faults = [];
try {
  const page = await browser.newPage();
  await page.addScriptTag({ path: mermaid() });
  await page.evaluate(() => globalThis.mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' }));
  /** The picture, or what Mermaid has against it. */
  const draw = (id, text) => page.evaluate(async ([name, source]) => {
    try {
      return { svg: (await globalThis.mermaid.render(name, source)).svg };
    } catch (error) {
      return { fault: String(error.message ?? error) };
    }
  }, [id, text]);
  // It judges at all.
  if (!(await draw('spoilt', 'flowchart LR\n  a --> [b')).fault) throw new Error('Mermaid drew what is no diagram');
  for (const [index, { place, text }] of diagrams.entries()) {
    const { svg, fault } = await draw(`diagram-${index}`, text);
    if (fault) faults.push(`${place}: ${fault}`);
    else if (folder) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${place.replace(/\W+/g, '-')}.svg`), svg);
    }
  }
} finally {
  await browser.close();
}
faults.forEach((fault) => console.error(fault));
console.log(`${diagrams.length} diagrams: ${faults.length ? `${faults.length} faults` : 'Mermaid draws them'}`);
process.exit(faults.length || diagrams.length === 0 ? 1 : 0);
