// Asks helm-oracle from Node: `const oracle = start(4); const { stdout, stderr, exit } = await oracle.ask({ chart, values: [text] }); oracle.end()`.
// The fields of requests and answers are those of request.go.
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts Helm 3 or 4; `options` are further flags of helm-oracle, such as `-workers`, `2`. The first start builds it, which needs Go. */
export function start(major = 4, options = []) {
  const [command, loop] = execFileSync(join(import.meta.dirname, 'build.sh'), [String(major)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim().split(' ');
  const child = spawn(command, [...options, loop], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map();
  let next = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, ...answer } = JSON.parse(line);
    const { done, failed } = waiting.get(id);
    waiting.delete(id);
    if (answer.error === undefined) done(answer);
    else failed(new Error(`helm-oracle: ${answer.error}`));
  });
  child.on('close', () => waiting.forEach(({ failed }) => failed(new Error('helm-oracle ended'))));
  return {
    ask: (request) =>
      new Promise((done, failed) => {
        waiting.set(++next, { done, failed });
        child.stdin.write(`${JSON.stringify({ ...request, id: next })}\n`);
      }),
    end: () => child.stdin.end(),
  };
}
