// Puts charts into one file for the page: node tools/bundle-charts.mjs [CHARTS_DIR [OUTPUT]].
// Every folder with a Chart.yaml two levels down (layer/name) becomes an entry. Vendored archives are left out (file:// dependencies are found in the bundle);
// what is not text is kept as {"base64": …}. The output has no time and no order of its own, so the same charts give the same bytes.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const [charts = 'charts', output = 'public/generated/charts.json'] = process.argv.slice(2)
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

async function* files(folder, below = '') {
  const entries = await readdir(join(folder, below), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below ? `${below}/${entry.name}` : entry.name
    if (entry.isDirectory()) yield* files(folder, path)
    else if (entry.isFile() && entry.name !== '.DS_Store') yield path
  }
}

async function read(path) {
  const bytes = await readFile(path)
  try {
    return text.decode(bytes)
  } catch {
    return { base64: bytes.toString('base64') }
  }
}

const bundle = {}
for await (const path of files(charts)) {
  const parts = path.split('/')
  if (parts.length !== 3 || parts[2] !== 'Chart.yaml') continue
  const id = parts.slice(0, 2).join('/')
  const chart = (bundle[id] = {})
  for await (const file of files(join(charts, id))) {
    if (/^charts\/.*\.tgz$|^(tests?|ci)\//.test(file)) continue
    chart[file] = await read(join(charts, id, file))
  }
}
await mkdir(dirname(output), { recursive: true })
await writeFile(output, JSON.stringify({ charts: bundle }))
console.log(`${output}: ${Object.keys(bundle).length} charts`)
