// Puts a case to real Helm and to the command, and compares.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { start } from '../helm-oracle/client.mjs';

/** How long ours may take over a case, in milliseconds: what never ends is a find. */
const PATIENCE = 10_000;

/** An address in Go's memory. */
const ADDRESS = /\b0x[0-9a-f]{9,12}\b/;

/** How often Helm is asked again whether it answers by chance. */
const TRIES = 25;

/** The command in one process, which is replaced when it dies or hangs. */
function ours(program, helm) {
  let child, lines, waiting;
  const begin = () => {
    child = spawn(program, { stdio: ['pipe', 'pipe', 'pipe'] });
    const said = [];
    child.stderr.on('data', (data) => said.push(data));
    lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => waiting?.(JSON.parse(line)));
    child.on('close', (code, signal) => {
      const end = waiting;
      begin();
      end?.({ stdout: '', stderr: Buffer.concat(said).toString(), exit: code, crashed: signal ?? `exit ${code}` });
    });
  };
  begin();
  return {
    ask: (dir, args) =>
      new Promise((done) => {
        const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
        waiting = (answer) => {
          clearTimeout(timer);
          waiting = undefined;
          done(answer);
        };
        child.stdin.write(`${JSON.stringify({ dir, args: ['--helm', String(helm), ...args] })}\n`);
      }),
    end: () => {
      child.removeAllListeners('close');
      child.kill();
    },
  };
}

/** What only tells of Helm's own doings. */
const DEBUG = /^level=DEBUG/;

/** Lines in no order, without those of debugging. Helm lists charts by chance, and ends what it says of a chart's schema without a line break. */
const lines = (text) => text.replace(/(?<=.)(main|sub|other): *$/gm, '\n$1:').split('\n').filter((line) => line !== '' && !DEBUG.test(line)).sort().join('\n');

/** What stands on stdout. After an error Helm prints the files in the order of a Go map, and cuts off the space at the end of the last one. */
const documents = ({ stdout, exit }) => (exit === 0 ? stdout : stdout.split(/^(?=---\n# Source: )/m).map((text) => text.trimEnd()).sort().join('\n'));

/** Both, to be asked about cases. */
export function judges(program, helm) {
  const place = mkdtempSync(join(tmpdir(), 'fuzz-helm-'));
  const oracle = start(helm, ['-timeout', '20s', '-memory', '4096']);
  const own = ours(program, helm);
  let turn = 0;
  const lay = ({ name, files, inputs }) => {
    // A new folder each time: files of the last case must not stay.
    const dir = join(place, String(turn++));
    const write = (path, text) => {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    };
    Object.entries(files).forEach(([path, text]) => write(join(name, path), text));
    Object.entries(inputs).forEach(([path, text]) => write(path, text));
    return dir;
  };
  /** What differs: `{ what, helm, ours }`, or nothing. */
  const compare = async (one) => {
    const dir = lay(one);
    // What Helm 3 tells then holds the time, and places in its own source.
    const args = ['template', 'rel', one.name, ...one.args.filter((arg) => helm === '4' || arg !== '--debug')];
    const ask = async () => {
      const { stdout, stderr, exit, crashed, stdoutBase64, stderrBase64 } = await oracle.ask({ dir, args });
      const text = (plain, coded) => (coded ? Buffer.from(coded, 'base64').toString() : plain);
      return { stdout: text(stdout, stdoutBase64), stderr: text(stderr, stderrBase64), exit, crashed };
    };
    const same = (a, b) => documents(a) === documents(b) && a.exit === b.exit && lines(a.stderr) === lines(b.stderr);
    try {
      const [first, mine] = await Promise.all([ask(), own.ask(dir, args)]);
      if (mine.crashed) return { what: 'ours crashes', helm: first, ours: mine };
      if (first.crashed || same(first, mine)) return undefined;
      // What a pointer prints as is a known difference.
      if (ADDRESS.test(first.stdout + first.stderr)) return undefined;
      // What Helm says by chance is right if it can be ours.
      for (let i = 0, told = new Set([JSON.stringify(first)]); i < (told.size > 1 ? TRIES : 4); i++) {
        const again = await ask();
        told.add(JSON.stringify(again));
        if (same(again, mine)) return undefined;
      }
      const what = first.exit !== mine.exit ? 'exit code' : first.stdout !== mine.stdout ? 'stdout' : 'stderr';
      return { what, helm: first, ours: mine };
    } finally {
      rmSync(dir, { recursive: true });
    }
  };
  return {
    compare,
    end: () => {
      oracle.end();
      own.end();
      rmSync(place, { recursive: true, force: true });
    },
  };
}
