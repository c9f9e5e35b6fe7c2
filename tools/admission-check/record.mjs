// What a real API server refuses, as a table that unit tests read: one mutant for each kind of refusal.

/** The end of an error's path and its words, without what differs from mutant to mutant. */
function shape(error) {
  const [path, ...words] = error.split(': ');
  const plain = words.join(': ').replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/-?\d+/g, '0').replace(/\{.*\}|\[.*\]/g, '');
  return `${path.replace(/\[[^\]]*\]/g, '').split('.').pop()}: ${plain}`;
}

/** Rows longer than this repeat a text that is too long. */
const MOST = 420;

/** What compiles expressions, looks for other objects, gives out addresses or identifiers, or shows whole objects is not validation by itself. */
const ELSEWHERE = /compilation failed|already allocated|provided (IP|port)|Internal error|controller-uid|status\.storedVersions|Duplicate value: \{"name"/;

/** The value at a JSON pointer; undefined where there is none. */
const at = (object, pointer) => pointer.split('/').slice(1).reduce((value, key) => value?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], object);

/** A line of JSON for each: `file` and `name` of the object (of tools/admission-check/), the place `at` which `put` stands, or nothing, and the `errors`. */
export function refusals(cases, server, rows) {
  const seen = new Set();
  const lines = cases.flatMap((the, number) => {
    const row = rows[number];
    const causes = (server[number].causes ?? []).filter(({ field, message }) => field && message);
    if (the.source.endsWith('custom.yaml') || the.fault === 'none' || !row.valid || server[number].code !== 422 || causes.length === 0) return [];
    const errors = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))].sort();
    if (errors.some((error) => ELSEWHERE.test(error))) return [];
    const key = errors.map(shape).sort().join(' ');
    if (seen.has(key)) return [];
    const put = at(JSON.parse(the.text), the.pointer);
    const { kind, apiVersion, metadata } = JSON.parse(the.text);
    const line = JSON.stringify({ file: the.source.split('/').pop(), object: `${apiVersion} ${kind} ${metadata?.name ?? ''}`, at: the.pointer, put, errors });
    if (line.length > MOST) return [];
    seen.add(key);
    return [line];
  });
  return lines.join('\n') + '\n';
}
