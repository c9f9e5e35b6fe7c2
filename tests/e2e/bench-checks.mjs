// Times the checks of a chart in their worker in Chromium: node tests/e2e/bench-checks.mjs CHART [RUNS], CHART a folder with its dependencies in place. Prints Markdown.
// A new name of the release changes about every document, so that all of them are read and checked anew; a changed namespace of the release none of most charts'.
import { basename } from 'node:path'
import { App, start } from './app.mjs'

const [folder, runs = '20'] = process.argv.slice(2)
const started = await start()
try {
  const app = await App.open(started, { wait: false })
  // Each answer of the checks' worker, with how long it took from the question in the page.
  await app.page.addInitScript(() => {
    globalThis.checks = []
    const Plain = globalThis.Worker
    globalThis.Worker = class extends Plain {
      constructor(url, options) {
        super(url, options)
        if (!String(url).includes('checks')) return
        this.addEventListener('message', () => { if (this.asked) globalThis.checks.push(performance.now() - this.asked) })
      }

      postMessage(...message) {
        this.asked = performance.now()
        super.postMessage(...message)
      }
    }
  })
  await app.page.reload()
  await app.ready()
  await app.page.locator('#add-folder').setInputFiles(folder)
  await app.page.locator(`summary[aria-label="Chart: ${basename(folder)}"]`).waitFor({ timeout: 60_000 })
  // The table of Kubernetes' releases and the definitions of operators come once.
  await app.page.waitForTimeout(5_000)
  for (let run = 0; run < Number(runs) + 5; run += 1) {
    const before = await app.page.evaluate(() => globalThis.checks.length)
    await app.release({ name: `name-${run}` })
    await app.page.waitForFunction((before) => globalThis.checks.length > before, before, { timeout: 20_000, polling: 20 })
    await app.page.waitForTimeout(500)
    // The first ones are compiled while they run.
    if (run === 4) await app.page.evaluate(() => { globalThis.checks.length = 0 })
  }
  const times = (await app.page.evaluate(() => globalThis.checks)).sort((a, b) => a - b)
  console.log(`| checks of ${basename(folder)}, all documents new | ${times[times.length >> 1].toFixed(1)} | ${times[Math.floor(times.length * 0.95)].toFixed(1)} |`)
} finally {
  await started.close()
}
