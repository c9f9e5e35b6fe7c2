#!/usr/bin/env node
// Writes commands.json beside it: the commands of kubectl and Helm with their flags, as their own help tells them (kubectl on the PATH, and Go for Helm).
//   node tools/check-docs/record.mjs
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const helm = join(execFileSync(join(import.meta.dirname, '../oracles.sh'), ['helm4'], { encoding: 'utf8' }).trim(), 'helm4');
const say = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** The flags that a help text lists: `name` and, where there is one, the letter before it. */
const flagsOf = (text) => [...text.matchAll(/^ {2,}(?:-(\w), )?--([a-z][a-z0-9-]*)/gm)].flatMap(([, letter, name]) => (letter ? [`-${letter}`, `--${name}`] : [`--${name}`]));

/** The commands below one: what stands indented by two spaces under a heading that ends in `Commands:` or the like. */
const commandsOf = (text) => [...text.matchAll(/^[^\n]*[Cc]ommands[^\n]*:\n((?: {2}[a-z][\w-]* .*\n?)+)/gm)].flatMap(([, block]) => [...block.matchAll(/^ {2}([a-z][\w-]*) /gm)].map((m) => m[1]));

const table = {};
function read(program, path) {
  const text = say(program, ...path.slice(1), '--help');
  const aliases = /^Aliases:\n(.*)/m.exec(text)?.[1].trim().split(/, */) ?? [];
  for (const name of new Set([path.at(-1), ...aliases])) table[[...path.slice(0, -1), name].join(' ')] = [...new Set(flagsOf(text))].sort().join(' ');
  const below = commandsOf(text).filter((name) => !['help', 'completion', 'plugin', 'options', 'alpha', 'kustomize'].includes(name));
  for (const name of path.length < 4 ? below : []) read(program, [...path, name]);
}

read('kubectl', ['kubectl']);
table.kubectl = flagsOf(say('kubectl', 'options')).sort().join(' ');
read(helm, ['helm']);
// What stands at the program stands at each of its commands.
const shared = Object.fromEntries(['kubectl', 'helm'].map((program) => [program, new Set(table[program].split(' '))]));
for (const path of Object.keys(table)) if (path.includes(' ')) table[path] = table[path].split(' ').filter((flag) => !shared[path.split(' ')[0]].has(flag)).join(' ');
const lines = Object.keys(table).sort().map((path) => `${JSON.stringify(path)}: ${JSON.stringify(table[path])}`);
writeFileSync(join(import.meta.dirname, 'commands.json'), `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} commands of ${say('kubectl', 'version', '--client').split('\n')[0].split(' ').at(-1)} and ${say(helm, 'version', '--short').trim()}`);
