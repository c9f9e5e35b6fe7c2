// The paths of helm-unittest's assertions: `spec.containers[0].name`, `metadata.annotations["a.b/c"]`, `[*]`, `..name`, `[?(@.name == "x" && @.on)]`.
// The syntax is that of github.com/vmware-labs/yaml-jsonpath, as far as it is told here; anything else is an error.

class PathError extends Error {}

/** Reads a text from its start: each `take` moves on. */
function reader(text) {
  let at = 0;
  return {
    take: (pattern) => {
      const found = new RegExp(pattern.source, 'y');
      found.lastIndex = at;
      const match = found.exec(text);
      if (match) at = found.lastIndex;
      return match;
    },
    done: () => at === text.length,
    fail: (what) => { throw new PathError(`${what} at ${at + 1} of the path ${text}`); },
  };
}

const unquoted = (quoted) => quoted.slice(1, -1).replace(/\\(.)/g, '$1');
const SPACE = / */;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/;

/** The steps that a reader stands before, to the end or to what no step starts with. */
function steps(from) {
  const found = [];
  for (;;) {
    let match;
    if ((match = from.take(/\.\.(\*|[^.[\]()*\s=!<>&|]+)/))) found.push({ kind: 'descend', name: match[1] });
    else if (from.take(/\.?\[\*\]|\.\*/)) found.push({ kind: 'all' });
    else if ((match = from.take(/\.([^.[\]()*\s=!<>&|]+)/))) found.push({ kind: 'names', names: [match[1]] });
    else if (from.take(/\[\?\(/)) {
      const test = either(from);
      if (!from.take(/ *\)\]/)) from.fail('a filter is not closed');
      found.push({ kind: 'filter', test });
    } else if (from.take(/\[/)) found.push(inBrackets(from));
    else return found;
  }
}

function inBrackets(from) {
  const names = [];
  const indexes = [];
  do {
    from.take(SPACE);
    let match;
    if ((match = from.take(QUOTED))) names.push(unquoted(match[0]));
    else if ((match = from.take(/-?\d+/))) indexes.push(Number(match[0]));
    else from.fail('neither a number nor a quoted name');
    from.take(SPACE);
  } while (from.take(/,/));
  if (!from.take(/\]/)) from.fail('a bracket is not closed');
  if (names.length > 0 && indexes.length > 0) from.fail('names and numbers are mixed');
  return names.length > 0 ? { kind: 'names', names } : { kind: 'indexes', indexes };
}

// Filters: `||` of `&&` of comparisons, of paths that lead to something, of what stands in parentheses, each with `!` or without.
function either(from) {
  const tests = [both(from)];
  while (from.take(/ *\|\|/)) tests.push(both(from));
  return (node) => tests.some((test) => test(node));
}

function both(from) {
  const tests = [single(from)];
  while (from.take(/ *&&/)) tests.push(single(from));
  return (node) => tests.every((test) => test(node));
}

function single(from) {
  from.take(SPACE);
  if (from.take(/!(?!=)/)) {
    const test = single(from);
    return (node) => !test(node);
  }
  if (from.take(/\(/)) {
    const test = either(from);
    if (!from.take(/ *\)/)) from.fail('a parenthesis is not closed');
    return test;
  }
  const left = term(from);
  const operator = from.take(/ *(==|!=|<=|>=|=~|<|>) */)?.[1];
  if (operator === undefined) return left.isPath ? (node) => left.values(node).length > 0 : from.fail('a value is no test');
  if (operator === '=~') {
    const pattern = from.take(/\/((?:[^/\\]|\\.)*)\//) ?? from.fail('no pattern');
    const regex = goRegex(pattern[1].replaceAll('\\/', '/'));
    return (node) => some(left.values(node), (value) => typeof value === 'string' && regex.test(value));
  }
  const right = term(from);
  return (node) => some(left.values(node), (a) => some(right.values(node), (b) => COMPARE[operator](a, b)));
}

/** As yaml-jsonpath has it: a filter holds if it holds for every value that its path leads to, and there is one. */
const some = (values, test) => values.length > 0 && values.every(test);

const alike = (a, b) => typeof a === typeof b && (typeof a === 'number' || typeof a === 'string');
const COMPARE = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => alike(a, b) && a < b,
  '<=': (a, b) => alike(a, b) && a <= b,
  '>': (a, b) => alike(a, b) && a > b,
  '>=': (a, b) => alike(a, b) && a >= b,
};

function term(from) {
  from.take(SPACE);
  let match;
  if (from.take(/@/)) {
    const inner = steps(from);
    return { isPath: true, values: (node) => walk(node, inner) };
  }
  const constant = (value) => ({ isPath: false, values: () => [value] });
  if ((match = from.take(QUOTED))) return constant(unquoted(match[0]));
  if ((match = from.take(/-?\d+(?:\.\d+)?/))) return constant(Number(match[0]));
  if ((match = from.take(/true|false|null/))) return constant(JSON.parse(match[0]));
  return from.fail('neither a path from @ nor a value');
}

const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const children = (value) => (Array.isArray(value) ? value : isMap(value) ? Object.values(value) : []);

/** A value and all that is in it, whatever depth it has. */
function* within(value) {
  const pending = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    yield next;
    pending.push(...children(next).toReversed());
  }
}

const named = (value, name) => (isMap(value) && Object.hasOwn(value, name) ? [value[name]] : []);
const STEP = {
  names: (value, { names }) => names.flatMap((name) => named(value, name)),
  indexes: (value, { indexes }) => (Array.isArray(value) ? indexes.map((index) => (index < 0 ? value.length + index : index)).filter((index) => index in value).map((index) => value[index]) : []),
  all: children,
  descend: (value, { name }) => [...within(value)].flatMap((inner) => (name === '*' ? children(inner) : named(inner, name))),
  filter: (value, { test }) => children(value).filter(test),
};
const walk = (root, path) => path.reduce((values, step) => values.flatMap((value) => STEP[step.kind](value, step)), [root]);

/** The values that a path leads to in a document; none where it leads nowhere. Throws on a path that it cannot read. */
export function find(document, path) {
  if (path === '') return [document];
  const from = reader(/^[.[$]/.test(path) ? path : `.${path}`);
  from.take(/\$/);
  const found = steps(from);
  if (!from.done()) from.fail('nothing can follow');
  return walk(document, found);
}

/** A pattern of Go's regexp as one of JavaScript's, or an error where the two read it differently. */
export function goRegex(pattern) {
  const [head, flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [''];
  const body = pattern.slice(head.length);
  if (/\(\?[imsUP-]|\\[AzZQEpPC]|\[\[:/.test(body)) throw new PathError(`the pattern ${pattern} means another thing outside of Go`);
  return new RegExp(body, flags);
}
