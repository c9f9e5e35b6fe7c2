// The GitHub Action and the pre-commit hook, with a stub for the command: what they ask of it, and what comes of its exit code.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

/** A command that writes down what it is asked, and ends as it is told. */
function stub(status) {
  const place = mkdtempSync(join(tmpdir(), 'chartwright-action-'));
  const program = join(place, 'chartwright');
  writeFileSync(program, `#!/bin/sh\necho "$@" >>'${place}/asked'\ncase "$*" in *'--fail-on never'*) echo '{}';; *) exit ${status};; esac\n`);
  chmodSync(program, 0o755);
  return { place, program, asked: () => readFileSync(join(place, 'asked'), 'utf8').trim().split('\n') };
}

function run(status, paths, args) {
  const { place, program, asked } = stub(status);
  const output = join(place, 'output');
  const ended = spawnSync(join(root, 'tools/action.sh'), { encoding: 'utf8', env: { ...process.env, CHARTWRIGHT: program, SARIF: join(place, 'report'), GITHUB_OUTPUT: output, LINT_PATHS: paths, LINT_ARGS: args } });
  return { status: ended.status, asked: asked(), output: existsSync(output) ? readFileSync(output, 'utf8') : '', report: join(place, 'report') };
}

test('it lints for the log, the lines and code scanning, and fails as the command does', () => {
  for (const status of [0, 1]) {
    const { asked, output, report, ...ended } = run(status, 'charts deploy/a.yaml\n', '--profile restricted');
    assert.equal(ended.status, status);
    assert.deepEqual(asked, ['text', 'github --fail-on never', 'sarif --fail-on never'].map((format) => `lint --profile restricted --format ${format} -- charts deploy/a.yaml`));
    assert.equal(output, `sarif=${report}\n`);
    assert.equal(readFileSync(report, 'utf8'), '{}\n');
  }
});

test('what cannot be read has no report', () => {
  const { status, asked, output } = run(2, '.', '');
  assert.deepEqual([status, asked, output], [2, ['lint --format text -- .'], '']);
});

test('each input and each step that it speaks of is there', () => {
  const text = readFileSync(join(root, 'action.yml'), 'utf8');
  const said = (what) => [...text.matchAll(new RegExp(`\\b${what}\\.([a-z-]+)`, 'g'))].map(([, name]) => name);
  assert.deepEqual([...new Set(said('inputs'))].filter((name) => !(name in action.inputs)), []);
  const ids = action.runs.steps.map(({ id }) => id);
  assert.deepEqual([...new Set(said('steps'))].filter((name) => !ids.includes(name)), []);
});

test('the hook builds the command once and hands its arguments on', () => {
  const { place, asked, program } = stub(1);
  mkdirSync(join(place, 'repository/tools'), { recursive: true });
  cpSync(join(root, 'tools/pre-commit.sh'), join(place, 'repository/tools/pre-commit.sh'));
  const bin = join(place, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'cargo'), `#!/bin/sh\necho "$@" >>'${place}/asked'\nmkdir -p target/pre-commit/bin\ncp '${program}' target/pre-commit/bin/\n`);
  chmodSync(join(bin, 'cargo'), 0o755);
  const hook = () => spawnSync(join(place, 'repository/tools/pre-commit.sh'), ['.'], { env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } }).status;
  assert.deepEqual([hook(), hook()], [1, 1]);
  const built = asked().filter((line) => line.startsWith('install'));
  assert.deepEqual([built.length, asked().filter((line) => line === 'lint .').length], [1, 2]);
  assert.match(built[0], /--path crates\/cli --root .*\/repository\/target\/pre-commit$/);
});

test('hooks name what is there', () => {
  const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));
  for (const { entry, language, files } of hooks) {
    assert.ok(language === 'system' || existsSync(join(root, entry)), entry);
    for (const path of ['charts/a/values.yaml', 'charts/a/templates/_x.tpl', 'a/values.schema.json']) assert.match(path, new RegExp(files));
  }
});
