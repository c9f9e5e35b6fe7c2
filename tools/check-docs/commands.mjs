// What is wrong with the commands of kubectl and Helm in a shell block: subcommands and flags that those programs do not have (commands.json, written by record.mjs).

/** The words of a line up to where another command begins; quoted ones without their quotes. */
function words(line) {
  const found = [];
  for (const [word] of line.matchAll(/(?:[^\s"'|;&<>]|"[^"]*"|'[^']*'|\\.)+|[|;&<>]+/g)) {
    if (/^[|;&]/.test(word)) break;
    found.push(word);
  }
  return found;
}

/** The commands of a block: joined lines, without comments and what is assigned before them; what stands behind a pipe is one of its own. */
function* commands(shell) {
  for (const line of shell.replace(/\\\n\s*/g, ' ').split('\n')) {
    let rest = line;
    for (let at = 0; rest; at = rest.search(/[|;&]/) + 1, rest = at ? rest.slice(at).replace(/^[|;&]+/, '') : '') {
      const all = words(rest.replace(/\s#.*$/, ''));
      while (/^\w+=/.test(all[0] ?? '')) all.shift();
      if (all.length) yield all;
      // A quoted pipe is none: the rest of such a line is left.
      if (/["'][^"']*[|;&][^"']*["']/.test(rest)) break;
    }
  }
}

/** The faults of a shell block; `table` has the flags of each command by its words, those of all commands by the program's name. */
export function faultsOfCommands(shell, table) {
  const faults = [];
  for (const [program, ...rest] of commands(shell)) {
    if (!Object.hasOwn(table, program)) continue;
    let path = program;
    for (const word of rest) {
      if (!Object.hasOwn(table, `${path} ${word}`)) break;
      path = `${path} ${word}`;
    }
    if (path === program && rest.some((word) => !word.startsWith('-'))) {
      faults.push(`there is no command \`${program} ${rest.find((word) => !word.startsWith('-'))}\``);
      continue;
    }
    const known = new Set([...table[program].split(' '), ...table[path].split(' ')]);
    for (const word of rest) {
      if (word === '--') break;
      const [flag] = /^(--[a-z][a-z0-9-]*|-[A-Za-z])/.exec(word) ?? [];
      if (flag && !known.has(flag)) faults.push(`\`${path}\` has no flag ${flag}`);
    }
  }
  return faults;
}
