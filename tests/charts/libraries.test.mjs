// The two libraries share their security model, and applications offer what their library offers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartNamed, list, properties, read } from './support.mjs';

test('templates that both libraries need are the same but for their prefix', () => {
  const folder = (name) => `charts/library/${name}/templates`;
  const shared = list(folder('service')).filter((file) => list(folder('job')).includes(file));
  assert.ok(shared.includes('_pod.tpl') && shared.includes('_labels.tpl'), shared.join(', '));
  for (const file of shared) {
    assert.equal(read(folder('job'), file), read(folder('service'), file).replaceAll('"service.', '"job.').replaceAll('service.volumes follow', 'job.volumes follow'), file);
  }
});

test('the tenant asks of pods what the libraries ask', () => {
  const [of, theirs] = ['charts/infrastructure/tenant/templates', 'charts/library/service/templates'];
  assert.equal(read(of, '_podsecurity.tpl'), read(theirs, '_podsecurity.tpl').replaceAll('"service.', '"tenant.'));
});

// A property without what an application may choose for itself.
function shape({ default: _default, 'x-order': _order, properties: inner, ...rest }) {
  return { ...rest, properties: inner && Object.fromEntries(Object.entries(inner).map(([key, below]) => [key, shape(below)])) };
}

for (const [application, library] of [['kaggle-data-api', 'service'], ['chartwright', 'service'], ['fetch-kaggle-job', 'job']]) {
  test(`${application} offers every value of ${library}, described alike`, () => {
    const theirs = chartNamed(application).schema.properties;
    for (const [key, property] of Object.entries(chartNamed(library).schema.properties)) {
      assert.ok(theirs[key], key);
      // Known settings of an application are fields of their own.
      const ours = key === 'config' ? { ...shape(theirs[key]), properties: undefined } : shape(theirs[key]);
      assert.deepEqual(ours, shape(property), key);
    }
  });

  test(`${application} mixes none of the library's values with its own`, () => {
    const [dependency] = chartNamed(application).chart.dependencies;
    assert.equal(dependency.name, library);
    assert.equal(dependency.version, chartNamed(library).chart.version);
    assert.ok(!(dependency.alias in chartNamed(application).values));
    assert.equal(chartNamed(application).schema.properties[dependency.alias]['x-hidden'], true);
  });
}

test('applications on one library take the same objects from it', () => {
  const folder = (name) => `charts/applications/${name}/templates`;
  const objects = (name) => list(folder(name)).filter((file) => file.endsWith('.yaml')).map((file) => [file, read(folder(name), file)]);
  assert.deepEqual(objects('chartwright'), objects('kaggle-data-api'));
});

test('jobs and services are equally secure by default', () => {
  const security = (name) => Object.fromEntries([...properties(chartNamed(name).schema)]
    .filter(({ path, group }) => !group && /^(podSecurityContext|securityContext)$/.test(path[0])).map(({ path, property }) => [path.join('.'), property.default]));
  assert.deepEqual(security('job'), security('service'));
  assert.deepEqual(security('service'), {
    'podSecurityContext.runAsNonRoot': true, 'podSecurityContext.runAsUser': 1000, 'podSecurityContext.runAsGroup': 1000, 'podSecurityContext.fsGroup': 1000,
    'podSecurityContext.fsGroupChangePolicy': 'OnRootMismatch', 'podSecurityContext.seccompProfile.type': 'RuntimeDefault',
    'podSecurityContext.seccompProfile.localhostProfile': null, 'securityContext.allowPrivilegeEscalation': false, 'securityContext.readOnlyRootFilesystem': true,
    'securityContext.privileged': false, 'securityContext.capabilities.drop': ['ALL'], 'securityContext.capabilities.add': [],
  });
});
