// What the pages of the rules are made from, and that each finding's rule has one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRules, ruleOf, sectionsOf } from '../../tools/rules/read.mjs';
import { fragment, html } from '../../tools/rules/html.mjs';
import { index, page } from '../../tools/rules/write.mjs';

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

test('a text of a rule as HTML', () => {
  assert.equal(html('Not `a<b>`, **never**:\nsee [it](https://example.com/?a&b).'), '<p>Not <code>a&lt;b&gt;</code>, <b>never</b>: see <a href="https://example.com/?a&amp;b" rel="noreferrer" target="_blank">it</a>.</p>');
  assert.equal(html('Two:\n\n- one\n  more\n- <two>\n\n```yaml\n- a: "1"\n```\nEnd.'), '<p>Two:</p><ul><li>one more</li><li>&lt;two&gt;</li></ul><pre tabindex="0"><code>- a: &quot;1&quot;</code></pre><p>End.</p>');
});

test('pages and table have each rule', () => {
  const rules = readRules();
  assert.ok(rules.length > 150);
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  const table = index(rules);
  for (const rule of rules) {
    assert.ok(table.includes(`| [${rule.id}](${rule.id}.md) |`), rule.id);
    assert.ok(page(rule).startsWith(`# ${rule.id}\n`), rule.id);
    const shown = fragment(rule);
    assert.ok(shown.includes('<h3>Cure</h3>') && !shown.includes('```'), rule.id);
    for (const alias of rule.aliases) assert.ok(shown.includes(`<code>${alias}</code>`), alias);
  }
});
