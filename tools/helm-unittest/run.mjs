// Runs a test of a suite: renders it, finds the documents that each assertion is about, and collects what is wrong.
import { isDeepStrictEqual } from 'node:util';
import { ASSERTIONS, told } from './assertions.mjs';
import { find } from './jsonpath.mjs';
import { inTemplates, glob, render } from './render.mjs';

class SelectionError extends Error {}

const isHook = (document) => document.metadata?.annotations?.['helm.sh/hook'] !== undefined;

function byIndex(index, documents, template) {
  const orders = new Set(documents.map((one) => `${isHook(one)} ${one.kind}`));
  if (orders.size > 1) throw new SelectionError(`Helm prints the documents of ${template} in the order of their kinds: name one by documentSelector`);
  if (index >= documents.length) throw new SelectionError(`document index ${index} is out of range: ${template} makes ${documents.length}`);
  return [documents[index]];
}

function bySelector({ path, value, matchMany, skipEmptyTemplates }, entries) {
  const matches = (document) => find(document, path).some((found) => value === undefined || isDeepStrictEqual(found, value));
  const chosen = entries.map(([template, documents]) => [template, documents.filter(matches)]).filter(([, documents]) => documents.length > 0);
  const count = chosen.reduce((sum, [, documents]) => sum + documents.length, 0);
  const words = `documentSelector ${path}${value === undefined ? '' : ` = ${JSON.stringify(value)}`}`;
  if (count > 1 && !matchMany) throw new SelectionError(`${words}: ${count} documents match`);
  if (count === 0 && !skipEmptyTemplates) throw new SelectionError(`${words}: no document matches`);
  return chosen;
}

/** The templates that an assertion is about, by their full names. */
function templatesOf(assertion, test, variant) {
  const names = assertion.template === undefined ? test.templates ?? ['**'] : [assertion.template];
  if (names.some((name) => name.includes('*'))) return variant.templates.filter((path) => names.some((name) => glob(name).test(path.slice(variant.chart.length + 1))));
  return names.map((name) => `${variant.chart}/${inTemplates(name)}`);
}

/** The message that a template failed with; of a partial's failure every template has it, of one outside of templates too. */
function failureFor(template, failure) {
  if (failure === undefined) return undefined;
  const elsewhere = failure.template !== undefined && !/\/_[^/]*$/.test(failure.template) && failure.template !== template;
  return elsewhere ? undefined : failure.message;
}

/** What is wrong by one assertion, in blocks of lines. */
function assertOne(assertion, test, variant, rendered) {
  const { type, parameters, negative } = assertion;
  const definition = ASSERTIONS[type];
  const templates = templatesOf(assertion, test, variant);
  const unknown = templates.filter((name) => !variant.templates.includes(name));
  if (unknown.length > 0) return [[`the suite selects no template ${unknown.join(', ')}`]];
  if (definition.failure) {
    return templates.flatMap((template) => definition.check({ failure: failureFor(template, rendered.failure), parameters, negative }).map((one) => [template, ...told(one)]));
  }
  if (rendered.failure !== undefined) return [[`the render failed: ${rendered.failure.message}`]];
  const entries = templates.map((template) => [template, rendered.documents.get(template)]);
  const chosen = assertion.selector !== undefined ? bySelector(assertion.selector, entries)
    : assertion.index >= 0 ? entries.map(([template, documents]) => [template, byIndex(assertion.index, documents, template)]) : entries;
  if (chosen.length === 0 && !assertion.skips) return definition.check({ documents: [], rendered: [], parameters, negative }).map(told);
  return chosen.flatMap(([template, documents]) =>
    definition.check({ documents, rendered: rendered.documents.get(template), parameters, negative }).map((one) => [template, ...told(one)]));
}

/** Faults of a test as text, one for each assertion that does not hold. */
export async function runTest(renderer, place, variant, test, number) {
  const rendered = await render(renderer, place, variant, test, number);
  return test.assertions.flatMap((assertion) => {
    let blocks;
    try {
      blocks = assertOne(assertion, test, variant, rendered);
    } catch (error) {
      blocks = [[error.message]];
    }
    const head = `${assertion.where} ${assertion.negative ? 'not ' : ''}${assertion.type}${assertion.parameters.path === undefined ? '' : ` ${assertion.parameters.path}`}`;
    return blocks.map((lines) => [head, ...lines.map((line) => `  ${line}`)].join('\n'));
  });
}
