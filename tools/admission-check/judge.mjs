// Who said what, and who was right: the API server is.

const DECODING = / cannot be handled as a /;

/** What the server's validation says, an error each, as Chartwright words it: without the sentence around the list. */
function invalid({ causes }) {
  return causes.filter(({ field }) => field).map(({ field, message }) => `${field}: ${message}`);
}

/**
 * A row for each case:
 * `decoding`: none (neither's decoder minds), same (text and all), text (refused, in other words), missed, false;
 * `refused` and `found`: whether the server refuses it at all, and whether Chartwright does; `worded`: whether in one of the server's errors.
 */
export function judge(cases, server, chartwright) {
  const whole = new Map();
  return cases.map(({ text, path, ...the }, at) => {
    const [said, own] = [server[at], chartwright[at]];
    if (the.fault === 'none') whole.set(path + the.source, said);
    const base = whole.get(path + the.source);
    const theirs = DECODING.test(said.message ?? '') ? said.message : null;
    const decoding = theirs === null ? (own.decoding === null ? 'none' : 'false') : own.decoding === null ? 'missed' : own.decoding === theirs ? 'same' : 'text';
    const findings = own.decoding ? [own.decoding] : [...own.required, ...own.invalid];
    const refused = said.code >= 400;
    const words = new Set([said.message, ...invalid(said)]);
    return {
      ...the,
      valid: base.code < 400,
      code: said.code,
      server: said.message,
      chartwright: findings[0] ?? null,
      decoding,
      refused,
      found: findings.length > 0,
      worded: findings.some((finding) => words.has(finding)),
      wrong: findings.length > 0 && (!refused || (decoding === 'false' && base.code < 400)),
    };
  });
}

/** Prints the tables; whether nothing valid was refused. */
export function print(rows, examples) {
  const broken = rows.filter(({ fault }) => fault !== 'none');
  const odd = rows.filter(({ fault, valid }) => fault === 'none' && !valid);
  const table = [['fault', 'mutants', 'decoder refuses', 'same text', 'missed', 'validation refuses', 'found', 'in its words', 'without cause']];
  for (const fault of [...new Set(broken.map((row) => row.fault)), 'all']) {
    const list = fault === 'all' ? broken : broken.filter((row) => row.fault === fault);
    const decoded = list.filter(({ decoding }) => ['same', 'text', 'missed'].includes(decoding));
    const later = list.filter((row) => row.valid && row.refused && !decoded.includes(row));
    const count = (of, is) => of.filter(is).length;
    table.push([fault, list.length, decoded.length, count(decoded, (row) => row.decoding === 'same'), count(decoded, (row) => row.decoding === 'missed'),
      later.length, count(later, (row) => row.found), count(later, (row) => row.worded), count(list, (row) => row.wrong)]);
  }
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => String(row[column]).length)));
  for (const row of table) console.log(row.map((cell, column) => (column ? String(cell).padStart(widths[column]) : cell.padEnd(widths[column]))).join('  '));

  const judged = broken.filter(({ valid }) => valid);
  const refused = judged.filter((row) => row.refused);
  const found = refused.filter((row) => row.found);
  const wrong = rows.filter((row) => row.wrong);
  const valid = rows.filter((row) => row.fault === 'none' && row.valid);
  console.log(`\nOf ${judged.length} mutants of ${valid.length} valid objects the server refuses ${refused.length}; Chartwright refuses ${found.length} of these (${((100 * found.length) / Math.max(refused.length, 1)).toFixed(1)} %).`);
  console.log(`Refused without cause: ${wrong.length}.`);
  if (odd.length) console.log(`${odd.length} objects are refused as they are, and judged by the decoder alone.`);
  const show = (title, list) => {
    if (list.length) console.log(`\n${title} (${list.length}):`);
    for (const row of list.slice(0, examples)) console.log(`  ${row.name} ${row.pointer} ${row.fault}\n    server:      ${row.server}\n    chartwright: ${row.chartwright}`);
  };
  show('Refused without cause', wrong);
  show('Missed when decoded', broken.filter((row) => row.decoding === 'missed'));
  show('Refused when decoded, in other words', broken.filter((row) => row.decoding === 'text'));
  show('Missed by validation', judged.filter((row) => row.refused && !row.found));
  return wrong.length === 0;
}
