// Times key presses in Chromium and weighs what is fetched before the first manifest shows: node tests/e2e/bench.mjs. Prints Markdown.
import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { App, api, dist, start } from './app.mjs'

const keys = 200
const started = await start()
const sizes = (bytes) => [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length]
const row = (name, sizes) => console.log(`| ${name} | ${sizes.map((size) => size.toLocaleString('en')).join(' | ')} |`)

try {
  // What is fetched, in order, and what of it before the first manifest.
  const context = await started.browser.newContext()
  const page = await context.newPage()
  const fetched = []
  page.on('response', (response) => {
    const url = new URL(response.url()).pathname
    // What is preloaded and then read by a worker is one file, from the cache.
    if (!fetched.some((one) => one.url === url)) fetched.push({ url, at: performance.now() })
  })
  const begin = performance.now()
  await page.goto(`${started.origin}/`)
  await page.locator('[data-document] .l').first().waitFor()
  const first = performance.now()
  await page.locator('.badge, .empty.good').first().waitFor({ state: 'attached', timeout: 5_000 }).catch(() => {})
  await page.locator('#configure [role=tab]').filter({ hasText: 'YAML' }).click()
  await page.locator('.cm-content').waitFor()
  await context.close()

  const table = (title, list) => {
    console.log(`\n| ${title} | bytes | gzip | Brotli |\n| --- | ---: | ---: | ---: |`)
    const total = [0, 0, 0]
    for (const { url } of list) {
      const path = url === '/' ? '/index.html' : url
      const all = sizes(readFileSync(`${dist}${path}`))
      all.forEach((size, at) => { total[at] += size })
      row(path.replace(/-[0-9a-f]{12,}/, ''), all)
    }
    row('**together**', total)
  }
  console.log(`First manifest after ${Math.round(first - begin)} ms from an empty cache on loopback.`)
  const late = /checks|editor/
  table('before the first manifest', fetched.filter(({ url, at }) => at <= first && !late.test(url)))
  table('later, on need', fetched.filter(({ url, at }) => at > first || late.test(url)))
} finally {
  await started.close()
}

// After a key Chromium runs no task of the page before the next frame: the worker's answer waits for it, at most 16.7 ms. Without that
// rule the table shows what the page itself takes.
console.log(`\n| key down to … (${keys} keys) | median ms | p95 ms | slowest ms |\n| --- | ---: | ---: | ---: |`)
await type('', [])
await type(', its answer not held back for a frame', ['--disable-features=DeferRendererTasksAfterInput'])

/** From key down to the new value in the manifest's element, warnings on, no debounce. */
async function type(how, flags) {
  const started = await start(flags)
  try {
    const app = await App.open(started)
    await app.chart(api)
    await app.environment('production')
    await app.page.waitForTimeout(1500)
    const input = (await app.field('/config/MAX_PAGE_SIZE')).locator('input').first()
    await input.fill('')
    await input.focus()
    await app.page.evaluate(() => {
      globalThis.times = []
      globalThis.frames = []
      let from
      const pane = document.querySelector('.manifests')
      addEventListener('keydown', () => { from = performance.now() }, true)
      new MutationObserver(() => {
        const now = performance.now()
        const wanted = document.activeElement.value
        if (from === undefined || wanted === undefined || !pane.textContent.includes(`MAX_PAGE_SIZE: "${wanted}"`)) return
        globalThis.times.push(now - from)
        const began = from
        from = undefined
        requestAnimationFrame(() => globalThis.frames.push(performance.now() - began))
      }).observe(pane, { subtree: true, childList: true, characterData: true, attributes: true })
    })
    // The field takes six digits at most: a digit comes, a digit goes.
    await input.pressSequentially('1000')
    await app.page.waitForTimeout(500)
    await app.page.evaluate(() => { globalThis.times.length = globalThis.frames.length = 0 })
    for (let key = 0; key < keys; key += 1) {
      const before = await app.page.evaluate(() => globalThis.times.length)
      await app.page.keyboard.press(key % 2 ? 'Backspace' : String(1 + (key % 9)))
      await app.page.waitForFunction((before) => globalThis.times.length > before, before, { timeout: 5_000, polling: 5 })
    }
    await app.page.waitForTimeout(100)
    const { times, frames } = await app.page.evaluate(() => ({ times: globalThis.times, frames: globalThis.frames }))
    const at = (list, part) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))]?.toFixed(1)
    console.log(`| preview committed to the DOM${how} | ${at(times, 0.5)} | ${at(times, 0.95)} | ${at(times, 1)} |`)
    console.log(`| the frame after it${how} | ${at(frames, 0.5)} | ${at(frames, 0.95)} | ${at(frames, 1)} |`)
  } finally {
    await started.close()
  }
}
