// Changes of an object: a value at a JSON pointer, null to leave it out.

/** A copy of an object with each pointer of a change set. */
export function changed(object, change) {
  const copy = structuredClone(object);
  for (const [pointer, value] of Object.entries(change)) {
    const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = steps.pop();
    const parent = steps.reduce((node, step) => (node[step] ??= {}), copy);
    if (value === null) delete parent[last];
    else parent[last] = value;
  }
  return copy;
}
