// What is found of objects and diagrams in a page: blocks of their language, nothing of other blocks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, objectsOf, pages } from '../../tools/handbook/blocks.mjs';

const fenced = (info, text) => `\`\`\`${info}\n${text}\`\`\`\n`;
const object = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n';

test('blocks of a language, with the line of their fence', () => {
  const page = `# A\n\n${fenced('mermaid', 'a\n')}\n${fenced('yaml values=api', 'b: 1\n')}\n~~~mermaid\n\`\`\`\nc\n~~~\n`;
  assert.deepEqual(blocksOf(page, 'mermaid'), [{ line: 3, info: '', text: 'a\n' }, { line: 11, info: '', text: '```\nc\n' }]);
  assert.deepEqual(blocksOf(page, 'yaml'), [{ line: 7, info: 'values=api', text: 'b: 1\n' }]);
});

test('a fence within a longer one does not end it', () => {
  assert.deepEqual(blocksOf('````md\n```mermaid\na\n```\n````\n', 'mermaid'), []);
});

test('objects, not values and not parts of objects', () => {
  const [found, ...others] = objectsOf('p.md', `${fenced('yaml', `${object}---\n${object}`)}${fenced('yaml values=api', object)}${fenced('yaml', 'spec: 1\n')}${fenced('sh', object)}`);
  assert.deepEqual(others, []);
  assert.equal(found.place, 'p.md:1');
  assert.deepEqual(found.objects.map(({ kind }) => kind), ['Service', 'Service']);
});

test('the pages are those that people read', () => {
  const found = pages();
  for (const page of ['README.md', 'docs/guides/gitops.md', 'charts/library/service/README.md']) assert.ok(found.includes(page), page);
  assert.ok(!found.some((page) => /^(docs\/rules|crates|tests)\//.test(page)));
});
