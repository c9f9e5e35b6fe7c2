// Where objects are created: `apps/v1 Deployment` → `/apis/apps/v1/namespaces/default/deployments`.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The paths of the built-in kinds, and of those that CustomResourceDefinitions define. */
export function paths(definitions = []) {
  const found = new Map();
  for (const { spec: { group, names, scope, versions } } of definitions) {
    for (const { name } of versions) found.set(`${group}/${name} ${names.kind}`, `/apis/${group}/${name}${scope === 'Namespaced' ? '/namespaces/default' : ''}/${names.plural}`);
  }
  let groupVersion;
  for (const line of readFileSync(join(import.meta.dirname, '../../crates/kube/data/kubernetes.txt'), 'utf8').split('\n')) {
    const [what, name, , plural, scope] = line.split(' ');
    if (what === 'G') groupVersion = name;
    if (what !== 'K' || plural === '-') continue;
    const root = groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
    found.set(`${groupVersion} ${name}`, `${root}${scope === 'N' ? '/namespaces/default' : ''}/${plural}`);
  }
  return found;
}
