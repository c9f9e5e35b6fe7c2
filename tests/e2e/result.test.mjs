// What comes of it: manifests, the comparison, the findings, the values, the exports, the link.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { claim, file, golden, production, suite } from './app.mjs'

const it = suite()
const deployment = 'Deployment/rel-kaggle-data-api'

it('shows one object or all, in colours, and marks what the last edit changed', async (app) => {
  await production(app)
  await app.page.locator('.obj', { hasText: 'Deployment' }).click()
  await app.page.locator('.obj[aria-pressed="true"]', { hasText: 'Deployment' }).waitFor()
  assert.equal(await app.page.locator('[data-document]:not([hidden])').count(), 1)
  await app.page.locator('.obj', { hasText: /^All/ }).click()
  assert.ok((await app.page.locator('[data-document]:not([hidden])').count()) >= 7)
  assert.ok((await app.page.locator(`[data-document="${deployment}"] .l span`).count()) > 20, 'keys and strings have colours')
  await app.type('/resources/limits/memory', '2Gi')
  await app.page.locator(`[data-document="${deployment}"] .l:has(> .flash)`).filter({ hasText: 'memory: 2Gi' }).waitFor({ state: 'attached' })
  await app.page.locator('.obj', { hasText: 'Deployment' }).locator('i').waitFor()
})

it('keeps the scroll where it was', async (app) => {
  await production(app)
  const pane = app.page.locator('.manifests')
  await pane.evaluate((element) => { element.scrollTop = 700 })
  await app.type('/resources/limits/memory', '2Gi')
  await app.see(deployment, 'memory: 2Gi')
  assert.equal(await pane.evaluate((element) => element.scrollTop), 700)
})

it('says where a line comes from', async (app) => {
  await production(app)
  await app.type('/resources/limits/memory', '2Gi')
  await app.see(deployment, 'memory: 2Gi')
  await app.page.locator(`[data-document="${deployment}"] .l.mine`, { hasText: 'memory: 2Gi' }).click()
  const card = app.page.locator('.why')
  await card.waitFor()
  assert.match(await card.textContent(), /resources\.limits\.memory: 2Gi.*mine/s)
  assert.match(await card.textContent(), /768Mi/)
  await app.page.locator(`[data-document="${deployment}"] .l.file`).first().waitFor()
})

it('keeps the last good output when a render fails, and says why', async (app) => {
  await production(app)
  const before = await app.document(deployment)
  await app.side('YAML')
  await app.page.locator('.yaml-host .cm-content').click()
  await app.press('Control+End')
  await app.page.keyboard.insertText('\npersistence:\n  existingClaim: ""\n')
  const fault = app.page.locator('.fault')
  await fault.waitFor()
  assert.ok((await fault.locator('.message').textContent()).length > 20)
  assert.equal(await app.document(deployment), before)
  await app.page.locator('.manifests.dimmed').waitFor()
  await app.page.locator('button[aria-label="Undo"]').click()
  await fault.waitFor({ state: 'detached' })
})

it('compares two environments by resource, and lets a weaker production stand out', async (app) => {
  await production(app)
  await app.tab('Compare')
  await app.page.locator('#compare-with').selectOption('local')
  await app.page.locator(`[data-resource="${deployment}"] .dl.plus`).first().waitFor({ state: 'attached' })
  const differences = await app.page.locator('[data-resource]').count()
  await app.page.locator('.compare-bar button', { hasText: 'All' }).click()
  await app.until(async () => (await app.page.locator('[data-resource]').count()) > differences, () => 'All shows no more than differences')
  await app.page.locator('.values-diff', { hasText: 'resources.limits.memory' }).waitFor()
  const summary = app.page.locator('table.summary')
  await summary.waitFor()
  for (const row of ['Replicas', 'Requests', 'Limits', 'Security level', 'Storage', 'Exposure', 'Warnings']) await summary.locator('th', { hasText: row }).waitFor()
  assert.match(await summary.textContent(), /restricted/)
  assert.equal(await app.page.locator('.weaker').count(), 0)
  await app.toggle('/podSecurityContext/runAsNonRoot', false)
  await app.toggle('/securityContext/allowPrivilegeEscalation', true)
  const weaker = app.page.locator('.weaker', { hasText: 'Production is weaker than local' })
  await weaker.waitFor()
})

it('warns live, with a cure, and leads to the field', async (app) => {
  await production(app)
  await app.tab('Findings')
  const breaks = [
    ['allowPrivilegeEscalation', () => app.toggle('/securityContext/allowPrivilegeEscalation', true)],
    ['runAsNonRoot', () => app.toggle('/podSecurityContext/runAsNonRoot', false)],
    ['no-read-only-root-fs', () => app.toggle('/securityContext/readOnlyRootFilesystem', false)],
    ['latest-tag', () => app.type('/image/tag', 'latest')],
    ['no-liveness-probe', () => app.toggle('/livenessProbe/enabled', false)],
    ['no-readiness-probe', () => app.toggle('/readinessProbe/enabled', false)],
    ['missing-pdb', () => app.toggle('/podDisruptionBudget/enabled', false)],
  ]
  for (const [rule, act] of breaks) {
    await app.finding(rule, false)
    await act()
    await app.finding(rule)
  }
  for (let step = 0; step < breaks.length; step += 1) await app.page.locator('button[aria-label="Undo"]').click()
  await app.until(async () => !(await app.findings()).some((rule) => breaks.some(([broken]) => broken === rule)), async () => `still found: ${await app.findings()}`)
  await app.toggle('/livenessProbe/enabled', false)
  await app.finding('no-liveness-probe')
  const finding = app.page.locator('[data-rule="no-liveness-probe"]')
  assert.match(await finding.textContent(), /Deployment\/rel-kaggle-data-api, line \d+.*Cure: /s)
  await finding.locator('button', { hasText: 'Go to field' }).click()
  await app.until(async () => app.page.evaluate(() => document.activeElement?.closest('[data-field^="/livenessProbe"]') !== null), () => 'the focus is not in the field')
})

