// What the pages of the rules are made from, and that each finding's rule has one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRules, ruleOf, sectionsOf } from '../../tools/rules/read.mjs';
import { asset, index, page } from '../../tools/rules/write.mjs';

const source = `//! \`a-rule\`: something
//! amiss.
//!
//! # What it checks
//!
//! This | that.
//!
//! # Why it matters
//!
//! It does.
//!
//! # Example
//!
//! \`\`\`yaml
//! # values.yaml
//! a: 1
//! \`\`\`
//!
//! # Cure
//!
//! \`\`\`yaml
//! a: 2
//! \`\`\`

pub(super) static RULE: Rule = Rule {
    id: "a-rule",
    severity: Severity::Warning,
    by_default: false,
    group: "Schema",
    aliases: &[
        "tool:one",
        "tool:two",
    ],
    reason: "It \\"does\\".",
    cure: "Mend it.",
    check: Check::Object(check),
};
`;

test('a rule is read from its docs and its metadata', () => {
  assert.deepEqual(ruleOf(source, 'a_rule.rs'), {
    id: 'a-rule',
    title: 'something amiss',
    severity: 'warning',
    byDefault: false,
    group: 'Schema',
    aliases: ['tool:one', 'tool:two'],
    file: 'crates/lint/src/rules/a_rule.rs',
    checks: 'This | that.',
    why: 'It does.',
    example: '```yaml\n# values.yaml\na: 1\n```',
    cured: '```yaml\na: 2\n```',
  });
});

test('a rule without a section, or under another name, is refused', () => {
  assert.throws(() => ruleOf(source.replace('# Cure', '# Remedy'), 'a_rule.rs'), /no section Cure/);
  assert.throws(() => ruleOf(source.replace('`a-rule`', '`b-rule`'), 'a_rule.rs'), /do not open with/);
});

test('a comment within a fence is no heading', () => {
  assert.deepEqual(Object.keys(sectionsOf(['# One', '```', '# not', '```', '# Two'])), ['', 'One', 'Two']);
});

test('pages, table and asset have each rule', () => {
  const rules = readRules();
  assert.ok(rules.length > 150);
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  const table = index(rules);
  const texts = JSON.parse(asset(rules));
  for (const rule of rules) {
    assert.ok(table.includes(`| [${rule.id}](${rule.id}.md) |`), rule.id);
    assert.ok(page(rule).startsWith(`# ${rule.id}\n`), rule.id);
    assert.equal(texts[rule.id].checks, rule.checks);
  }
});
