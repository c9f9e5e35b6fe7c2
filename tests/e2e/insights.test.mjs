// What is found out of renders: what a change does to a cluster, what has no effect; and lines of the manifest that are typed otherwise.
import assert from 'node:assert/strict'
import { claim, production, suite } from './app.mjs'

const it = suite()
const deployment = 'Deployment/rel-kaggle-data-api'

async function looked(app) {
  await app.page.locator('.insights[aria-busy="false"]').waitFor()
}

it('tells what the last edit does to a cluster', async (app) => {
  await production(app)
  await app.tab('Insights')
  await looked(app)
  // The release's name was the last to be edited, to what it is in the goldens.
  await app.page.locator('.insights p', { hasText: 'No object changes' }).waitFor()
  await app.type('/resources/limits/memory', '2Gi')
  const touched = app.page.locator(`[data-touched="${deployment}"]`)
  await touched.locator('.chip', { hasText: 'restarts its pods' }).waitFor()
  await app.page.locator('.insights .sum', { hasText: '1 object changes · 1 workload restarts' }).waitFor()
  await touched.locator('button').click()
  await app.page.locator('#tab-manifests[aria-selected="true"]').waitFor()
  await app.press('Control+z')
  await app.tab('Insights')
  await touched.waitFor({ state: 'detached' })
})

it('begins when its tab is opened while something else is being worked out', async (app) => {
  // The engine's answers come late, and its questions are counted.
  await app.page.addInitScript(() => {
    const { set } = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage')
    const { postMessage } = Worker.prototype
    window.asked = 0
    Object.defineProperty(Worker.prototype, 'onmessage', {
      set(hear) { set.call(this, hear && ((event) => setTimeout(() => hear.call(this, event), window.late ?? 0))) },
    })
    Worker.prototype.postMessage = function (...message) {
      window.asked += 1
      return postMessage.apply(this, message)
    }
  })
  await app.page.reload()
  await app.ready()
  await production(app)
  await app.section('Resources')
  await app.page.evaluate(() => { window.late = 400 })
  await app.type('/resources/limits/memory', '2Gi')
  await app.see(deployment, 'memory: 2Gi')
  const asked = await app.page.evaluate(() => window.asked)
  await app.page.waitForFunction((asked) => window.asked > asked, asked)
  await app.tab('Insights')
  await app.page.locator('.insights .sum', { hasText: '1 workload restarts' }).waitFor()
  await looked(app)
})

it('says what an upgrade would be refused on', async (app) => {
  await app.chart(claim)
  await app.environment('production')
  await app.tab('Insights')
  await app.type('/size', '1Gi')
  const refused = app.page.locator('.refused')
  await refused.waitFor()
  assert.match(await refused.textContent(), /Upgrade refused: spec\.resources\.requests\.storage: field can not be less than/)
  await app.page.locator('.insights button', { hasText: 'All of mine' }).click()
  await app.page.locator('.insights .sum', { hasText: '1 object would be refused' }).waitFor()
})

it('finds keys that nobody reads, and takes those without effect out', async (app) => {
  await production(app)
  await app.drop('mine.yaml', 'confg:\n  LOG_LEVEL: debug\n')
  await app.tab('Insights')
  await looked(app)
  // The schema refuses unknown keys: then nothing is known of this environment.
  await app.until(async () => /production cannot be rendered|confg/.test(await app.page.locator('.insights').textContent()), () => app.page.locator('.insights').textContent())
  await app.press('Control+z')
  await looked(app)
  const idle = app.page.locator('[data-idle="replicaCount"]')
  await idle.waitFor()
  const before = await app.manifests()
  await idle.locator('button', { hasText: 'Remove' }).click()
  await idle.waitFor({ state: 'detached' })
  assert.ok(!(await app.download()).text.includes('replicaCount'))
  await app.tab('Manifests')
  assert.deepEqual(await app.manifests(), before)
})

it('lists the template lines that no environment reaches', async (app) => {
  await production(app)
  await app.tab('Insights')
  await looked(app)
  await app.page.locator('[data-unreached^="kaggle-data-api/templates/"]').first().waitFor()
  await app.page.locator('.insights .more > summary', { hasText: 'in subcharts' }).click()
  await app.page.locator('[data-unreached^="kaggle-data-api/charts/library/"]').first().waitFor()
})

it('sets what a line needs that is typed into the manifest', async (app) => {
  await production(app)
  const line = app.page.locator(`[data-document="${deployment}"] .l`, { hasText: 'memory: 768Mi' })
  await line.dblclick()
  const input = app.page.locator('#edit-line')
  await input.waitFor()
  assert.equal(await input.inputValue(), '768Mi')
  await app.page.locator('#edit-told', { hasText: 'Made by resources.limits.memory' }).waitFor()
  await input.fill('2Gi')
  await app.page.locator('#edit-told', { hasText: 'Sets resources.limits.memory to 2Gi, which was 768Mi, in values-production.yaml. Nothing else changes' }).waitFor()
  await app.press('Enter')
  await app.see(deployment, 'memory: 2Gi')
  await input.waitFor({ state: 'detached' })
  assert.match((await app.download()).text, /memory: 2Gi/)
  await app.press('Control+z')
  await app.see(deployment, 'memory: 768Mi')
})

it('shows what changes along, and says why a line cannot be had', async (app) => {
  await production(app)
  const told = app.page.locator('#edit-told')
  const named = app.page.locator(`[data-document="${deployment}"] .l`, { hasText: 'kind: Deployment' }).first()
  await named.dblclick()
  await told.filter({ hasText: 'No value makes this: it stands in the template' }).waitFor()
  assert.equal(await app.page.locator('.edit-line .primary').isDisabled(), true)
  await app.press('Escape')
  await app.page.locator('#edit-line').waitFor({ state: 'detached' })
  const host = app.page.locator('[data-document^="Ingress/"] .l', { hasText: 'kaggle-data-api.example.com' }).first()
  await host.dblclick()
  await app.page.locator('#edit-line').fill('data.example.com')
  await told.filter({ hasText: /Sets ingress\..* to data\.example\.com/ }).waitFor()
  await app.press('Escape')
})

it('edits a line by keyboard alone', async (app) => {
  await production(app)
  await app.page.locator('.manifests').focus()
  await app.press('Enter', 'ArrowDown', 'Enter')
  const input = app.page.locator('#edit-line')
  await input.waitFor()
  await app.until(async () => input.evaluate((element) => element === document.activeElement), () => 'the line has no focus')
  await app.press('Escape')
  await input.waitFor({ state: 'detached' })
  await app.until(async () => app.page.evaluate(() => document.activeElement?.id === 'manifests'), () => 'the focus is not back')
})
