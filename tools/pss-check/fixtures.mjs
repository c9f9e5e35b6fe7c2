// The pods that k8s.io/pod-security-admission tests itself with, read from its module.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SOURCE } from './oracle.mjs';

/** The module's folder `test/testdata`, in the version that the oracle is built with. */
export function testdata() {
  const { Dir } = JSON.parse(execFileSync('go', ['mod', 'download', '-json', 'k8s.io/pod-security-admission'], { cwd: SOURCE, encoding: 'utf8' }));
  return join(Dir, 'test/testdata');
}

/** Each pod with the level and version that it is meant for, whether it passes there, and the check that it fails (in lower case). */
export function* fixtures(folder, minors) {
  for (const minor of minors) {
    for (const level of ['baseline', 'restricted']) {
      for (const passes of [true, false]) {
        const at = join(folder, level, `v1.${minor}`, passes ? 'pass' : 'fail');
        for (const name of readdirSync(at).sort()) {
          const check = passes ? undefined : name.replace(/\d*\.yaml$/, '');
          yield { name: `${level}/v1.${minor}/${passes ? 'pass' : 'fail'}/${name}`, minor, level, passes, check, pod: parse(readFileSync(join(at, name), 'utf8')) };
        }
      }
    }
  }
}
