// Drives the app in a real Chromium with verbs: open the chart, set replicas, see a line, download the file.
// Every page is watched: an error, a request to another origin or a breach of the Content-Security-Policy fails the test that made it.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { serve } from '../../tools/serve.mjs'

export const root = new URL('../../', import.meta.url).pathname
/** The built app; DIST names another place. */
export const dist = process.env.DIST ?? `${root}dist`
export const api = 'applications/kaggle-data-api'
export const job = 'applications/fetch-kaggle-job'
export const claim = 'infrastructure/kaggle-data-pvc'

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path))
const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Starts server and browser, with further flags of Chromium's; the caller closes what it gets. */
export async function start(further = []) {
  const server = await serve(dist, 0)
  const browser = await chromium.launch({ executablePath, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...flags, ...further] })
  const origin = `http://127.0.0.1:${server.address().port}`
  return { browser, origin, close: async () => { await browser.close(); server.close() } }
}

/** Starts server and browser for a file of tests. Call it at the top; `it(name, options?, body)` then gives each test its own page. */
export function suite() {
  let started
  before(async () => { started = await start() })
  after(() => started?.close())
  return (name, options, body) => {
    if (!body) [options, body] = [{}, options]
    test(name, { timeout: 180_000 }, async () => {
      const app = await App.open(started, options)
      try {
        await body(app)
        app.assertClean()
      } finally {
        await app.context.close()
      }
    })
  }
}

