// The published sources of each Kubernetes release, fetched as Go modules and kept below target/kube-schemas.

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const cache = join(root, 'target/kube-schemas');

/** By minor version of Kubernetes 1.x: the patch releases of k8s.io/kubernetes and of k8s.io/api that are read. */
export const RELEASES = new Map([
  [25, ['v1.25.16', 'v0.25.9']],
  [26, ['v1.26.15', 'v0.26.9']],
  [27, ['v1.27.16', 'v0.27.4']],
  [28, ['v1.28.15', 'v0.28.3']],
  [29, ['v1.29.15', 'v0.29.15']],
  [30, ['v1.30.14', 'v0.30.14']],
  [31, ['v1.31.14', 'v0.31.14']],
  [32, ['v1.32.13', 'v0.32.13']],
  [33, ['v1.33.13', 'v0.33.13']],
  [34, ['v1.34.4', 'v0.34.13']],
  [35, ['v1.35.4', 'v0.35.10']],
  [36, ['v1.36.3', 'v0.36.6']],
  [37, ['v1.37.2', 'v0.37.2']],
]);

/** What k8s.io/api refers to, and what kube-apiserver serves besides; read once, in the newest version. */
export const LIBRARIES = ['apimachinery', 'apiextensions-apiserver', 'kube-aggregator'].map((name) => [`k8s.io/${name}`, 'v0.37.2']);

/** The folder of an unpacked Go module. */
export function module(name, version) {
  const env = { ...process.env, GOFLAGS: '-modcacherw', GOMODCACHE: join(cache, 'modules') };
  const answer = execFileSync('go', ['mod', 'download', '-json', `${name}@${version}`], { env, encoding: 'utf8', cwd: mkdir(cache) });
  return JSON.parse(answer);
}

/** A release's OpenAPI definitions and what it serves by default, the only files that are kept of its 200 MB. */
export function release(minor) {
  const folder = mkdir(join(cache, `1.${minor}`));
  const wanted = { swagger: 'api/openapi-spec/swagger.json', instance: 'pkg/controlplane/instance.go' };
  const files = Object.fromEntries(Object.entries(wanted).map(([name, path]) => [name, join(folder, path.split('/').at(-1))]));
  if (!Object.values(files).every(existsSync)) {
    const { Dir, Zip } = module('k8s.io/kubernetes', RELEASES.get(minor)[0]);
    for (const [name, path] of Object.entries(wanted)) copyFileSync(join(Dir, path), files[name]);
    rmSync(Dir, { recursive: true });
    rmSync(Zip);
  }
  return files;
}

function mkdir(folder) {
  mkdirSync(folder, { recursive: true });
  return folder;
}