it('resolves the claim across the shipped charts, and lists what no chart defines', async (app) => {
  await production(app)
  await app.tab('Findings')
  await app.page.locator('.prerequisites').waitFor()
  assert.match(await app.page.locator('.prerequisites').textContent(), /Secret\/kaggle-data-api-tls/)
  await app.finding('missing-pvc-ref', false)
  await app.type('/persistence/existingClaim', 'no-such-claim')
  await app.finding('missing-pvc-ref')
})

it('lists the effective values with their sources', async (app) => {
  await production(app)
  await app.type('/resources/limits/memory', '2Gi')
  await app.tab('Values')
  await app.page.locator('input[aria-label="Filter values"]').fill('limits.memory')
  const row = app.page.locator('table.effective tr[data-value="/resources/limits/memory"]')
  await app.until(async () => /2Gi.*768Mi values-production.yaml.*256Mi values.yaml/s.test(await row.textContent()), () => row.textContent())
})

it('gives the change as a patch, the command, and the file in place', async (app) => {
  await production(app)
  await app.type('/resources/limits/memory', '2Gi')
  await app.see(deployment, 'memory: 2Gi')
  const { text } = await app.download()
  assert.equal(text, file('charts/applications/kaggle-data-api/values-production.yaml').replace('memory: 768Mi', 'memory: 2Gi'))
  const patch = (await app.saved(() => app.more('Download my change as a patch'))).text
  const folder = mkdtempSync(join(tmpdir(), 'patch-'))
  try {
    writeFileSync(join(folder, 'values-production.yaml'), file('charts/applications/kaggle-data-api/values-production.yaml'))
    writeFileSync(join(folder, 'change.patch'), patch)
    execFileSync('patch', ['-p1', '--silent', 'values-production.yaml', 'change.patch'], { cwd: folder })
    assert.equal(execFileSync('cat', ['values-production.yaml'], { cwd: folder, encoding: 'utf8' }), text)
  } finally {
    rmSync(folder, { recursive: true })
  }
  assert.equal(await app.copied(() => app.more('Copy values file')), text)
  const command = await app.copied(() => app.more('Copy helm upgrade'))
  assert.match(command, /^helm upgrade --install rel .*kaggle-data-api.*(-n|--namespace) data.*values-production\.yaml/s)
})

it('restores its state from a link, without secrets', async (app) => {
  await production(app)
  await app.type('/resources/limits/memory', '2Gi')
  const secret = await app.field('/secret')
  await secret.locator('input[aria-label^="New key"]').fill('TOKEN')
  await secret.locator('.add-key button').click()
  const token = await app.field('/secret/TOKEN')
  await token.locator('input[type=password]').fill('hunter2hunter2')
  await app.until(async () => (await app.download()).text.includes('hunter2hunter2'), async () => (await app.download()).text)
  const link = await app.copied(() => app.page.locator('header button[title^="Copy a link"]').click())
  assert.ok(link.startsWith(app.origin))
  const page = await app.context.newPage()
  await page.goto('about:blank')
  await page.goto(link)
  await page.locator('main[aria-busy="false"]').waitFor()
  await page.locator(`[data-document="${deployment}"] .l`, { hasText: 'memory: 2Gi' }).first().waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('header button.primary').first().click()])
  const { readFile } = await import('node:fs/promises')
  const text = await readFile(await download.path(), 'utf8')
  assert.match(text, /memory: 2Gi/)
  assert.ok(!text.includes('hunter2'))
  const kept = await app.page.evaluate(() => location.href + JSON.stringify(localStorage) + JSON.stringify(sessionStorage))
  assert.ok(!kept.includes('hunter2') && !kept.includes(Buffer.from('hunter2hunter2').toString('base64').slice(2, 12)))
})

it('keeps unsaved work over a reload', async (app) => {
  await production(app)
  await app.type('/resources/limits/memory', '2Gi')
  await app.see(deployment, 'memory: 2Gi')
  await app.page.waitForTimeout(600)
  await app.page.goto(`${app.origin}/`)
  await app.ready()
  await app.see(deployment, 'memory: 2Gi')
})

it('says what the whole asks of the cluster', async (app) => {
  await production(app)
  const bar = app.page.locator('footer')
  await app.until(async () => /\d+ objects in [\d.]+ ms.*2.10 pods.*requests.*core/s.test(await bar.textContent()), () => bar.textContent())
  for (const key of ['default', 'production', 'mine']) await bar.locator('.legend .key', { hasText: key }).waitFor()
  await app.chart(claim)
  await app.environment('production')
  await app.tab('Compare')
  await app.page.locator('table.summary td', { hasText: /20\s?Gi.*ReadWriteMany/ }).first().waitFor()
  assert.ok(golden('kaggle-data-pvc/production').includes('20Gi'))
})
