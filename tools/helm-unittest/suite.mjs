// Reads helm-unittest suites: what each test renders, and what it asserts. A key that this runner does not know is an error, never passed over.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { ASSERTIONS } from './assertions.mjs';
import { merged } from '../matrix/cases.mjs';

const known = (...keys) => new Set(keys);
const KEYS = {
  suite: known('suite', 'values', 'set', 'templates', 'excludeTemplates', 'release', 'capabilities', 'tests'),
  test: known('it', 'values', 'set', 'template', 'templates', 'documentIndex', 'documentSelector', 'release', 'capabilities', 'asserts'),
  assertion: known('template', 'documentIndex', 'documentSelector', 'not'),
  release: known('name', 'namespace', 'revision', 'upgrade'),
  capabilities: known('majorVersion', 'minorVersion', 'apiVersions'),
  selector: known('path', 'value', 'matchMany', 'skipEmptyTemplates'),
};

function check(kind, object = {}, where) {
  if (object === null || typeof object !== 'object' || Array.isArray(object)) throw new Error(`${where}: not a map`);
  for (const key of Object.keys(object)) if (!KEYS[kind].has(key)) throw new Error(`${where}: ${key} is not known to this runner`);
  return object;
}

/** `image.tag: v` and `hosts[0].name: v` and `["a.b"].c: v` as values. */
export function valuesAt(path, value) {
  const keys = [...path.matchAll(/\["([^"]*)"\]|\[([^\]"]+)\]|\.?([^.[\]]+)/g)].map(([, quoted, bracketed, plain]) =>
    (bracketed !== undefined && /^\d+$/.test(bracketed) ? Number(bracketed) : quoted ?? bracketed ?? plain));
  if (keys.length === 0) throw new Error(`set: ${path} is no path`);
  return keys.reduceRight((inner, key) => {
    if (typeof key === 'string') return { [key]: inner };
    const list = Array(key + 1).fill(null);
    list[key] = inner;
    return list;
  }, value);
}

const setValues = (set = {}) => Object.entries(set).reduce((values, [path, value]) => merged(values, valuesAt(path, value)), {});

function readSelector(selector, where) {
  if (selector === undefined) return undefined;
  check('selector', selector, `${where}: documentSelector`);
  if (typeof selector.path !== 'string') throw new Error(`${where}: documentSelector.path is missing`);
  return selector;
}

function readAssertion(assertion, test, where) {
  const options = Object.fromEntries(Object.entries(assertion ?? {}).filter(([key]) => KEYS.assertion.has(key)));
  const types = Object.keys(assertion ?? {}).filter((key) => !KEYS.assertion.has(key));
  if (types.length !== 1) throw new Error(`${where}: ${types.length === 0 ? 'no assertion' : `more than one assertion: ${types.join(', ')}`}`);
  const [type] = types;
  const definition = ASSERTIONS[type];
  if (!definition) throw new Error(`${where}: the assertion ${type} is not known to this runner`);
  if (definition.parameters.includes('errorPattern') && options.not) throw new Error(`${where}: say ${definition.antonym ? 'failedTemplate' : 'notFailedTemplate'}: helm-unittest does not deny ${type}`);
  const parameters = assertion[type] ?? {};
  for (const key of Object.keys(parameters)) if (!definition.parameters.includes(key)) throw new Error(`${where}: ${type} has no parameter ${key}`);
  return {
    type, parameters, where,
    negative: Boolean(definition.antonym) !== Boolean(options.not),
    template: options.template,
    // The test's index wins, the assertion's selector does.
    index: test.documentIndex ?? options.documentIndex ?? -1,
    selector: readSelector(options.documentSelector ?? test.documentSelector, where),
    // helm-unittest passes over an assertion without documents by the test's selector alone.
    skips: Boolean(test.documentSelector?.skipEmptyTemplates),
  };
}

function readRelease(release, where) {
  if ((release.revision ?? 1) !== 1) throw new Error(`${where}: release.revision: helm template always renders revision 1`);
  if (!release.name) throw new Error(`${where}: release.name is missing: Helm's command takes no name like helm-unittest's default RELEASE-NAME`);
  return { name: release.name, namespace: release.namespace || 'NAMESPACE', upgrade: release.upgrade ?? false };
}

function readTest(file, suite, test, number) {
  const where = `${file}: ${test?.it ?? `test ${number + 1}`}`;
  check('test', test, where);
  if (!Array.isArray(test.asserts) || test.asserts.length === 0) throw new Error(`${where}: no asserts`);
  for (const one of [suite, test]) {
    check('release', one.release, `${where}: release`);
    check('capabilities', one.capabilities, `${where}: capabilities`);
  }
  const capabilities = { ...suite.capabilities, ...test.capabilities, apiVersions: [...(test.capabilities?.apiVersions ?? []), ...(suite.capabilities?.apiVersions ?? [])] };
  if ((capabilities.majorVersion === undefined) !== (capabilities.minorVersion === undefined)) throw new Error(`${where}: capabilities: give majorVersion and minorVersion`);
  return {
    name: test.it ?? `test ${number + 1}`,
    where,
    valuesFiles: [...(suite.values ?? []), ...(test.values ?? [])].map((path) => join(dirname(file), path)),
    values: merged(setValues(suite.set), setValues(test.set)),
    templates: test.templates ?? (test.template === undefined ? suite.templates : [test.template]),
    release: readRelease({ ...suite.release, ...test.release }, where),
    capabilities,
    assertions: test.asserts.map((assertion, at) => readAssertion(assertion, test, `asserts[${at}]`)),
  };
}

/**
 * The suites of a file (documents of YAML), each with its chart's folder, the templates that it selects and its tests. Paths are relative to
 * `root`, the folder that `file` is named from.
 */
export function readSuites(root, file) {
  const chart = dirname(dirname(file));
  return parseAllDocuments(readFileSync(join(root, file), 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0].message}`);
    const suite = check('suite', document.toJS(), file);
    if (!Array.isArray(suite.tests) || suite.tests.length === 0) throw new Error(`${file}: no tests`);
    const names = suite.tests.map((test) => test?.it);
    const twice = names.find((name, at) => name !== undefined && names.some((other, index) => index < at && isDeepStrictEqual(other, name)));
    if (twice !== undefined) throw new Error(`${file}: two tests are called ${twice}`);
    return {
      name: suite.suite ?? file, file, chart,
      templates: suite.templates ?? ['**'], excluded: suite.excludeTemplates ?? [],
      tests: suite.tests.map((test, number) => readTest(file, suite, test, number)),
    };
  });
}
