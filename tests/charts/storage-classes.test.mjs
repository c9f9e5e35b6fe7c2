// The table of storage classes, the schema and the environments agree on which class serves which access mode.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { chartNamed, golden, ofKind, read } from './support.mjs';
import { storageClasses } from '../../tools/chart-values/classes.mjs';

const table = 'charts/infrastructure/kaggle-data-pvc/storage-classes.yaml';
const classes = parse(read(table));
const { schema, environments } = chartNamed('kaggle-data-pvc');
const modes = schema.properties.accessMode.enum;

test('each class is described in full', () => {
  for (const one of classes) {
    assert.deepEqual(Object.keys(one), ['name', 'provisioner', 'description', 'accessModes', 'expansion', 'snapshots', 'files', 'limit', 'binding']);
    assert.match(one.description, /\.$/);
    assert.ok(one.accessModes.length && one.accessModes.every((mode) => modes.includes(mode)), one.name);
    assert.ok(['WaitForFirstConsumer', 'Immediate'].includes(one.binding), one.name);
    assert.equal(typeof one.expansion, 'boolean');
    for (const able of ['snapshots', 'files', 'limit']) assert.equal(typeof one[able], 'boolean', one.name);
  }
  assert.equal(new Set(classes.map((one) => one.name)).size, classes.length);
});

test('the generator reads the table as YAML does', () => {
  const text = (value) => (Array.isArray(value) ? value : String(value));
  assert.deepEqual(storageClasses(new URL(`../../${table}`, import.meta.url).pathname), classes.map((one) => Object.fromEntries(Object.entries(one).map(([k, v]) => [k, text(v)]))));
});

test('the schema allows a known class its own modes and no other', () => {
  const rules = schema.allOf.filter((rule) => rule.then.properties.accessMode);
  const allowed = (name) => rules.filter((rule) => rule.if.properties.storageClassName.enum.includes(name)).map((rule) => rule.then.properties.accessMode.enum);
  for (const one of classes) assert.deepEqual(allowed(one.name), one.accessModes.length === modes.length ? [] : [one.accessModes], one.name);
  const named = rules.flatMap((rule) => rule.if.properties.storageClassName.enum);
  assert.deepEqual(named.filter((name) => !classes.some((one) => one.name === name)), []);
});

test('the schema allows snapshots by no class whose driver takes none', () => {
  const [rule, ...others] = schema.allOf.filter(({ then }) => then.properties.backup);
  assert.equal(others.length, 0);
  assert.deepEqual(rule.if.properties.storageClassName.enum, classes.filter((one) => !one.snapshots).map((one) => one.name));
  assert.ok(!rule.then.properties.backup.properties.method.enum.includes('snapshots'));
  assert.match(golden('kaggle-data-pvc', 'refused-snapshots-on-efs').stderr, /at '\/backup\/method': value must be one of 'none', 'velero'/);
  assert.match(golden('kaggle-data-pvc', 'fail-snapshots-on-efs').stderr, /backup.method snapshots: the driver efs.csi.aws.com of storageClassName efs-sc takes none/);
});

test('production is backed up in a way that its class has', () => {
  for (const environment of environments.filter((name) => name.startsWith('production'))) {
    const one = golden('kaggle-data-pvc', environment);
    const known = classes.find(({ name }) => name === ofKind(one, 'PersistentVolumeClaim')[0].spec.storageClassName);
    const [schedule] = ofKind(one, 'Schedule');
    assert.equal(ofKind(one, 'CronJob').length + ofKind(one, 'Schedule').length, 1, environment);
    assert.ok(schedule && !schedule.spec.template.snapshotVolumes ? known.files : known.snapshots, environment);
  }
});

test('each environment asks for a mode that its class serves', () => {
  for (const environment of environments) {
    const { spec } = ofKind(golden('kaggle-data-pvc', environment), 'PersistentVolumeClaim')[0];
    const known = classes.find((one) => one.name === spec.storageClassName);
    assert.ok(known.accessModes.includes(spec.accessModes[0]), environment);
  }
});

test('what a class cannot serve is refused: by the schema at the field, and by the template if the schema is passed over', () => {
  for (const name of ['refused-many-on-gp3', 'refused-many-on-standard']) {
    const one = golden('kaggle-data-pvc', name);
    assert.equal(one.exit, 1);
    assert.match(one.stderr, /at '\/accessMode': value must be one of 'ReadWriteOnce', 'ReadWriteOncePod'/);
  }
  assert.match(golden('kaggle-data-pvc', 'fail-many-on-gp3').stderr, /storageClassName "gp3" cannot serve accessMode ReadWriteMany/);
  assert.equal(golden('kaggle-data-pvc', 'unknown-class').exit, 0);
});

test('an empty class and none are different things', () => {
  const spec = (name) => ofKind(golden('kaggle-data-pvc', name), 'PersistentVolumeClaim')[0].spec;
  assert.equal(spec('no-class').storageClassName, '');
  assert.ok(!('storageClassName' in spec('default')));
  assert.equal(spec('local').storageClassName, 'standard');
  assert.ok(!('storageClassName' in spec('class-taken-away')));
});
