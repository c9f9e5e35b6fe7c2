// For everyone: without faults that axe-core can find, by keyboard alone, at every width, in light and dark.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { mkdirSync, readFileSync } from 'node:fs'
import { api, dist, suite } from './app.mjs'

const it = suite()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.SCREENSHOTS

async function audit(app, screen) {
  const [across, down] = await app.page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight])
  assert.ok(across <= 0 && down <= 0, `${screen}: the page is ${across} px too wide and ${down} px too high`)
  if (shots) {
    mkdirSync(shots, { recursive: true })
    await app.page.screenshot({ path: `${shots}/${screen}.png` })
  }
  // What fades is looked at once it has faded.
  await app.page.evaluate(() => document.getAnimations().forEach((one) => Number.isFinite(one.effect?.getComputedTiming().endTime) && one.finish()))
  // Injected by the test, not by the page: the page's own policy would refuse it as a script element.
  await app.page.evaluate(axe)
  const { violations } = await app.page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }))
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`), [], screen)
}

async function edited(app) {
  await app.chart(api)
  await app.environment('production')
  await app.section('Resources')
  await app.type('/resources/limits/memory', '2Gi')
  await app.see(await app.page.locator('[data-document^="Deployment/"]').getAttribute('data-document'), 'memory: 2Gi')
}

async function explained(app) {
  await app.page.locator('[data-document^="Deployment/"] .l', { hasText: 'memory:' }).first().click()
  await app.page.locator('.why').waitFor()
}

for (const scheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    const size = `${scheme}-${width}`
    it(`has no accessibility faults at ${size}`, { width, height, scheme }, async (app) => {
      if (width >= 1100) {
        await edited(app)
        await audit(app, `${size}-form`)
        await explained(app)
        await audit(app, `${size}-chain`)
        await app.section('All values')
        await audit(app, `${size}-all`)
        for (const tab of ['Compare', 'Findings', 'Values', 'Insights', 'Notes']) {
          await app.tab(tab)
          await app.page.waitForTimeout(300)
          await audit(app, `${size}-${tab.toLowerCase()}`)
        }
        await app.tab('Manifests')
        await app.side('YAML')
        await app.page.locator('.yaml-host .cm-content').waitFor()
        await audit(app, `${size}-yaml`)
        await app.page.locator('summary[aria-label^="Chart:"]').click()
        await audit(app, `${size}-charts`)
      } else {
        await audit(app, `${size}-form`)
        await app.page.locator('.switch-panes button', { hasText: 'Result' }).click()
        await app.page.locator('[data-document]').first().waitFor()
        await audit(app, `${size}-result`)
        await explained(app)
        await audit(app, `${size}-chain`)
      }
    })
  }
}

it('is used by keyboard alone', async (app) => {
  await edited(app)
  await app.page.locator('body').click({ position: { x: 2, y: 2 } })
  await app.press('?')
  await app.page.locator('dialog#help[open]').waitFor()
  await app.press('Escape')
  await app.page.locator('dialog#help[open]').waitFor({ state: 'detached' })
  await app.press('g', 's')
  await app.page.locator('button[data-section="Security"][aria-current="true"]').waitFor()
  await app.press(']')
  await app.until(async () => app.page.evaluate(() => document.activeElement?.closest('[data-field="/resources/limits/memory"]') !== null), () => 'the next change has no focus')
  const [download] = await Promise.all([app.page.waitForEvent('download'), app.press('Control+s')])
  assert.equal(download.suggestedFilename(), 'values-production.yaml')
  await app.page.locator('body').click({ position: { x: 2, y: 2 } })
  await app.press('Control+z')
  await app.see(await app.page.locator('[data-document^="Deployment/"]').getAttribute('data-document'), 'memory: 768Mi')
  await app.press('Control+Shift+z')
  await app.see(await app.page.locator('[data-document^="Deployment/"]').getAttribute('data-document'), 'memory: 2Gi')
  // From the top of the page, Tab reaches the form and the result, and the focus is always visible.
  await app.page.evaluate(() => document.activeElement?.blur())
  const seen = new Set()
  for (let step = 0; step < 120; step += 1) {
    await app.press('Tab')
    const at = await app.page.evaluate(() => {
      const element = document.activeElement
      const style = getComputedStyle(element)
      const visible = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || element.matches('.sr, body') || getComputedStyle(element.parentElement).outlineStyle !== 'none' || element.nextElementSibling && getComputedStyle(element.nextElementSibling).outlineStyle !== 'none'
      return { place: element.closest('header, nav, #configure, #result, footer')?.tagName + (element.closest('#configure, #result')?.id ?? ''), visible, html: element.outerHTML.slice(0, 120) }
    })
    assert.ok(at.visible, `no visible focus on ${at.html}`)
    seen.add(at.place)
  }
  assert.ok(seen.has('SECTIONconfigure'), [...seen].join())
})

it('tells screen readers of changes, and is named', async (app) => {
  await edited(app)
  const status = app.page.locator('[role=status][aria-live=polite].sr')
  await app.until(async () => /\d+ objects, \d+ findings/.test(await status.textContent()), () => status.textContent())
  for (const name of ['Sections', 'Configure', 'Result']) assert.equal(await app.page.locator(`[aria-label="${name}"]`).first().isVisible(), true, name)
})

it('works below a sub-path', async (app) => {
  const { serve } = await import('../../tools/serve.mjs')
  const server = await serve(`${dist}`, 0, '/chartwright/')
  try {
    const page = await app.context.newPage()
    await page.goto(`http://127.0.0.1:${server.address().port}/chartwright/`)
    await page.locator('[data-document]').first().waitFor({ timeout: 20_000 })
  } finally {
    server.close()
  }
})
