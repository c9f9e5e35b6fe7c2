// After Trunk has built: gives the workers' files names with their hash, as Trunk does for the page's; writes the hashes of the inlined
// scripts into the page's Content-Security-Policy; and asks the browser to fetch the engine and the charts at once, not only when
// the page's own module gets to them.
import { createHash } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const dist = process.env.TRUNK_STAGING_DIR ?? 'dist'
const digest = (bytes, encoding) => createHash('sha256').update(bytes).digest(encoding)

async function hashed(file) {
  const name = file.replace(/(_bg)?\.(js|wasm)$/, `-${digest(await readFile(join(dist, file)), 'hex').slice(0, 16)}$&`)
  await rename(join(dist, file), join(dist, name))
  return name
}

const wasm = {}
for (const worker of ['engine', 'checks']) {
  const script = await hashed(`${worker}.js`)
  wasm[worker] = await hashed(`${worker}_bg.wasm`)
  await writeFile(join(dist, `${worker}_loader.js`), `importScripts('./${script}')\nwasm_bindgen({ module_or_path: './${wasm[worker]}' })\n`)
}

const file = join(dist, 'index.html')
let page = await readFile(file, 'utf8')
const preloads = [
  `<link rel="preload" href="./${wasm.engine}" as="fetch" type="application/wasm" crossorigin="anonymous">`,
  '<link rel="preload" href="./charts.json" as="fetch" crossorigin="anonymous">',
  '<link rel="preload" href="./fonts/inter.woff2" as="font" type="font/woff2" crossorigin="anonymous">',
]
page = page.replace('</head>', `${preloads.join('')}</head>`)
const hashes = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => `'sha256-${digest(script, 'base64')}'`)
if (!page.includes(' HASHES')) throw new Error('the policy has no place for hashes')
page = page.replace(' HASHES', hashes.map((hash) => ` ${hash}`).join(''))
await writeFile(file, page)
