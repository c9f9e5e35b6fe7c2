// What real Helm made of the charts is what they promise.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { golden, ofKind, pods, rendered } from './support.mjs';

const every = [...rendered()];
const api = (name) => golden('kaggle-data-api', name);
const only = (one, kind) => {
  const found = ofKind(one, kind);
  assert.equal(found.length, 1, `${one.chart}/${one.name}: ${found.length} ${kind}`);
  return found[0];
};
const annotations = (one) => pods(one)[0].template.metadata.annotations;

test('every pod meets the restricted Pod Security Standard in full, unless its values say otherwise', () => {
  const otherwise = new Set(['insecure', 'unset-run-as-user']);
  let seen = 0;
  for (const one of every) {
    for (const { spec, main } of pods(one)) {
      if (otherwise.has(one.name)) continue;
      const where = `${one.chart}/${one.name}`;
      const { runAsNonRoot, runAsUser, runAsGroup, fsGroup, seccompProfile } = spec.securityContext;
      assert.deepEqual({ runAsNonRoot, runAsGroup, fsGroup, seccompProfile }, { runAsNonRoot: true, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } }, where);
      assert.equal(runAsUser, one.name === 'big-user' ? 1000650000 : 1000, where);
      assert.equal(main.securityContext.allowPrivilegeEscalation, false, where);
      assert.equal(main.securityContext.readOnlyRootFilesystem, true, where);
      assert.ok(!main.securityContext.privileged, where);
      assert.deepEqual(main.securityContext.capabilities.drop, ['ALL'], where);
      assert.ok(!main.securityContext.capabilities.add?.length, where);
      assert.ok(!spec.hostNetwork && !spec.hostPID && !spec.hostIPC, where);
      for (const volume of spec.volumes) assert.ok(volume.emptyDir || volume.persistentVolumeClaim || volume.configMap || volume.csi || volume.ephemeral, where);
      const tmp = main.volumeMounts.find((mount) => mount.mountPath === '/tmp');
      assert.ok(spec.volumes.find((volume) => volume.name === tmp.name).emptyDir.sizeLimit, where);
      seen += 1;
    }
  }
  assert.ok(seen > 50);
});

test('a security value taken away is gone, and no other', () => {
  const { runAsUser, runAsNonRoot, fsGroup } = pods(api('unset-run-as-user'))[0].spec.securityContext;
  assert.deepEqual({ runAsUser, runAsNonRoot, fsGroup }, { runAsUser: undefined, runAsNonRoot: true, fsGroup: undefined });
});

test('names are valid and short enough for what Kubernetes appends to them', () => {
  for (const one of every) {
    for (const { kind, metadata } of one.objects) {
      // What labels and pods' names are made of stays shorter than what nothing is appended to.
      const longest = kind === 'CronJob' ? 52 : kind.startsWith('ValidatingAdmissionPolicy') ? 253 : 63;
      assert.match(metadata.name, /^[a-z]([-a-z0-9]*[a-z0-9])?$/, one.name);
      assert.ok(metadata.name.length <= longest, `${kind} ${metadata.name}`);
      for (const [key, value] of Object.entries(metadata.labels)) assert.match(value, /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/, `${one.name}: ${key}`);
    }
  }
  const long = api('long-names');
  assert.equal(only(long, 'Deployment').metadata.name.length, 63);
  assert.match(only(long, 'ConfigMap').metadata.name, /^.{56}-config$/);
  assert.equal(only(golden('fetch-kaggle-job', 'long-name'), 'CronJob').metadata.name.length, 52);
});

test('every object carries the recommended labels, and none of them can be replaced', () => {
  for (const one of every) {
    for (const { kind, metadata } of one.objects) {
      for (const label of ['name', 'instance', 'version', 'component', 'part-of', 'managed-by']) assert.ok(metadata.labels[`app.kubernetes.io/${label}`], `${one.name}: ${kind}`);
      assert.ok(metadata.labels['helm.sh/chart']);
    }
  }
  const labels = pods(api('region-layer'))[0].template.metadata.labels;
  assert.equal(labels['app.kubernetes.io/name'], 'kaggle-data-api');
  assert.equal(labels.region, 'eu-central-1');
  assert.equal(labels.team, 'data');
});

test('selectors match the pods they are meant for', () => {
  const matches = (selector, labels) => Object.entries(selector).every(([key, value]) => labels[key] === value);
  for (const one of every.filter((e) => e.chart === 'kaggle-data-api')) {
    const labels = pods(one).map(({ template }) => template.metadata.labels);
    if (labels.length === 0) continue;
    for (const object of one.objects) {
      const selector = object.kind === 'Service' ? object.spec.selector : (object.spec?.selector ?? object.spec?.podSelector)?.matchLabels;
      if (selector) assert.equal(labels.filter((pod) => Object.keys(selector).length && matches(selector, pod)).length, 1, `${one.name}: ${object.kind}`);
    }
  }
});

