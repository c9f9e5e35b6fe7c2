// The steps that the guide (docs/guide.md) shows. With SCREENSHOTS=FOLDER each leaves its picture there: `make screenshots`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { api, suite } from './app.mjs'

const it = suite()
const folder = process.env.SCREENSHOTS
const deployment = '[data-document^="Deployment/"]'

/** The whole page, or one part of it, once nothing moves any more. */
async function picture(app, name, part) {
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await app.page.mouse.move(0, 0)
  await app.page.evaluate(() => document.getAnimations().forEach((one) => Number.isFinite(one.effect?.getComputedTiming().endTime) && one.finish()))
  await (part ? app.page.locator(part) : app.page).screenshot({ path: join(folder, `${name}.png`) })
}

/** Production with more memory. */
async function edited(app) {
  await app.chart(api)
  await app.environment('production')
  await app.section('Resources')
  await app.type('/resources/limits/memory', '2Gi')
  await app.see(await app.page.locator(deployment).getAttribute('data-document'), 'memory: 2Gi')
}

for (const scheme of ['light', 'dark']) {
  it(`a value is changed, and its line says where it comes from (${scheme})`, { scheme }, async (app) => {
    await edited(app)
    await app.page.locator(`${deployment} .l`, { hasText: 'memory: 2Gi' }).click()
    await app.page.locator('.why', { hasText: 'resources.limits.memory' }).waitFor()
    await picture(app, scheme)
  })
}

it('findings are counted by environment, and one is mended', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.section('Image')
  await app.type('/image/tag', 'latest')
  await app.drop('looser.yaml', 'podSecurityContext:\n  seccompProfile: null\n')
  await app.tab('Findings')
  await app.finding('latest-tag')
  await app.page.locator('[data-rule="seccompProfile_restricted"] .fix').waitFor()
  await app.page.locator('.toast', { hasText: 'looser.yaml' }).getByRole('button').click()
  await picture(app, 'findings', '#result')
})

it('environments are compared', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.tab('Compare')
  await app.page.locator('#compare-with').selectOption('staging')
  await app.page.locator('.values-diff', { hasText: 'resources.limits.memory' }).waitFor()
  await app.page.locator('table.summary th', { hasText: 'Warnings' }).waitFor()
  await picture(app, 'compare', '#result')
})

it('insights say what the last edit does', async (app) => {
  await edited(app)
  await app.tab('Insights')
  await app.page.locator('#result', { hasText: '1 workload restarts' }).waitFor()
  for (const part of ['Overrides without effect', 'Keys that nobody reads', 'Lines never reached']) await app.page.locator('#result', { hasText: part }).waitFor()
  await picture(app, 'insights', '#result')
})

it('a stack is checked and downloaded as one', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.tab('Stack')
  await app.page.locator('.stack[aria-busy="false"]').waitFor({ timeout: 20_000 })
  await app.page.locator('[data-member="2"]').waitFor()
  await picture(app, 'stack', '#result')
})
