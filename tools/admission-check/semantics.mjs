// What decodes and yet may not be: values of the right type that break a rule, fields that exclude each other, references to nothing.

const LONG = 'a'.repeat(64);
const LONGER = 'a'.repeat(260);

/** Texts to put in the place of one, by what it looks like. */
function texts(value) {
  const others = ['Upper_Case', '-edge', LONG, 'two words'];
  if (/^\d+(\.\d+)?([numkKMGTPE]i?)?$/.test(value)) others.push('-1', '0', '1m', '9999Gi', '1.5');
  if (/^\d+%$/.test(value)) others.push('101%', '-1%', '%');
  if (/^(\S+ ){4}\S+$/.test(value)) others.push('* * * *', '61 * * * *', '* * * * 8', '@never', 'TZ=UTC * * * * *');
  if (value.includes('/')) others.push('../up', 'a/../b', '/absolute', 'a/b/c');
  if (/^\d+\.\d+\.\d+\.\d+/.test(value)) others.push('10.0.0.300', '127.0.0.1', '010.0.0.1', '10.0.0.1/8', '::1');
  if (/^[A-Z][A-Za-z0-9]+$/.test(value)) others.push(value.toLowerCase(), `${value}s`);
  if (value.length > 3) others.push(LONGER, `${value}x`);
  return others;
}

const NUMBERS = [-1, 0, 1, 101, 65536, 2147483647];

/** Fields that exclude each other: an object that holds one of a group gets another. */
const GROUPS = [
  { emptyDir: {}, hostPath: { path: '/x' }, configMap: { name: 'x' }, secret: { secretName: 'x' }, persistentVolumeClaim: { claimName: 'x' }, nfs: { server: 'x', path: '/x' }, csi: { driver: 'x.example' }, projected: { sources: [] } },
  { exec: { command: ['x'] }, httpGet: { port: 80 }, tcpSocket: { port: 80 }, grpc: { port: 80 }, sleep: { seconds: 1 } },
  { value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  { fieldRef: { fieldPath: 'metadata.name' }, resourceFieldRef: { resource: 'limits.cpu', containerName: 'x' }, configMapKeyRef: { name: 'x', key: 'x' }, secretKeyRef: { name: 'x', key: 'x' } },
  { configMapRef: { name: 'x' }, secretRef: { name: 'x' } },
  { minAvailable: 1, maxUnavailable: 1 },
  { ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {}, namespaceSelector: {} },
  { service: { name: 'x', port: { number: 80 } }, resource: { kind: 'X', name: 'x' }, url: 'https://x.example' },
  { number: 80, name: 'http' },
  { averageValue: '1', averageUtilization: 50, value: '1' },
  { pods: { metric: { name: 'x' }, target: { type: 'AverageValue', averageValue: '1' } }, resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
  { onExitCodes: { operator: 'In', values: [1] }, onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
  { resourceClaimName: 'x', resourceClaimTemplateName: 'x' },
  { nonResourceURLs: ['/x'], resources: ['x'] },
  { queuing: { queues: 1, handSize: 1, queueLengthLimit: 1 }, limited: { nominalConcurrencyShares: 1 }, exempt: {} },
];

/** Fields to add where another stands. */
const BESIDE = [
  [(object) => object.type === 'RollingUpdate', { type: 'Recreate', rollingUpdate: { maxSurge: 1 } }],
  [(object) => 'maxSurge' in object, { maxSurge: 0, maxUnavailable: 0 }],
  [(object) => 'containerPort' in object, { hostPort: 99999 }],
  [(object) => 'restartPolicy' in object && 'containers' in object, { hostNetwork: true, hostPID: true, shareProcessNamespace: true }],
  [(object) => 'restartPolicy' in object && 'containers' in object, { dnsPolicy: 'None', dnsConfig: null }],
  [(object) => 'allowPrivilegeEscalation' in object, { privileged: true, allowPrivilegeEscalation: false }],
  [(object) => 'image' in object && 'name' in object, { volumeMounts: [{ name: 'nowhere', mountPath: '/x' }] }],
  [(object) => 'image' in object && 'name' in object, { resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }],
  [(object) => 'image' in object && 'name' in object, { resources: { requests: { 'example.com/gpu': '1' } } }],
  [(object) => 'port' in object && 'endPort' in object, { endPort: 1 }],
  [(object) => 'clusterIP' in object || 'ports' in object && 'selector' in object, { clusterIP: 'None', type: 'LoadBalancer' }],
  [(object) => 'completionMode' in object, { completionMode: 'Indexed', completions: null }],
  [(object) => 'minReplicas' in object, { minReplicas: 10, maxReplicas: 2 }],
];

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Every mutant of the value at a place: { fault, text }; `put` writes the object with another value there, undefined for none. */
export function* semantics({ key, value }, put) {
  if (typeof value === 'string') for (const other of texts(value)) yield { fault: 'text', text: put(other) };
  if (typeof value === 'number') for (const other of NUMBERS) if (other !== value) yield { fault: 'number', text: put(other) };
  if (typeof value === 'boolean') yield { fault: 'flipped', text: put(!value) };
  if (Array.isArray(value) && value.length) {
    yield { fault: 'emptied', text: put([]) };
    yield { fault: 'repeated', text: put([...value, value[0]]) };
  }
  if (!isObject(value)) return;
  const keys = Object.keys(value);
  if (keys.length) yield { fault: 'emptied', text: put({}) };
  // Maps of labels and their like; of other objects the decoder knows the keys.
  if (keys.length && keys.every((name) => typeof value[name] === 'string') && /abels|elector|nnotations|ata|equests|imits|hard|arameters|ttributes/.test(key)) {
    for (const name of ['Bad Key!', LONG, 'a/b/c', '-/x']) yield { fault: 'key', text: put({ ...value, [name]: value[keys[0]] }) };
    yield { fault: 'key', text: put({ ...value, other: 'not a label' }) };
  }
  for (const group of GROUPS) {
    const held = Object.keys(group).filter((name) => name in value);
    if (held.length === 0 || held.some((name) => typeof group[name] !== typeof value[name])) continue;
    for (const name of Object.keys(group).filter((name) => !(name in value))) yield { fault: 'beside', text: put({ ...value, [name]: group[name] }) };
  }
  for (const [is, more] of BESIDE) if (is(value)) yield { fault: 'beside', text: put({ ...value, ...more }) };
}