export class App {
  /** Opens the app. `bundle` changes the charts that it gets; `at` is the URL's fragment. */
  static async open({ browser, origin }, { width = 1440, height = 900, scheme = 'light', bundle, at = '', wait = true } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, acceptDownloads: true })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
    const app = new App()
    Object.assign(app, { context, origin, faults: [] })
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`))
    })
    if (bundle) {
      await context.route('**/charts*.json', async (route) => {
        const given = JSON.parse(readFileSync(`${dist}/charts.json`, 'utf8'))
        bundle(given.charts)
        await route.fulfill({ contentType: 'application/json', body: JSON.stringify(given) })
      })
    }
    app.page = await context.newPage()
    app.page.on('pageerror', (error) => app.faults.push(`page error: ${error.message}`))
    app.page.on('console', (message) => { if (message.type() === 'error') app.faults.push(`console: ${message.text()}`) })
    app.page.on('request', (request) => {
      const url = new URL(request.url())
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) app.faults.push(`request to another origin: ${request.url()}`)
    })
    await app.page.goto(`${origin}/${at && `#${at}`}`)
    if (wait) await app.ready()
    return app
  }

  assertClean() {
    assert.deepEqual(this.faults, [])
  }

  async ready() {
    await this.page.locator('main[aria-busy="false"]').waitFor()
    await this.page.locator('footer .state').filter({ hasText: /object|failed/ }).waitFor()
  }

  // What a person does.

  async chart(id) {
    await this.page.locator('summary[aria-label^="Chart:"]').click()
    await this.page.locator(`[data-chart="${id}"]`).click()
    await this.page.locator(`summary[aria-label="Chart: ${id.split('/')[1]}"]`).waitFor({ timeout: 20_000 })
  }

  async environment(id) {
    const button = this.page.locator(`[data-environment="${id}"]`)
    await button.click()
    await this.page.locator(`[data-environment="${id}"][aria-pressed="true"]`).waitFor()
  }

  async release({ name, namespace, version }) {
    await this.page.locator('summary[aria-label^="Release name"]').click()
    if (name !== undefined) await this.page.locator('#release-name').fill(name)
    if (namespace !== undefined) await this.page.locator('#release-namespace').fill(namespace)
    if (version !== undefined) await this.page.locator('#release-version').fill(version)
    await this.page.keyboard.press('Escape')
  }

  async section(title) {
    await this.page.locator(`button[data-section="${title}"]`).click()
    await this.page.locator(`button[data-section="${title}"][aria-current="true"]`).waitFor()
  }

  /** A field's row, brought onto the page: its section is opened, and what is folded is unfolded. */
  async field(id) {
    const row = this.page.locator(`[data-field="${id}"]`).first()
    if (!(await row.count())) await this.section('All values')
    await row.waitFor({ state: 'attached' })
    await row.evaluate((element) => {
      for (let at = element; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true
    })
    await row.scrollIntoViewIfNeeded()
    return row
  }

  async type(id, text) {
    const row = await this.field(id)
    await row.locator('input:not([type=radio]):not([type=checkbox]), textarea').first().fill(text)
  }

  async toggle(id, on) {
    const row = await this.field(id)
    await row.locator('input[role=switch]').setChecked(on)
  }

  async choose(id, option) {
    const row = await this.field(id)
    const radio = row.locator(`input[type=radio][value="${option}"]`)
    if (await radio.count()) await row.locator(`label:has(input[value="${option}"])`).click()
    else await row.locator('select').selectOption({ label: option })
  }

  async reset(id) {
    const row = await this.field(id)
    await row.locator('button.chip.mine').first().click()
  }

  async tab(name) {
    await this.page.locator(`#result [role=tab]`).filter({ hasText: new RegExp(`^${name}`) }).click()
  }

  async side(name) {
    await this.page.locator('#configure [role=tab]').filter({ hasText: name }).click()
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** Drops a file onto the page: a text, or a Buffer. */
  async drop(name, content) {
    const transfer = await this.page.evaluateHandle(([name, bytes]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))], name))
      return transfer
    }, [name, Buffer.from(content).toString('base64')])
    for (const type of ['dragenter', 'dragover', 'drop']) await this.page.dispatchEvent('body', type, { dataTransfer: transfer })
  }

  /** The primary download: its name and its text. */
  async download() {
    return this.saved(() => this.page.locator('header button.primary').first().click())
  }

  async saved(act) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), act()])
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
  }

  /** One of the choices under the download's arrow. */
  async more(label) {
    await this.page.locator('summary[aria-label="More to download and copy"]').click()
    await this.page.locator('.choice', { hasText: label }).click()
  }

  /** What a copying action leaves in the clipboard. */
  async copied(act) {
    await this.page.evaluate(() => navigator.clipboard.writeText(''))
    await act()
    await this.page.waitForFunction(async () => (await navigator.clipboard.readText()) !== '')
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  // What a person sees.

  /** The manifests as shown, document by document. */
  async manifests() {
    return this.page.$$eval('[data-document] pre', (all) => all.map((pre) => [...pre.querySelectorAll(':scope > .l')].map((line) => line.textContent).join('\n')))
  }

  async document(id) {
    return this.page.$eval(`[data-document="${id}"] pre`, (pre) => [...pre.querySelectorAll(':scope > .l')].map((line) => line.textContent).join('\n'))
  }

  /** Waits until a document shows a text; fails with what it shows instead. */
  async see(id, text) {
    await this.until(async () => (await this.page.locator(`[data-document="${id}"]`).count()) > 0 && (await this.document(id)).includes(text), async () => `${id} shows no "${text}":\n${await this.document(id).catch(() => 'no such document')}`)
  }

  async unseen(id, text) {
    await this.until(async () => !(await this.document(id)).includes(text), async () => `${id} still shows "${text}"`)
  }

  async gone(id) {
    await this.until(async () => !(await this.page.locator(`[data-document="${id}"]`).count()), () => `${id} is still there`)
  }

  async findings() {
    return this.page.$$eval('[data-rule]', (all) => all.map((one) => one.dataset.rule))
  }

  /** Waits until a finding of a rule is listed (or is not). */
  async finding(rule, there = true) {
    await this.until(async () => (await this.findings()).includes(rule) === there, async () => `${rule} ${there ? 'is not found' : 'is still found'}: ${await this.findings()}`)
  }

  async error(id) {
    const row = await this.field(id)
    await row.locator('p.error').first().waitFor()
    return row.locator('p.error').first().textContent()
  }

  async until(what, otherwise) {
    const end = Date.now() + 15_000
    for (;;) {
      if (await what().catch(() => false)) return
      if (Date.now() > end) assert.fail(await otherwise())
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

/** What real Helm made of a case: its standard output. */
export function golden(name, part = 'stdout') {
  return readFileSync(`${root}tests/goldens/${name}/${part}`, 'utf8')
}

/** A file of the repository. */
export function file(path) {
  return readFileSync(`${root}${path}`, 'utf8')
}

/** The manifests of the page as Helm would print them. */
export function asHelmPrints(documents) {
  return documents.map((text) => `---\n${text.replace(/\n+$/, '')}\n`).join('')
}

/** Opens the API's production as the release that the goldens were made of. */
export async function production(app) {
  await app.chart(api)
  await app.environment('production')
  await app.release({ name: 'rel', namespace: 'data', version: 'v1.37.0' })
}
