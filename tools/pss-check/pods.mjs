// Pods by chance, of every field that the Pod Security Standards read: near the restricted level, with more or less that is odd.
import { chance } from '../fuzz-helm/random.mjs';

/** A field that is left out. */
const NONE = undefined;

const CAPABILITIES = ['ALL', 'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT', 'NET_RAW', 'SYS_ADMIN', 'SYS_TIME', 'CAP_KILL', 'kill'];
const SYSCTLS = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem',
  'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat', 'net.core.somaxconn', 'kernel.msgmax', 'net/ipv4/tcp_rmem',
];
const PROFILES = ['RuntimeDefault', 'Localhost', 'Unconfined'];
const SELINUX = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t'];

/** Volume sources, each with what it needs to be valid. */
const SOURCES = {
  configMap: { name: 'settings' }, csi: { driver: 'csi.example.com' }, downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] }, emptyDir: {},
  ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } }, image: { reference: 'registry.example.com/models:1' },
  persistentVolumeClaim: { claimName: 'data' }, projected: { sources: [{ configMap: { name: 'settings' } }] }, secret: { secretName: 'token' },
  hostPath: { path: '/var/log' }, gcePersistentDisk: { pdName: 'disk' }, awsElasticBlockStore: { volumeID: 'vol-1' }, gitRepo: { repository: 'https://git.example.com/x' }, nfs: { server: 'nfs.example.com', path: '/x' },
  iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2001-04.com.example:storage', lun: 0 }, glusterfs: { endpoints: 'x', path: 'y' }, rbd: { monitors: ['10.0.0.1'], image: 'x' }, flexVolume: { driver: 'example.com/x' },
  cinder: { volumeID: 'x' }, cephfs: { monitors: ['10.0.0.1'] }, flocker: { datasetName: 'x' }, fc: { targetWWNs: ['500a0982991b8dc5'], lun: 0 }, azureFile: { secretName: 'x', shareName: 'y' },
  vsphereVolume: { volumePath: 'x' }, quobyte: { registry: '10.0.0.1:7861', volume: 'x' }, azureDisk: { diskName: 'x', diskURI: 'https://example.com/x' }, portworxVolume: { volumeID: 'x' },
  photonPersistentDisk: { pdID: 'x' }, scaleIO: { gateway: 'https://example.com', system: 'x', secretRef: { name: 'x' }, volumeName: 'x' }, storageos: { volumeName: 'x' },
};
const GOOD_SOURCES = Object.keys(SOURCES).slice(0, 9);

/** What is set, without what is left out; nothing at all where nothing is. */
function fields(object) {
  const set = Object.entries(object).filter(([, value]) => value !== NONE);
  return set.length > 0 ? Object.fromEntries(set) : NONE;
}

