// What is wrong with one page: links and anchors, places of the repository, `make` targets, commands and flags, values keys and values examples.
import { dirname, join, normalize } from 'node:path/posix';
import { faultsOfCommands } from './commands.mjs';
import { faultsOfValues, knows } from './values.mjs';

const withoutFences = (text) => text.replace(/^( *)(```|~~~)[\s\S]*?^\1\2 *$/gm, '');

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(text) {
  const seen = new Map();
  return new Set([...withoutFences(text).matchAll(/^#{1,6} +(.+?) *#* *$/gm)].map(([, heading]) => {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replaceAll(' ', '-');
    const count = seen.get(plain) ?? 0;
    seen.set(plain, count + 1);
    return count ? `${plain}-${count}` : plain;
  }));
}

/**
 * The faults of a page. `world` says what there is: `exists(path)`, `read(path)`, `targets` of make, `commands` and
 * `flags` of the command (of any of its commands), `programs` as commands.json has them, the `named` templates of charts, and `schemas`
 * by a chart's name. */
export function faultsOfPage(file, text, world) {
  const faults = [];
  const prose = withoutFences(text);
  for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [place, anchor] = target.split('#');
    const path = place ? normalize(join(dirname(file), place)) : file;
    if (place && !world.exists(path)) faults.push(`${file}: the link to ${target} leads nowhere`);
    else if (anchor && path.endsWith('.md') && !anchorsOf(place ? world.read(path) : text).has(anchor)) faults.push(`${file}: no heading answers the link to ${target}`);
  }
  for (const [, path] of text.matchAll(/`((?:crates|src|tools|tests|docs|charts|local-env|\.github)\/[\w./-]+)`/g)) {
    if (!world.exists(path) && !world.exists(join(dirname(file), path))) faults.push(`${file}: there is no ${path}`);
  }
  const shell = [...text.matchAll(/^```(?:sh|bash|shell) *\n([\s\S]*?)^``` *$/gm)].map(([, block]) => block).join('\n');
  for (const [, target] of [...text.matchAll(/`make ([a-z0-9-]+)/g), ...shell.matchAll(/^make (?!-)([a-z0-9-]+)/gm)]) {
    if (!world.targets.has(target)) faults.push(`${file}: there is no target for \`make ${target}\``);
  }
  for (const [, path] of shell.matchAll(/(?:^|\s)((?:charts|tools|local-env)\/[\w./-]+)/gm)) {
    if (!world.exists(path.replace(/\/$/, ''))) faults.push(`${file}: a command names ${path}, which there is not`);
  }
  const commands = [...shell.replace(/\\\n/g, ' ').matchAll(/^(chartwright .*)$/gm), ...prose.matchAll(/`(chartwright [^`\n]+)`/g)];
  for (const [, line] of commands) {
    const words = line.split(/\s[#|&;>]/)[0].split(/\s+/).slice(1);
    const name = words.find((word) => /^[a-z]/.test(word));
    if (words[0] === name && !world.commands.has(name)) faults.push(`${file}: there is no command \`chartwright ${name}\``);
    for (const [, flag] of words.map((word) => word.match(/^--([a-z][a-z-]*)/) ?? [])) {
      if (flag && !world.flags.has(flag)) faults.push(`${file}: chartwright has no flag --${flag}`);
    }
  }
  for (const line of shell.replace(/\\\n/g, ' ').split('\n')) {
    const [, chart] = /(?:^|\s)charts\/\w+\/([\w-]+)(?=\s|$)/.exec(line) ?? [];
    if (!world.schemas[chart]) continue;
    for (const [, pairs] of line.matchAll(/--set(?:-string|-literal|-file)?[ =](\S+)/g)) {
      const keys = pairs.split(',').map((pair) => pair.split('=')[0]).filter((key) => /^[\w.]+$/.test(key));
      faults.push(...keys.filter((key) => !knows(world.schemas[chart], key)).map((key) => `${file}: ${chart} has no values key ${key}`));
    }
  }
  faults.push(...faultsOfCommands(shell, world.programs).map((fault) => `${file}: ${fault}`));
  for (const [, chart, example] of text.matchAll(/^```yaml values=(\S+) *\n([\s\S]*?)^``` *$/gm)) {
    if (!world.schemas[chart]) faults.push(`${file}: there is no chart ${chart}`);
    else faults.push(...faultsOfValues(world.schemas[chart], example).map((fault) => `${file}: ${chart}: ${fault}`));
  }
  for (const [, chart, key] of prose.matchAll(/`([a-z][a-z-]*):([a-z]\w*(?:\.\w+)*)`/g)) {
    if (world.schemas[chart] && !knows(world.schemas[chart], key)) faults.push(`${file}: ${chart} has no values key ${key}`);
  }
  // A dotted key without a chart is one of some chart, if its first part is: unless it is a named template, or a group of the API. Rules speak of Kubernetes' fields.
  for (const [, key] of file.startsWith('docs/rules/') ? [] : prose.matchAll(/`([a-z]\w*(?:\.\w+)+)`/g)) {
    if (world.named.has(key) || key.endsWith('.io')) continue;
    const charts = Object.values(world.schemas).filter((schema) => Object.hasOwn(schema.properties ?? {}, key.split('.')[0]));
    if (charts.length && !charts.some((schema) => knows(schema, key))) faults.push(`${file}: no chart has a values key ${key}`);
  }
  return faults;
}

/** Alerts whose page there is not: `sources` are texts of templates by path, which name a runbook as `"runbook" "NAME"`. */
export function faultsOfRunbooks(sources, exists) {
  return Object.entries(sources).flatMap(([file, text]) => [...text.matchAll(/"alert" (?:"(\w+)"|\()[\s\S]*?"runbook" "([^"]+)"/g)]
    .filter(([, , runbook]) => !exists(`docs/runbooks/${runbook}.md`))
    .map(([, alert, runbook]) => `${file}: the alert ${alert ?? '(by objective)'} leads to docs/runbooks/${runbook}.md, which there is not`));
}
