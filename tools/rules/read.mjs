// Reads the rules of the checks out of their files: what stands in the `//!` docs, and the metadata below. There is no second source of them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const folder = 'crates/lint/src/rules';

/** The sections that each rule's docs have, in their order. */
const SECTIONS = { checks: 'What it checks', why: 'Why it matters', example: 'Example', cured: 'Cure' };

/** The docs at the head of a Rust file, without their marks. */
export function docsOf(source) {
  const lines = source.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//!'));
  return lines.slice(0, end === -1 ? lines.length : end).map((line) => line.replace(/^\/\/! ?/, ''));
}

/** The text below each heading of some docs. What stands within a fence is no heading. */
export function sectionsOf(lines) {
  const sections = { '': [] };
  let open = '';
  let fenced = false;
  for (const line of lines) {
    if (line.startsWith('```')) fenced = !fenced;
    const heading = fenced ? null : /^# (.+)$/.exec(line);
    if (heading) sections[(open = heading[1])] = [];
    else sections[open].push(line);
  }
  return Object.fromEntries(Object.entries(sections).map(([name, body]) => [name, body.join('\n').trim()]));
}

/** The texts of a Rust list of strings. */
const texts = (list) => [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => JSON.parse(`"${text}"`));

/** A rule, read from its file. */
export function ruleOf(source, file) {
  const field = (name, shape) => {
    const found = new RegExp(`^    ${name}: ${shape},$`, 'ms').exec(source);
    if (!found) throw new Error(`${file}: no ${name}`);
    return found[1];
  };
  const sections = sectionsOf(docsOf(source));
  const opening = /^`([^`]+)`: ([\s\S]+)\.$/.exec(sections['']);
  const id = field('id', '"([^"]+)"');
  if (opening?.[1] !== id) throw new Error(`${file}: its docs do not open with \`${id}\`: …`);
  const rule = {
    id,
    title: opening[2].replaceAll('\n', ' '),
    severity: field('severity', 'Severity::(\\w+)').toLowerCase(),
    byDefault: field('by_default', '(true|false)') === 'true',
    group: field('group', '"([^"]+)"'),
    aliases: texts(field('aliases', '&\\[(.*?)\\]')),
    file: `${folder}/${file}`,
  };
  for (const [name, heading] of Object.entries(SECTIONS)) {
    if (!sections[heading]) throw new Error(`${file}: no section ${heading}`);
    rule[name] = sections[heading];
  }
  return rule;
}

/** All rules, in the order of the table in mod.rs. */
export function readRules() {
  const table = readFileSync(join(root, folder, 'mod.rs'), 'utf8');
  const rows = /^pub static RULES: &\[&Rule\] = &\[\n(.*?)^\];/ms.exec(table);
  if (!rows) throw new Error(`${folder}/mod.rs: no table of rules`);
  return [...rows[1].matchAll(/&([a-z_0-9:]+)::RULE\b/g)].map(([, path]) => {
    const file = `${path.replaceAll('::', '/')}.rs`;
    return ruleOf(readFileSync(join(root, folder, file), 'utf8'), file);
  });
}