test('a change of one key of the configuration moves that checksum alone', () => {
  const before = annotations(api('default'));
  const config = annotations(api('config-one-key'));
  const secret = annotations(api('secret-at-deploy-time'));
  assert.notEqual(config['checksum/config'], before['checksum/config']);
  assert.equal(config['checksum/secret'], before['checksum/secret']);
  assert.equal(secret['checksum/config'], before['checksum/config']);
  assert.notEqual(secret['checksum/secret'], before['checksum/secret']);
  const without = (one) => one.stdout.split('\n').filter((line) => !/checksum\/config|LOG_LEVEL/.test(line));
  assert.deepEqual(without(api('config-one-key')), without(api('default')));
  // What cannot change the configuration leaves both alone.
  for (const name of ['set-replicas', 'set-resources', 'probes']) assert.equal(annotations(api(name))['checksum/secret'], before['checksum/secret'], name);
  assert.equal(annotations(api('set-replicas'))['checksum/config'], before['checksum/config']);
});

test('the checksum is the hash of the rendered object', () => {
  for (const one of [api('default'), api('production'), golden('fetch-kaggle-job', 'production')]) {
    const text = one.stdout.split('---\n').find((document) => document.includes('\nkind: ConfigMap\n'));
    const object = text.slice(text.indexOf('apiVersion:')).trimEnd();
    assert.equal(annotations(one)['checksum/config'], createHash('sha256').update(`\n${object}`).digest('hex'), one.name);
  }
});

test('under an autoscaler the Deployment sets no replicas, without one it does', () => {
  for (const one of every.filter((e) => e.chart === 'kaggle-data-api' && !e.args.includes('--show-only'))) {
    const scaled = ofKind(one, 'HorizontalPodAutoscaler').length + ofKind(one, 'ScaledObject').length > 0;
    const { replicas } = only(one, 'Deployment').spec;
    if (scaled) assert.equal(replicas, undefined, one.name);
    else if (one.name !== 'nothing-optional') assert.equal(typeof replicas, 'number', one.name);
  }
  assert.equal(only(api('set-replicas-zero'), 'Deployment').spec.replicas, 0);
  assert.equal(only(api('autoscaler-off'), 'Deployment').spec.replicas, 3);
  const metrics = (name) => only(api(name), 'HorizontalPodAutoscaler').spec.metrics.map((metric) => metric.resource.name);
  assert.deepEqual(metrics('production'), ['cpu', 'memory']);
  assert.deepEqual(metrics('autoscaler-cpu-only'), ['cpu']);
});

test('a disruption budget has one bound', () => {
  for (const one of every) {
    for (const { spec } of ofKind(one, 'PodDisruptionBudget')) assert.ok('minAvailable' in spec !== 'maxUnavailable' in spec, one.name);
  }
  assert.equal(only(api('budget-max-unavailable'), 'PodDisruptionBudget').spec.maxUnavailable, '25%');
  for (const name of ['refused-both-bounds', 'fail-both-bounds', 'fail-no-bound']) assert.equal(api(name).exit, 1, name);
});

test('a digest wins over the tag, and the tag over the appVersion', () => {
  const image = (name) => pods(api(name))[0].main.image;
  assert.equal(image('default'), 'registry.example/kaggle-data-api:1.4.0');
  assert.equal(image('latest-tag'), 'registry.example/kaggle-data-api:latest');
  assert.equal(image('numeric-tag'), 'registry.example/kaggle-data-api:20261123');
  assert.match(image('digest'), /^registry\.example\/kaggle-data-api@sha256:[0-9a-f]{64}$/);
});

test('resources include ephemeral storage, and what is unset is gone', () => {
  for (const name of ['default', 'local', 'staging', 'production']) {
    for (const chart of ['kaggle-data-api', 'fetch-kaggle-job']) {
      const { requests, limits } = pods(golden(chart, name))[0].main.resources;
      for (const set of [requests, limits]) assert.deepEqual(Object.keys(set), ['cpu', 'ephemeral-storage', 'memory'], `${chart}/${name}`);
    }
  }
  assert.deepEqual(Object.keys(pods(api('unset-memory-limit'))[0].main.resources.limits), ['cpu', 'ephemeral-storage']);
  assert.equal(pods(api('unset-limits'))[0].main.resources.limits, undefined);
});

