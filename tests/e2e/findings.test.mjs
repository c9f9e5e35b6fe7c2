// The findings: how many each environment has, which are listed, the rules' pages, silences with their reasons, and fixes.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { api, suite } from './app.mjs'

const it = suite()

async function findings(app) {
  await app.chart(api)
  await app.environment('production')
  await app.tab('Findings')
  await app.page.locator('.find-counts tr.chosen').waitFor()
}

/** Local differs by an image without a version. */
async function unpinned(app) {
  await findings(app)
  await app.environment('local')
  await app.type('/image/tag', 'latest')
  await app.finding('latest-tag')
}

const told = (app, text) => app.page.locator('#found', { hasText: text }).waitFor()

async function silence(app, rule, reason) {
  const entry = app.page.locator(`[data-rule="${rule}"]`)
  await entry.getByRole('button', { name: 'Silence', exact: true }).click()
  await entry.locator('form.silence input').fill(reason)
  await app.page.keyboard.press('Enter')
  await app.finding(rule, false)
}

it('counts by environment, and lists what only another one has', async (app) => {
  await unpinned(app)
  await app.page.locator('[data-findings-of="production"]').click()
  await app.page.locator('[data-environment="production"][aria-pressed="true"]').waitFor()
  await app.finding('latest-tag', false)
  await app.page.locator('[data-only-in="local"]').click()
  await told(app, 'in local that production has not')
  await app.finding('latest-tag')
  // A place of another environment leads there.
  await app.page.locator('[data-rule="latest-tag"] .at').first().click()
  await app.page.locator('[data-environment="local"][aria-pressed="true"]').waitFor()
  await app.page.locator('.l', { hasText: ':latest' }).first().waitFor()
})

it('filters by severity, by words, and by what is new', async (app) => {
  await unpinned(app)
  await app.page.locator('#find-words').fill('tag latest')
  await app.until(async () => (await app.findings()).join() === 'latest-tag', () => app.findings())
  await told(app, '1 finding of')
  await app.page.locator('.severities button', { hasText: 'Warnings' }).click()
  await app.until(async () => (await app.findings()).length === 0, () => app.findings())
  await app.page.locator('.found button', { hasText: 'Show all' }).click()
  await app.finding('latest-tag')
  await app.page.locator('.new-against select').selectOption('production')
  await told(app, 'that production has not')
  await app.finding('latest-tag')
})

it('shows the page of a rule, which has an address', async (app) => {
  await unpinned(app)
  await app.page.locator('[data-rule-page="latest-tag"]').click()
  const page = app.page.locator('dialog.rule-page')
  await page.locator('h3', { hasText: 'Why it matters' }).waitFor()
  assert.match(await page.textContent(), /kube-linter:latest-tag/)
  assert.match(new URL(app.page.url()).hash, /&rule=latest-tag$/)
  await app.page.reload()
  await page.locator('h3', { hasText: 'Cure' }).waitFor()
  await app.page.keyboard.press('Escape')
  await app.until(async () => !app.page.url().includes('rule='), () => app.page.url())
})

it('silences with a reason, keeps that, and hands it out as a project file', async (app) => {
  await unpinned(app)
  await silence(app, 'latest-tag', 'a mirror pins it')
  const silenced = app.page.locator('[data-silenced="latest-tag"]')
  await app.page.locator('#silenced > summary').click()
  assert.match(await silenced.textContent(), /a mirror pins it — mine, in all environments/)
  await app.page.waitForTimeout(500)
  await app.page.reload()
  await app.ready()
  await app.tab('Findings')
  await app.page.locator('#silenced > summary').click()
  await silenced.waitFor()
  await app.finding('latest-tag', false)
  const [download] = await Promise.all([app.page.waitForEvent('download'), app.page.locator('button', { hasText: 'Download .chartwright.yaml' }).click()])
  const text = await readFile(await download.path(), 'utf8')
  assert.match(text, /- rule: latest-tag\n\s+object: "Deployment\/\*-kaggle-data-api"\n\s+reason: "a mirror pins it"/)
  await silenced.getByRole('button', { name: /^Take back/ }).click()
  await app.finding('latest-tag')
})

it('shows where a finding comes from', async (app) => {
  await unpinned(app)
  await app.page.locator('[data-rule="latest-tag"]').getByRole('button', { name: 'Template line' }).click()
  const card = app.page.locator('.why')
  await card.waitFor()
  assert.match(await card.textContent(), /image\.tag/)
})

it('offers a fix that it has tried, and sets it in one step', async (app) => {
  await findings(app)
  await app.drop('looser.yaml', 'podSecurityContext:\n  # As it should not be.\n  seccompProfile: null\n')
  await app.finding('seccompProfile_restricted')
  const fix = app.page.locator('[data-rule="seccompProfile_restricted"] .fix')
  await fix.waitFor()
  assert.match(await fix.textContent(), /Fix: set \S*seccompProfile to \{type: RuntimeDefault\}.*in looser\.yaml; \d+ lines? changes?/)
  await fix.locator('button').click()
  await app.finding('seccompProfile_restricted', false)
  await app.page.locator('button[aria-label="Undo"]').click()
  await app.finding('seccompProfile_restricted')
})
