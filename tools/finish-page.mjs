// After Trunk has built: minifies the scripts; gives the workers' files names with their hash, as Trunk does for the page's; has the engine write what a first visitor
// sees; asks the browser to fetch that at once, or for everyone else the engine and the charts, not only when the page's own module gets to
// them; and writes the hashes of the inlined scripts into the page's Content-Security-Policy.
import { createHash } from 'node:crypto'
import { readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transform } from 'esbuild'

const dist = process.env.TRUNK_STAGING_DIR ?? 'dist'
const digest = (bytes, encoding) => createHash('sha256').update(bytes).digest(encoding)

/** A script without what only people read. */
async function minified(path) {
  const { code } = await transform(await readFile(path, 'utf8'), { minify: true, target: 'es2022' })
  await writeFile(path, code)
}

for (const name of await readdir(dist, { recursive: true })) if (/\.js$/.test(name) && !name.startsWith('editor')) await minified(join(dist, name))

async function hashed(file) {
  const name = file.replace(/(_bg)?\.(js|wasm)$/, `-${digest(await readFile(join(dist, file)), 'hex').slice(0, 16)}$&`)
  await rename(join(dist, file), join(dist, name))
  return name
}

const wasm = {}
const scripts = {}
for (const worker of ['engine', 'full', 'checks']) {
  scripts[worker] = await hashed(`${worker}.js`)
  wasm[worker] = await hashed(`${worker}_bg.wasm`)
}
const start = (worker) => `importScripts('./${scripts[worker]}')\nwasm_bindgen({ module_or_path: './${wasm[worker]}' })\n`
await writeFile(join(dist, 'checks_loader.js'), start('checks'))

// The engine gives way to the full one in the same worker (see src/engine.rs). The full one's script must not declare the name that the
// first one's has; it is fetched at once and in order, since the messages that come meanwhile are the full engine's. It takes messages up after
// this turn, in the order in which they are told: the first so many are those that were answered long ago.
const full = join(dist, scripts.full)
await writeFile(full, (await readFile(full, 'utf8')).replace(/^let wasm_bindgen\s*=/, 'self.wasm_bindgen_full ='))
await writeFile(
  join(dist, 'engine_loader.js'),
  `let last, left, told = 0
const kept = []
addEventListener('message', (event) => { last = event })
self.loader = {
  keep(anew) {
    if (anew) kept.length = 0
    kept.push(last)
  },
  left() {
    const was = left
    left = undefined
    return was
  },
  quiet: () => told > 0 && told-- > 0,
  full(carried, again) {
    const now = last
    left = { carried: carried.slice(), again }
    importScripts('./${scripts.full}')
    const request = new XMLHttpRequest()
    request.open('GET', './${wasm.full}', false)
    request.responseType = 'arraybuffer'
    request.send()
    if (request.status >= 400) throw new Error('the full engine is not there')
    const hear = self.onmessage
    try {
      self.wasm_bindgen_full.initSync({ module: request.response })
      told = kept.length
      for (const event of kept) self.onmessage(event)
    } catch (error) {
      told = 0
      self.onmessage = hear
      throw error
    }
    self.onmessage(now)
  },
}
${start('engine')}`,
)

// The engine's own answer to the start of a first visit. As it starts it tells its page that it is there: here nobody listens.
globalThis.postMessage = () => {}
const engine = new Function(`${await readFile(join(dist, scripts.engine), 'utf8')}\nreturn wasm_bindgen`)()
engine.initSync({ module: await readFile(join(dist, wasm.engine)) })
await writeFile(join(dist, 'first.bin'), engine.first_look(await readFile(join(dist, 'charts.json'), 'utf8')))

const file = join(dist, 'index.html')
let page = await readFile(file, 'utf8')
// The key is `storage::Key::Session`'s, in src/browser/storage.rs.
const preload = `const again = (() => {
  try {
    return location.hash.length > 1 || localStorage.getItem('chartwright.session')
  } catch {}
})()
for (const href of again ? ['./${wasm.engine}', './charts.json'] : ['./first.bin']) {
  const link = Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href })
  document.head.append(link)
}`
const font = '<link rel="preload" href="./fonts/inter.woff2" as="font" type="font/woff2" crossorigin="anonymous">'
page = page.replace('</head>', () => `${font}<script>${preload}</script></head>`)
const hashes = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => `'sha256-${digest(script, 'base64')}'`)
if (!page.includes(' HASHES')) throw new Error('the policy has no place for hashes')
page = page.replace(' HASHES', hashes.map((hash) => ` ${hash}`).join(''))
await writeFile(file, page)
