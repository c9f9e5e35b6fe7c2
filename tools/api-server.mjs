// Runs a command beside a real kube-apiserver, which it finds by KUBECONFIG and KUBE_CONTEXT, and takes the server away again. No node, no controller.
//   node tools/api-server.mjs COMMAND [ARGUMENT…]
// Ends as the command ends; with 69 where the programs are not installed (tools/oracles.sh api-server) or do not know their version, which Helm asks for.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, homedir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './accept/server.mjs';

const UNAVAILABLE = 69;
const [command, ...args] = process.argv.slice(2);
const bin = process.env.CHARTWRIGHT_ORACLES ?? join(homedir(), '.cache/chartwright-oracles');

const version = spawnSync(join(bin, 'kube-apiserver'), ['--version'], { encoding: 'utf8' }).stdout ?? '';
if (!existsSync(join(bin, 'etcd')) || !/v1\.\d+\.\d+/.test(version)) {
  console.error(`api-server: no usable kube-apiserver and etcd in ${bin}: tools/oracles.sh api-server`);
  process.exit(UNAVAILABLE);
}
if (!command) {
  console.error('api-server: which command?');
  process.exit(2);
}

const server = await startServer(bin);
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, KUBECONFIG: server.kubeconfig, KUBE_CONTEXT: 'local' } });
// A terminal tells the command by itself; either way its end is waited for.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('error', async (error) => {
  console.error(`api-server: ${error.message}`);
  await server.stop();
  process.exit(127);
});
child.on('close', async (status, signal) => {
  await server.stop();
  process.exit(status ?? 128 + constants.signals[signal]);
});
