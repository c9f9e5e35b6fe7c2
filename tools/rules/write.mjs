// The pages of the rules in docs/rules/. What the app shows of them is written by html.mjs.
const capitalised = (text) => text[0].toUpperCase() + text.slice(1);
const names = (aliases) => aliases.map((alias) => `\`${alias}\``).join(', ');
/** A text in a cell of a table. */
const cell = (text) => text.replaceAll('|', '\\|');

/** docs/rules/ID.md */
export function page(rule) {
  const lines = [
    `# ${rule.id}`, '',
    `${capitalised(rule.title)}.`, '',
    '| | |', '| --- | --- |',
    `| Severity | ${rule.severity} |`,
    `| In the default profile | ${rule.byDefault ? 'yes' : 'no'} |`,
    `| Group | ${rule.group} |`,
    ...(rule.aliases.length ? [`| Elsewhere | ${names(rule.aliases)} |`] : []), '',
    '## What it checks', '', rule.checks, '',
    '## Why it matters', '', rule.why, '',
    '## Example', '', rule.example, '',
    '## Cure', '', rule.cured, '',
    `[Its cases](../../crates/lint/tests/rules/${rule.id}.md) · [its source](../../${rule.file}) · [silencing it](../lint.md#silencing-a-finding) · [all rules](README.md)`,
  ];
  return `${lines.join('\n')}\n`;
}

/** docs/rules/README.md */
export function index(rules) {
  const groups = [...new Set(rules.map(({ group }) => group))];
  const on = rules.filter(({ byDefault }) => byDefault).length;
  const lines = [
    '# Rules', '',
    `${rules.length} rules, ${on} of them in the default profile. Elsewhere is what other tools call the same check: their annotations that silence it count here too`,
    '([docs/lint.md](../lint.md)). [What they find in public charts](noise.md) was read. Made from the files in `crates/lint/src/rules` by `tools/rules.mjs`.',
  ];
  for (const group of groups) {
    lines.push('', `## ${group}`, '', '| Rule | Severity | Default | What it finds | Elsewhere |', '| --- | --- | --- | --- | --- |');
    for (const rule of rules.filter((one) => one.group === group)) {
      lines.push(`| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.byDefault ? 'on' : 'off'} | ${cell(rule.title)} | ${names(rule.aliases)} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
