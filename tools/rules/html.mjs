// A rule's texts as HTML, for its page in the app. They use little of Markdown: paragraphs, lists, fenced blocks, code, emphasis and links.
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A line's or paragraph's text. */
function inline(text) {
  return text
    .split(/(`[^`]+`)/)
    .map((part, at) => (at % 2 ? `<code>${escape(part.slice(1, -1))}</code>` : escape(part)
      .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
      .replace(/\[([^\]]+)\]\((https:[^)]+)\)/g, '<a href="$2" rel="noreferrer" target="_blank">$1</a>')))
    .join('');
}

/** Markdown as HTML. */
export function html(markdown) {
  const out = [];
  let paragraph = [];
  let list = [];
  const flush = () => {
    if (paragraph.length) out.push(`<p>${inline(paragraph.join(' '))}</p>`);
    if (list.length) out.push(`<ul>${list.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`);
    [paragraph, list] = [[], []];
  };
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line.startsWith('```')) {
      flush();
      const end = lines.findIndex((other, place) => place > at && other.startsWith('```'));
      out.push(`<pre tabindex="0"><code>${escape(lines.slice(at + 1, end === -1 ? undefined : end).join('\n'))}</code></pre>`);
      at = end === -1 ? lines.length : end;
    } else if (/^[-*] /.test(line)) {
      if (paragraph.length) flush();
      list.push(line.slice(2));
    } else if (!line.trim()) flush();
    else if (list.length && /^ +/.test(line)) list.push(`${list.pop()} ${line.trim()}`);
    else {
      if (list.length) flush();
      paragraph.push(line.trim());
    }
  }
  flush();
  return out.join('');
}

const SEVERITY = { error: 'Error', warning: 'Warning', info: 'Information' };

/** What the app shows when a rule's page is opened. */
export function fragment(rule) {
  const title = escape(rule.title[0].toUpperCase() + rule.title.slice(1));
  const facts = [['Severity', SEVERITY[rule.severity]], ['Default profile', rule.byDefault ? 'on' : 'off'], ['Group', escape(rule.group)]];
  const aliases = rule.aliases.map((alias) => `<li><code>${escape(alias)}</code></li>`).join('');
  return [
    `<p class="title">${title}.</p>`,
    `<dl>${facts.map(([name, text]) => `<div><dt>${name}</dt><dd>${text}</dd></div>`).join('')}</dl>`,
    `<h3>What it checks</h3>${html(rule.checks)}`,
    `<h3>Why it matters</h3>${html(rule.why)}`,
    `<h3>Example</h3>${html(rule.example)}`,
    `<h3>Cure</h3>${html(rule.cured)}`,
    aliases && `<h3>Elsewhere</h3><p>What other linters call it; their annotations silence it too.</p><ul class="aliases">${aliases}</ul>`,
  ].join('');
}
