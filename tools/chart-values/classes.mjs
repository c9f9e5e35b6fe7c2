// Reads the table of storage classes: a list of flat maps with lists in brackets, so that no YAML library is needed.
import { readFileSync } from 'node:fs';

export function storageClasses(file) {
  const classes = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, dash, key, value] = /^(- |  )([A-Za-z]+): (.*)$/.exec(line) ?? [];
    if (!key) continue;
    if (dash === '- ') classes.push({});
    classes.at(-1)[key] = value.startsWith('[') ? value.slice(1, -1).split(', ') : value;
  }
  return classes;
}