test('the probes ask for health, and each timing is set', () => {
  const { livenessProbe, readinessProbe, startupProbe } = pods(api('default'))[0].main;
  assert.equal(livenessProbe.httpGet.path, '/health/live');
  assert.equal(readinessProbe.httpGet.path, '/health/ready');
  for (const probe of [livenessProbe, readinessProbe, startupProbe]) {
    for (const timing of ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold']) assert.equal(typeof probe[timing], 'number');
  }
  const changed = pods(api('probes'))[0].main;
  assert.equal(changed.livenessProbe, undefined);
  assert.equal(changed.readinessProbe.httpGet.port, 9090);
});

test('the API reads the claim and the job writes to it, by the name that the claim has', () => {
  for (const name of ['default', 'local', 'staging', 'production']) {
    const claim = only(golden('kaggle-data-pvc', name), 'PersistentVolumeClaim').metadata.name;
    for (const [chart, readOnly] of [['kaggle-data-api', true], ['fetch-kaggle-job', undefined]]) {
      const { spec, main } = pods(golden(chart, name))[0];
      const volume = spec.volumes.find((v) => v.name === 'data').persistentVolumeClaim;
      assert.deepEqual([volume.claimName, volume.readOnly], [claim, readOnly], `${chart}/${name}`);
      assert.equal(main.volumeMounts.find((m) => m.name === 'data').readOnly, readOnly);
    }
  }
});

test('what pods refer to within their release is there', () => {
  for (const one of every) {
    for (const { spec, main } of pods(one)) {
      if (one.args.includes('--show-only')) continue;
      const names = (kind) => ofKind(one, kind).map((object) => object.metadata.name);
      for (const source of main.envFrom ?? []) {
        if (source.configMapRef) assert.ok(names('ConfigMap').includes(source.configMapRef.name), one.name);
      }
      // A pod that names no account is the namespace's default one, and may not speak for it.
      if (!spec.serviceAccountName) assert.equal(spec.automountServiceAccountToken, false, one.name);
      else if (one.name !== 'existing-account') assert.ok(names('ServiceAccount').includes(spec.serviceAccountName), one.name);
      for (const ingress of ofKind(one, 'Ingress')) {
        for (const { http } of ingress.spec.rules) for (const { backend } of http.paths) assert.ok(names('Service').includes(backend.service.name), one.name);
      }
    }
  }
});

test('jobs have the bounds that they promise', () => {
  const { spec } = only(golden('fetch-kaggle-job', 'default'), 'CronJob');
  const { schedule, concurrencyPolicy, successfulJobsHistoryLimit, failedJobsHistoryLimit, startingDeadlineSeconds, timeZone } = spec;
  assert.deepEqual({ schedule, concurrencyPolicy, successfulJobsHistoryLimit, failedJobsHistoryLimit, startingDeadlineSeconds, timeZone },
    { schedule: '0 2 * * *', concurrencyPolicy: 'Forbid', successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1, startingDeadlineSeconds: 300, timeZone: 'Etc/UTC' });
  const { backoffLimit, activeDeadlineSeconds, completions, parallelism, ttlSecondsAfterFinished } = spec.jobTemplate.spec;
  assert.deepEqual({ backoffLimit, activeDeadlineSeconds, completions, parallelism, ttlSecondsAfterFinished },
    { backoffLimit: 3, activeDeadlineSeconds: 3600, completions: 1, parallelism: 1, ttlSecondsAfterFinished: 86400 });
  assert.equal(ofKind(golden('fetch-kaggle-job', 'once'), 'CronJob').length, 0);
  assert.equal(only(golden('fetch-kaggle-job', 'once'), 'Job').metadata.name, 'rel-fetch-kaggle-job-1');
  assert.equal(only(golden('fetch-kaggle-job', 'long-limits'), 'CronJob').spec.jobTemplate.spec.activeDeadlineSeconds, 1209600);
});

test('production has what a production needs', () => {
  const kinds = api('production').objects.map((object) => object.kind).sort();
  assert.deepEqual(kinds, ['ConfigMap', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'ServiceAccount']);
  const [rule] = only(api('production'), 'Ingress').spec.rules;
  assert.deepEqual(only(api('production'), 'Ingress').spec.tls.map((tls) => tls.hosts), [[rule.host]]);
  const claim = (name) => only(golden('kaggle-data-pvc', name), 'PersistentVolumeClaim').spec;
  const asked = (name) => [claim(name).resources.requests.storage, claim(name).accessModes[0], claim(name).storageClassName];
  assert.deepEqual(asked('local'), ['5Gi', 'ReadWriteOnce', 'standard']);
  assert.deepEqual(asked('production'), ['20Gi', 'ReadWriteMany', 'efs-sc']);
  assert.deepEqual(asked('production-gp3'), ['20Gi', 'ReadWriteOnce', 'gp3']);
});

test('a closed network policy lets nobody in', () => {
  assert.deepEqual(only(api('network-policy-closed'), 'NetworkPolicy').spec.ingress, []);
  assert.equal(only(api('production'), 'NetworkPolicy').spec.ingress[0].from.length, 3);
});
