// Choosing: chart, environment, release; layers of values; what is shown of them.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { api, asHelmPrints, golden, root, suite } from './app.mjs'

const it = suite()

it('lists the shipped charts by layer, with version and description', async (app) => {
  await app.page.locator('summary[aria-label^="Chart:"]').click()
  const menu = app.page.locator('.charts')
  assert.deepEqual(await menu.locator('.menu-title').allTextContents(), ['applications', 'infrastructure', 'library'])
  const cards = await menu.locator('[data-chart]').evaluateAll((all) => all.map((card) => card.dataset.chart).sort())
  const shipped = ['applications', 'infrastructure', 'library'].flatMap((layer) => readdirSync(join(root, 'charts', layer)).map((chart) => `${layer}/${chart}`))
  assert.ok(shipped.length >= 6, shipped)
  assert.deepEqual(cards, shipped.sort())
  for (const text of await menu.locator('[data-chart]').allTextContents()) assert.match(text, /\d+\.\d+\.\d+.{20,}/s)
})

it('renders each environment as Helm does', async (app) => {
  await app.chart(api)
  await app.release({ name: 'rel', namespace: 'data', version: 'v1.37.0' })
  for (const environment of ['local', 'staging', 'production']) {
    await app.environment(environment)
    const helm = golden(`kaggle-data-api/${environment}`).replace(/\n+(?=---\n|$)/g, '\n')
    await app.until(async () => asHelmPrints(await app.manifests()) === helm, async () => `${environment}:\n${asHelmPrints(await app.manifests())}`)
  }
})

it('follows release, namespace and Kubernetes version, and says what is wrong with them', async (app) => {
  await app.chart(api)
  await app.release({ name: 'nightly', namespace: 'team-a' })
  await app.see('Deployment/nightly-kaggle-data-api', 'namespace: team-a').catch(() => app.see('Deployment/nightly-kaggle-data-api', 'app.kubernetes.io/instance: nightly'))
  await app.release({ version: '1.2' })
  await app.page.locator('.fault, #release-version[aria-invalid=true]').first().waitFor({ state: 'attached' })
  await app.release({ version: 'v1.37.0' })
  await app.release({ name: 'Not A Name' })
  await app.page.locator('#release-name[aria-invalid=true]').waitFor({ state: 'attached' })
  assert.equal(await app.page.locator('#release-name').inputValue(), 'Not A Name')
})

it('takes a dropped values file as a layer, which can be named, doubled, moved and removed', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.drop('values-eu.yaml', '# Europe\nreplicaCount: 7\nautoscaling:\n  maxReplicas: 21\n')
  const hpa = () => app.page.locator('[data-document^="HorizontalPodAutoscaler/"]').getAttribute('data-document')
  await app.see(await hpa(), 'maxReplicas: 21')
  const names = () => app.page.locator('.layer-name').allTextContents()
  const menu = (name) => app.page.locator(`summary[aria-label="Layer ${name}"]`).last()
  assert.deepEqual(await names(), ['values-production.yaml', 'values-eu.yaml'])

  await menu('values-eu.yaml').click()
  await app.page.locator('.layer .panel input:visible').fill('values-europe.yaml')
  await app.page.locator('.layer .panel input:visible').press('Enter')
  await app.until(async () => (await names()).includes('values-europe.yaml'), names)

  await app.press('Escape')
  await menu('values-europe.yaml').click()
  await app.page.locator('.choice:visible', { hasText: 'Duplicate' }).click()
  await app.until(async () => (await names()).length === 3, names)

  await menu((await names())[2]).click()
  await app.page.locator('.choice:visible', { hasText: 'Remove' }).click()
  await app.until(async () => (await names()).length === 2, names)

  await menu('values-europe.yaml').click()
  await app.page.locator('.choice:visible', { hasText: 'Move down' }).click()
  await app.until(async () => (await names())[0].startsWith('values-europe.yaml'), names)
  await app.press('Escape')
  await menu('values-europe.yaml').click()
  await app.page.locator('.choice:visible', { hasText: 'Remove' }).click()
  await app.see(await hpa(), 'maxReplicas: 10')

  await app.page.locator('button[aria-label="Undo"]').click()
  await app.see(await hpa(), 'maxReplicas: 21')
})

it('says calmly that a library chart is not installed by itself', async (app) => {
  await app.chart('library/service')
  await app.page.locator('.fault').waitFor()
  assert.match(await app.page.locator('.fault .message').textContent(), /library charts are not installable/)
})

it('shows the notes', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.release({ name: 'rel', namespace: 'data', version: 'v1.37.0' })
  await app.tab('Notes')
  await app.until(async () => (await app.page.locator('.notes pre').textContent()).trim() === golden('kaggle-data-api/production', 'notes').trim(), () => app.page.locator('.notes pre').textContent())
})

it('shows a first visitor the first manifest before the engine is fetched, and loses nothing typed meanwhile', { wait: false }, async (app) => {
  const page = await app.context.newPage()
  const asked = []
  page.on('request', (request) => asked.push(request.url()))
  let release
  const held = new Promise((resolve) => { release = resolve })
  await page.route(/charts\.json$/, async (route) => {
    await held
    await route.continue()
  })
  await page.addInitScript(() => localStorage.clear())
  await page.goto(`${app.origin}/`)
  const shown = async () => (await page.$$eval('[data-document] .l', (all) => all.map((line) => line.textContent))).join('\n')
  await page.locator('[data-document] .l').first().waitFor()
  assert.match(await page.locator('footer .state').textContent(), /^\d+ objects, as Helm/)
  const before = await shown()
  await page.locator('button[data-section="Resources"]').click()
  await page.locator('[data-field="/resources/limits/memory"] input').fill('900')
  assert.equal(await shown(), before)
  release()
  await page.locator('[data-document] .l.mine', { hasText: 'memory: 900Mi' }).waitFor()
  assert.equal((await shown()).replace('memory: 900Mi', 'memory: 768Mi'), before)
  // What a first visitor waits for is the page itself: the engine comes after what the build has prepared.
  const at = (name) => asked.findIndex((url) => name.test(url))
  assert.ok(at(/first\.bin/) >= 0 && at(/first\.bin/) < at(/engine-[0-9a-f]+_bg\.wasm/), asked.join('\n'))
})
