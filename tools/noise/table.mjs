// The table of what the checks find in public charts: counts, and the notes of who read them.

/** Findings and charts by rule. */
export function count(charts) {
  const counts = new Map();
  for (const { findings } of charts) {
    for (const rule of new Set(findings.map((finding) => finding.rule))) {
      const own = counts.get(rule) ?? { charts: 0, findings: 0 };
      own.charts += 1;
      own.findings += findings.filter((finding) => finding.rule === rule).length;
      counts.set(rule, own);
    }
  }
  return counts;
}

/** What a page says by hand of each rule: what was read, and the verdict. */
export function notesOf(text) {
  const rows = text.matchAll(/^\| \[([^\]]+)\]\([^)]*\) \| [^|]* \| [^|]* \| [^|]* \| ([^|]*) \| ([^|]*) \|$/gm);
  return new Map([...rows].map(([, rule, read, verdict]) => [rule, { read, verdict }]));
}

/** docs/rules/noise.md */
export function page(rules, charts, counts, notes) {
  const names = charts.map(({ name, version }) => `${name} ${version}`).sort();
  const rows = rules.flatMap(({ id, byDefault }) => {
    const own = counts.get(id);
    if (!own) return [];
    const { read, verdict } = notes.get(id) ?? { read: '', verdict: '' };
    return [`| [${id}](${id}.md) | ${byDefault ? 'on' : 'off'} | ${own.charts} | ${own.findings} | ${read} | ${verdict} |`];
  });
  const silent = rules.filter(({ id }) => !counts.has(id)).map(({ id }) => `[${id}](${id}.md)`);
  const lines = [
    '# What the rules find in public charts', '',
    `${charts.length} public charts with their defaults, every rule on. The counts are written by \`tools/noise.mjs\`. Findings of each rule were read — how many of them, and what came of it, stands beside the`,
    'counts. What turned out to be noise was mended in the rule, and its cases in `crates/lint/tests/rules` say how it is told apart.', '',
    '| Rule | Default | Charts | Findings | Read | Verdict |', '| --- | --- | ---: | ---: | --- | --- |', ...rows, '',
    '## Charts', '', `${names.join(', ')}.`, '',
    '## Rules that found nothing', '', `${silent.join(', ')}.`,
  ];
  return `${lines.join('\n')}\n`;
}
