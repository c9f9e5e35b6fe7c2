#!/usr/bin/env node
// Compares renders of any charts with Helm's own engine, chart by chart in turn, on this machine. Prints Markdown.
//   node tools/bench-charts.mjs HELM_BENCH OURS RUNS DIR
// HELM_BENCH is tools/bench-helm built, OURS the command built, DIR a folder of charts whose dependencies are there.
// Charts that make keys, certificates or password hashes are left out: that time is cryptography's.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const [helm, ours, runs, root] = process.argv.slice(2)
if (!root) {
  console.error('usage: bench-charts.mjs HELM_BENCH OURS RUNS DIR')
  process.exit(2)
}

/** Folders that hold a chart, not looking inside of charts. */
function* charts(folder) {
  if (existsSync(join(folder, 'Chart.yaml'))) {
    yield folder
    return
  }
  for (const entry of readdirSync(folder).sort()) {
    const path = join(folder, entry)
    if (statSync(path).isDirectory() && !entry.startsWith('.')) yield* charts(path)
  }
}

const KEYS = 'gen(CA|SignedCert|SelfSignedCert|PrivateKey)|htpasswd|bcrypt|derivePassword'
/** Whether templates of a chart, of its packed subcharts too, make keys. */
const makesKeys = (chart) => {
  const script = 'grep -rqE "$1" --include=*.yaml --include=*.tpl --include=*.txt "$0" || { find -L "$0" -name "*.tgz" -exec tar xzOf {} \\; | grep -aqE "$1"; }'
  return spawnSync('sh', ['-c', script, chart, KEYS]).status === 0
}

/** What a benchmark printed of one chart, and what it said beside it. */
function measure(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000 })
  return done.status === 0 ? { fields: done.stdout.trim().split('\t'), said: done.stderr } : undefined
}

const peak = (said) => Number(/peak (\d+) KB/.exec(said)?.[1] ?? NaN)
const rows = []
let without = 0
for (const chart of charts(root)) {
  if (makesKeys(chart)) continue
  const mine = measure(ours, ['bench', '--runs', runs, chart])
  const vary = mine && /--vary (.*)/.exec(mine.said)?.[1]
  const theirs = mine && measure(helm, ['-runs', String(Math.max(10, Math.ceil(Number(runs) / 10))), ...(vary ? ['-vary', vary] : []), chart])
  if (!theirs) {
    without += 1
    continue
  }
  const [name, median, , parsing, bytes] = mine.fields
  rows.push({ name, median: Number(median), helm: Number(theirs.fields[1]), parsing: Number(parsing), bytes: Number(bytes), memory: [peak(mine.said), peak(theirs.said)] })
}
for (const row of rows) row.ratio = row.helm / row.median
rows.sort((a, b) => a.ratio - b.ratio)
const mean = (list) => Math.exp(list.reduce((sum, value) => sum + Math.log(value), 0) / list.length)
const commit = (path) => {
  try {
    return execFileSync(path, ['version'], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

console.log(`${rows.length} charts (${without} do not render by themselves), ${commit(ours)}: geometric mean **${mean(rows.map(({ ratio }) => ratio)).toFixed(1)} ×**, `
  + `least ${rows[0]?.ratio.toFixed(1)} ×, memory at its peak ${mean(rows.map(({ memory: [mine, theirs] }) => theirs / mine)).toFixed(1)} times less.\n`)
console.log('| chart | Helm, median µs | Chartwright, median µs | ratio | parsing, µs | bytes | peak MB, Helm | peak MB |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
for (const { name, helm, median, ratio, parsing, bytes, memory: [mine, theirs] } of rows) {
  console.log(`| ${name} | ${helm} | ${median} | ${ratio.toFixed(1)} × | ${parsing} | ${bytes} | ${(theirs / 1024).toFixed(0)} | ${(mine / 1024).toFixed(0)} |`)
}
