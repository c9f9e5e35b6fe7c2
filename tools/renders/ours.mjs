// The `chartwright` command in processes that answer again and again: `const ours = start(); await ours.ask({ dir, args }); ours.end()`.
// It is the example `loop` of crates/cli, the same code as the command; CHARTWRIGHT_LOOP names another build of it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

function one(program) {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  // It answers in the order in which it is asked.
  const waiting = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift().done(JSON.parse(line)));
  child.on('close', () => waiting.forEach(({ failed }) => failed(new Error(`${program} ended`))));
  return {
    ask: (request) =>
      new Promise((done, failed) => {
        waiting.push({ done, failed });
        child.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    end: () => child.stdin.end(),
  };
}

/** Starts so many processes, which take turns. */
export function start(processes = availableParallelism()) {
  const program = process.env.CHARTWRIGHT_LOOP ?? join(import.meta.dirname, '../../target/debug/examples/loop');
  if (!existsSync(program)) throw new Error(`${program} is not built: cargo build --package chartwright-cli --example loop`);
  const all = Array.from({ length: processes }, () => one(program));
  let next = 0;
  return { ask: (request) => all[next++ % processes].ask(request), end: () => all.forEach(({ end }) => end()) };
}