/** A pod, without a name, of a seed. */
export function pod(seed) {
  const { many, often, pick } = chance(seed);
  const oddity = pick([0, 1, 3, 10, 40]);
  /** One of the usual values, or now and then an odd one. */
  const field = (usual, odd) => pick(often(oddity) ? odd : usual);
  const isWindows = often(8);
  const inherits = often(70);

  const profile = (usual, extra) => {
    const type = field(usual, [...PROFILES, ...extra]);
    return type === NONE ? NONE : fields({ type, localhostProfile: type === 'Localhost' ? 'profile.json' : NONE });
  };
  const selinux = () => (often(4 + oddity) ? fields({ type: pick([NONE, ...SELINUX]), user: field([NONE, ''], ['user_u']), role: field([NONE, ''], ['role_r']), level: field([NONE], ['s0:c1']) }) ?? {} : NONE);
  const windows = () => (isWindows || often(oddity / 2) ? fields({ hostProcess: field([NONE, false], [true]), runAsUserName: field([NONE], ['app']) }) ?? {} : NONE);
  const linuxOnly = (make) => (isWindows && !often(oddity) ? NONE : make());
  // What an inherited setting is, at the pod and at a container.
  const nonRoot = (atPod) => field(atPod === inherits ? [true] : atPod ? [NONE] : [NONE, true], [NONE, true, false]);
  const user = () => field([NONE, 1000], [0, 65534]);
  const seccomp = (atPod) => linuxOnly(() => profile(atPod === inherits ? ['RuntimeDefault', 'Localhost'] : atPod ? [NONE] : [NONE, 'RuntimeDefault'], [NONE]));

  const securityContext = () => fields({
    allowPrivilegeEscalation: linuxOnly(() => field([false], [NONE, true, false])),
    privileged: linuxOnly(() => field([NONE, false], [true])),
    capabilities: linuxOnly(() => field([true], [true, false]) ? fields({
      drop: field([['ALL']], [NONE, [], ['KILL'], ['all'], ['NET_RAW', 'ALL']]),
      add: field([NONE, [], ['NET_BIND_SERVICE']], [many(1, 2, () => pick(CAPABILITIES))]),
    }) : NONE),
    procMount: linuxOnly(() => field([NONE, 'Default'], ['Unmasked'])),
    runAsNonRoot: nonRoot(false),
    runAsUser: user(),
    seccompProfile: seccomp(false),
    appArmorProfile: linuxOnly(() => profile([NONE, NONE, 'RuntimeDefault'], [NONE])),
    seLinuxOptions: linuxOnly(selinux),
    windowsOptions: windows(),
  });

  const host = () => field([NONE, ''], ['127.0.0.1', 'example.com']);
  const action = () => pick([
    () => ({ httpGet: fields({ port: 8080, path: '/', host: host() }) }),
    () => ({ tcpSocket: fields({ port: 8080, host: host() }) }),
    () => ({ exec: { command: ['true'] } }),
  ])();
  const sometimes = (make) => (often(12) ? make() : NONE);
  const container = (name, live) => fields({
    name, image: 'registry.example.com/app:1', terminationMessagePolicy: 'File', imagePullPolicy: 'IfNotPresent',
    ports: sometimes(() => many(1, 2, (i) => fields({ containerPort: 8080 + i, hostPort: field([NONE, 0], [8080 + i]), protocol: 'TCP' }))),
    livenessProbe: live ? sometimes(action) : NONE,
    readinessProbe: live ? sometimes(action) : NONE,
    startupProbe: live ? sometimes(action) : NONE,
    lifecycle: live ? sometimes(() => fields({ postStart: often(50) ? action() : NONE, preStop: action() })) : NONE,
    securityContext: field([true], [true, false]) ? securityContext() : NONE,
  });
  const bare = (name) => fields({ name, image: 'registry.example.com/debug:1', terminationMessagePolicy: 'File', imagePullPolicy: 'IfNotPresent', securityContext: securityContext() });

  const init = often(30) ? many(1, 2, (i) => {
    const sidecar = often(40);
    return { ...container(`init-${i}`, sidecar), ...(sidecar && { restartPolicy: 'Always' }) };
  }) : NONE;
  const main = many(1, 2, (i) => container(`main-${i}`, true));
  const ephemeral = often(10) ? [bare('debug')] : NONE;
  const names = [...(init ?? []), ...main].map(({ name }) => name);

  const annotations = fields(Object.fromEntries(often(10) ? [
    [`container.apparmor.security.beta.kubernetes.io/${pick(names)}`, field(['runtime/default', 'localhost/app'], ['unconfined', ''])],
    [pick(['example.com/note', 'seccomp.security.alpha.kubernetes.io/pod']), 'unconfined'],
  ] : []));

  const spec = fields({
    os: isWindows ? { name: 'windows' } : field([NONE, { name: 'linux' }], [NONE]),
    hostNetwork: field([NONE, false], [true]),
    hostPID: field([NONE, false], [true]),
    hostIPC: field([NONE, false], [true]),
    hostUsers: often(25) ? pick([true, false]) : NONE,
    securityContext: field([true], [true, false]) ? fields({
      runAsNonRoot: nonRoot(true),
      runAsUser: user(),
      seccompProfile: seccomp(true),
      appArmorProfile: linuxOnly(() => profile([NONE, NONE, 'RuntimeDefault'], [NONE])),
      seLinuxOptions: linuxOnly(selinux),
      windowsOptions: windows(),
      sysctls: linuxOnly(() => (often(10 + oddity) ? [...new Set(many(1, 2, () => pick(SYSCTLS)))].map((name) => ({ name, value: '1' })) : NONE)),
    }) : NONE,
    volumes: often(30) ? many(1, 3, (i) => {
      const source = field([...GOOD_SOURCES, NONE], Object.keys(SOURCES));
      return { name: `volume-${i}`, ...(source && { [source]: SOURCES[source] }) };
    }) : NONE,
    initContainers: init,
    containers: main,
    ephemeralContainers: ephemeral,
  });
  return { apiVersion: 'v1', kind: 'Pod', metadata: fields({ annotations }) ?? {}, spec };
}
