// Renders what a test asks for, with Helm or with ours, and sorts what came of it by template.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const isPartial = (path) => basename(path).startsWith('_');
const inTemplates = (name) => (/^(templates|charts)\/|^\*\*/.test(name) ? name : `templates/${name}`);

/** `templates/web*.yaml` as a pattern: `*` stands for any characters, `**` for at least one. */
const glob = (name) => new RegExp(`^${inTemplates(name).replace(/[.+[\]?(){}|^$\\]/g, '\\$&').replaceAll('**', '\0').replaceAll('*', '[\\w/.-]*').replaceAll('\0', '[\\w/.-]+')}$`);

/** The paths of a chart's templates that are selected, from the chart's folder; partials are always in use, and none of these. */
function selected(folder, templates, excluded) {
  const all = readdirSync(join(folder, 'templates'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .filter((path) => !isPartial(path));
  const matches = (names) => (path) => names.some((name) => glob(name).test(path));
  return { all, chosen: all.filter(matches(templates)).filter((path) => !matches(excluded)(path)).sort() };
}

/**
 * Lays a chart with nothing but a suite's templates: only those are rendered, so that another one's failure is not seen.
 * Gives its path in the place, its name, and the names of its templates.
 */
export function layVariant(place, { chart, templates, excluded }, number) {
  const folder = `variants/${number}/${basename(chart)}`;
  const { all, chosen } = selected(join(place.path, chart), templates, excluded);
  if (!existsSync(join(place.path, folder))) {
    cpSync(join(place.path, chart), join(place.path, folder), { recursive: true });
    for (const path of all) if (!chosen.includes(path)) rmSync(join(place.path, folder, path));
  }
  const { name } = parse(readFileSync(join(place.path, chart, 'Chart.yaml'), 'utf8'));
  return { folder, chart: name, templates: chosen.map((path) => `${name}/${path}`) };
}

/** The arguments of a test's render. */
export function argumentsOf(place, variant, test, number) {
  const { majorVersion, minorVersion, apiVersions } = test.capabilities;
  return ['template', test.release.name, variant.folder, '--namespace', test.release.namespace,
    ...(test.release.upgrade ? ['--is-upgrade'] : []),
    ...(majorVersion === undefined ? [] : ['--kube-version', `v${majorVersion}.${minorVersion}.0`]),
    ...apiVersions.flatMap((version) => ['--api-versions', version]),
    ...test.valuesFiles.flatMap((file) => ['--values', file]),
    '--values', place.write(`set/${number}.yaml`, JSON.stringify(test.values))];
}

/** The documents that each template made. */
function documents(stdout, variant) {
  const found = new Map(variant.templates.map((name) => [name, []]));
  for (const part of stdout.split(/^---\n# Source: /m).slice(1)) {
    const end = part.indexOf('\n');
    const [parsed] = parseAllDocuments(part.slice(end + 1), { logLevel: 'silent' });
    const object = parsed?.toJS();
    if (object && Object.keys(object).length > 0) found.set(part.slice(0, end), [...(found.get(part.slice(0, end)) ?? []), object]);
  }
  return found;
}

/** Where and with which words a template failed: helm-unittest keeps the words after the place, or all lines after the first. */
function failureOf(stderr) {
  const message = stderr.replace(/^Error: /, '').replace(/\n+Use --debug flag to render out invalid YAML\s*$/, '').trimEnd();
  const [, template, words] = /^execution error at \((.+?):\d+:\d+\): ([^]*)$/.exec(message) ?? [];
  if (template === undefined) return { message };
  const lines = words.indexOf('\n');
  return { template, message: lines < 0 ? words : words.slice(lines + 1) };
}

/** The text of NOTES.txt: Helm prints it after an install only, ours by a command of its own. */
async function notes(renderer, dir, args) {
  const asked = renderer.notes(args);
  const { stdout, stderr, exit } = await renderer.ask({ dir, args: asked.args });
  if (exit !== 0) throw new Error(`NOTES.txt: ${stderr}`);
  return asked.from(stdout);
}

/**
 * What a renderer makes: `documents` by template, or the `failure`. `renderer.ask({ dir, args })` runs the command.
 */
export async function render(renderer, place, variant, test, number) {
  const args = argumentsOf(place, variant, test, number);
  const { stdout, stderr, exit } = await renderer.ask({ dir: place.path, args });
  if (exit !== 0) return { documents: new Map(), failure: failureOf(stderr) };
  const found = documents(stdout, variant);
  for (const name of variant.templates.filter((path) => path.endsWith('.txt'))) found.set(name, [{ raw: await notes(renderer, place.path, args) }]);
  return { documents: found };
}

export { glob, inTemplates };
