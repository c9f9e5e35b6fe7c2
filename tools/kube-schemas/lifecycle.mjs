// When a kind was deprecated and removed, and what is served by default.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `group/version/kind` → { deprecated, removed, replacement }, as k8s.io/api says in functions of the types. */
export function lifecycles(folder) {
  const found = new Map();
  for (const group of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const version of readdirSync(join(folder, group.name)).filter((name) => /^v\d/.test(name))) {
      const directory = join(folder, group.name, version);
      const files = readdirSync(directory).filter((name) => name.endsWith('lifecycle.go'));
      if (!files.length) continue;
      const register = readFileSync(join(directory, 'register.go'), 'utf8');
      const groupName = /const GroupName = "([^"]*)"/.exec(register)?.[1] ?? '';
      const text = files.map((file) => readFileSync(join(directory, file), 'utf8')).join('\n');
      for (const [kind, says] of functions(text)) {
        if (!kind.endsWith('List')) found.set(`${groupName}/${version}/${kind}`, says);
      }
    }
  }
  return found;
}

function functions(text) {
  const kinds = new Map();
  for (const [, kind, what, body] of text.matchAll(/func \(in \*(\w+)\) APILifecycle(\w+)\(\) .*\{\n\treturn (.*)\n\}/g)) {
    const says = kinds.get(kind) ?? {};
    const minor = /^1, (\d+)$/.exec(body);
    const instead = /Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"/.exec(body);
    if (what === 'Deprecated' && minor) says.deprecated = Number(minor[1]);
    if (what === 'Removed' && minor) says.removed = Number(minor[1]);
    if (what === 'Replacement' && instead) says.replacement = `${instead[1] && `${instead[1]}/`}${instead[2]} ${instead[3]}`;
    kinds.set(kind, says);
  }
  return kinds;
}

/** The beta resources that a release serves without being asked: `flowcontrol/v1beta1/flowschemas`, by the group's name in Go. */
export function legacyBetas(instance) {
  const block = /legacyBetaEnabledByDefaultResources = \[\]schema\.GroupVersionResource\{([\s\S]*?)\n\t\}/.exec(instance)?.[1] ?? '';
  const rows = block.matchAll(/^\s*(\w+?)(?:api)?(v\d\w*)\.SchemeGroupVersion\.WithResource\("(\w+)"\)/gm);
  return new Set([...rows].map(([, group, version, resource]) => `${group}/${version}/${resource}`));
}

/** Whether a release serves a kind without being asked: what is stable, and betas that were on before that changed. */
export function isOn(betas, gvk, plural) {
  const [group, version] = gvk.split('/');
  if (/^v\d+$/.test(version)) return true;
  return betas.has(`${group.split('.')[0]}/${version}/${plural}`);
}
