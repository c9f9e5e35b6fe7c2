// A throw-away kube-apiserver with its etcd on free ports of the loopback, with Pod Security admission, and a client for it.
import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PATIENCE = 120_000;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Ports that nothing listens on. */
async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed).listen(0, '127.0.0.1', () => done(server));
  })));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** Starts both programs of the folder `bin`; `stop()` ends them and leaves nothing, `kubeconfig` is a file for kubectl and Helm with the context `local`. */
export async function startServer(bin) {
  const state = mkdtempSync(join(tmpdir(), 'api-server-'));
  const [client, peer, port] = await freePorts(3);
  const token = randomBytes(16).toString('hex');
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } });
  const file = (name, text) => {
    writeFileSync(join(state, name), text, { mode: 0o600 });
    return join(state, name);
  };
  const etcd = `http://127.0.0.1:${client}`;
  const running = [];
  const run = (program, flags) => {
    const log = openSync(join(state, `${program}.log`), 'w');
    const child = spawn(join(bin, program), flags, { cwd: state, stdio: ['ignore', log, log] });
    running.push({ program, child, ended: new Promise((done) => child.on('close', done)) });
  };
  const stop = async () => {
    for (const { child, ended } of running.toReversed()) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(state, { recursive: true, force: true });
  };

  run('etcd', ['--data-dir', join(state, 'etcd'), '--unsafe-no-fsync', '--listen-client-urls', etcd, '--advertise-client-urls', etcd,
    '--listen-peer-urls', `http://127.0.0.1:${peer}`, '--initial-advertise-peer-urls', `http://127.0.0.1:${peer}`, '--initial-cluster', `default=http://127.0.0.1:${peer}`]);
  // No controller gives accounts to namespaces here, so that admission must not wait for one.
  run('kube-apiserver', ['--etcd-servers', etcd, '--bind-address', '127.0.0.1', '--secure-port', `${port}`, '--cert-dir', join(state, 'certs'),
    '--service-account-issuer', 'https://localhost', '--service-account-key-file', file('accounts.pub', keys.publicKey), '--service-account-signing-key-file', file('accounts.key', keys.privateKey),
    '--token-auth-file', file('tokens.csv', `${token},admin,admin,system:masters\n`), '--authorization-mode', 'RBAC', '--service-cluster-ip-range', '10.0.0.0/16,fd00::/108',
    '--disable-admission-plugins', 'ServiceAccount', '--allow-privileged=true']);

  // Its certificate signs itself and is made at its start; the token goes no further than the loopback.
  const agent = new Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false });
  const ask = (method, path, body, type = 'application/json') => new Promise((done, failed) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const asked = request({ agent, host: '127.0.0.1', port, method, path, headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...(text && { 'content-type': type, 'content-length': Buffer.byteLength(text) }) } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const said = Buffer.concat(chunks).toString();
        const warnings = answer.rawHeaders.flatMap((name, at) => (at % 2 === 0 && name.toLowerCase() === 'warning' ? [answer.rawHeaders[at + 1].replace(/^299 - "|"$/g, '').replace(/\\(.)/g, '$1')] : []));
        done({ status: answer.statusCode, warnings, text: said, body: said.startsWith('{') ? JSON.parse(said) : undefined });
      });
    });
    asked.on('error', failed);
    asked.end(text);
  });

  const ready = async () => {
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
      const dead = running.find(({ child }) => child.exitCode !== null);
      if (dead) throw new Error(`${dead.program} ended:\n${readFileSync(join(state, `${dead.program}.log`), 'utf8').split('\n').slice(-6).join('\n')}`);
      try {
        if ((await ask('GET', '/readyz')).status === 200) return;
      } catch (error) {
        if (error.code !== 'ECONNREFUSED') throw error;
      }
      await pause(250);
    }
    throw new Error('kube-apiserver is not ready');
  };
  try {
    await ready();
  } catch (error) {
    await stop();
    throw error;
  }
  const kubeconfig = file('kubeconfig', JSON.stringify({
    apiVersion: 'v1', kind: 'Config', 'current-context': 'local',
    clusters: [{ name: 'local', cluster: { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'admin', user: { token } }], contexts: [{ name: 'local', context: { cluster: 'local', user: 'admin' } }],
  }));
  return { ask, stop, pause, kubeconfig };
}

/** The folder of the programs, which are installed where they are missing. */
export const oracles = (...names) => execFileSync(join(import.meta.dirname, '../oracles.sh'), names, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim().split('\n').at(-1);
