// The forms: every kind of field, its source, its error, its reset; search; undo and redo across form and YAML.
import assert from 'node:assert/strict'
import { claim, file, production, suite } from './app.mjs'

const it = suite()
const deployment = 'Deployment/rel-kaggle-data-api'

it('tells each value\'s source in colour and words, and takes mine back', async (app) => {
  await production(app)
  await app.section('Resources')
  const row = await app.field('/resources/limits/memory')
  assert.match(await row.getAttribute('class'), /\bfile\b/)
  assert.match(await row.locator('.chip').textContent(), /production/)
  await app.type('/resources/limits/memory', '2Gi')
  await row.locator('.chip.mine').waitFor()
  assert.match(await row.locator('.help').textContent(), /768Mi/)
  await app.see(deployment, 'memory: 2Gi')
  const mine = app.page.locator(`[data-document="${deployment}"] .l.mine`, { hasText: 'memory: 2Gi' })
  await mine.waitFor()
  await app.reset('/resources/limits/memory')
  await app.see(deployment, 'memory: 768Mi')
  assert.equal((await app.download()).text, file('charts/applications/kaggle-data-api/values-production.yaml'))
})

it('writes quantities with their units', async (app) => {
  await production(app)
  await app.section('Resources')
  const row = await app.field('/resources/requests/cpu')
  await row.locator('input').fill('750')
  await app.see(deployment, 'cpu: 750m')
  await row.locator('select').selectOption('core')
  await row.locator('input').fill('1.5')
  await app.until(async () => /cpu: "?1\.5"?/.test(await app.document(deployment)), () => app.document(deployment))
})

it('keeps what is wrong as typed, says why, and never writes it', async (app) => {
  await production(app)
  const wrong = [
    ['/replicaCount', 'many'], ['/replicaCount', '-1'], ['/replicaCount', '1.5'], ['/replicaCount', '99999999999999999999'],
    ['/resources/limits/memory', '12 potatoes'], ['/resources/limits/cpu', '--'], ['/containerPort', '99999'], ['/containerPort', 'http'],
    ['/podSecurityContext/runAsUser', 'root'], ['/autoscaling/maxReplicas', '0'], ['/terminationGracePeriodSeconds', 'soon'],
  ]
  for (const [id, text] of wrong) {
    await app.type(id, text)
    assert.ok((await app.error(id)).length > 5, `${id} = ${text}`)
    const row = await app.field(id)
    assert.equal(await row.locator('input').first().inputValue(), text)
  }
  // What fits the field's type but not the schema is written and told of; what does not fit is not written. Neither is lost.
  const { text } = await app.download()
  assert.ok(!text.includes('many') && !text.includes('potatoes') && !text.includes('soon'), text)
})

it('leaves nothing stale when a part is switched off', async (app) => {
  await production(app)
  await app.section('Autoscaling')
  await app.type('/autoscaling/maxReplicas', '30')
  await app.see('HorizontalPodAutoscaler/rel-kaggle-data-api', 'maxReplicas: 30')
  await app.toggle('/autoscaling/enabled', false)
  await app.gone('HorizontalPodAutoscaler/rel-kaggle-data-api')
  await app.see(deployment, 'replicas: 3')
  assert.ok(!(await app.download()).text.includes('maxReplicas'))
  await app.press('Control+z')
  await app.see('HorizontalPodAutoscaler/rel-kaggle-data-api', 'maxReplicas: 30')
})

it('says when a field has no effect', async (app) => {
  await production(app)
  const row = await app.field('/replicaCount')
  await row.locator('.why-inert').waitFor()
  assert.match(await row.locator('.why-inert').textContent(), /autoscaler/i)
})

it('adds to, renames in and removes from maps and lists', async (app) => {
  await production(app)
  const config = await app.field('/config')
  await config.locator('input[aria-label^="New key"]').first().fill('GREETING')
  await config.locator('.add-key button').first().click()
  await app.type('/config/GREETING', 'hello')
  await app.see('ConfigMap/rel-kaggle-data-api-config', 'GREETING: hello').catch(async () => {
    const id = await app.page.locator('[data-document^="ConfigMap/"]').first().getAttribute('data-document')
    await app.see(id, 'hello')
  })
  await config.locator('input[aria-label="Key GREETING"]').fill('WELCOME')
  await config.locator('input[aria-label="Key GREETING"]').press('Enter')
  await (await app.field('/config/WELCOME')).waitFor()
  await config.locator('button[aria-label="Remove WELCOME"]').click()
  await app.until(async () => !(await app.page.locator('[data-field="/config/WELCOME"]').count()), () => 'WELCOME is still there')

  const args = await app.field('/args')
  for (const text of ['--verbose', '--size=10']) {
    const count = await args.locator('.item').count()
    await args.locator('button.add').click()
    await app.until(async () => (await args.locator('.item').count()) === count + 1, () => 'no element was added')
    await args.locator('.item').nth(count).locator('input').fill(text)
    await app.see(deployment, text)
  }
  await args.locator('.item').nth(1).locator('button[aria-label="Move up element 2"]').click()
  await app.until(async () => /--size=10[\s\S]*--verbose/.test(await app.document(deployment)), () => app.document(deployment))
  await args.locator('.item').first().locator('button[aria-label="Remove element 1"]').click()
  await app.unseen(deployment, '--size=10')
})

it('knows the storage classes, leaving out and the empty class', async (app) => {
  await app.chart(claim)
  await app.environment('local')
  const row = await app.field('/storageClassName')
  const document = await app.page.locator('[data-document]').first().getAttribute('data-document')
  await row.locator('summary').click()
  for (const name of ['standard', 'gp3', 'efs-sc']) await row.locator('.choice b', { hasText: name }).first().waitFor()
  assert.match(await row.locator('.class-list').textContent(), /ebs\.csi\.aws\.com.*ReadWriteOnce.*snapshots.*WaitForFirstConsumer/s)
  await row.locator('.choice', { hasText: 'Empty' }).click()
  await app.see(document, 'storageClassName: ""')
  await row.locator('summary').click()
  await row.locator('.choice', { hasText: 'Leave it out' }).click()
  await app.unseen(document, 'storageClassName')
  await row.locator('input').fill('my-own-class')
  await app.see(document, 'storageClassName: "my-own-class"')
})

it('finds values by key, label and description', async (app) => {
  await production(app)
  await app.press('/')
  const search = app.page.locator('#search')
  assert.ok(await search.evaluate((element) => element === document.activeElement))
  for (const [words, id] of [['limits.memory', '/resources/limits/memory'], ['replicas', '/replicaCount'], ['root filesystem', '/securityContext/readOnlyRootFilesystem']]) {
    await search.fill(words)
    await app.page.locator(`[data-field="${id}"]`).first().waitFor()
  }
  await search.fill('no such value anywhere')
  await app.page.getByText('No value has these words').waitFor()
  await search.press('Escape')
})

it('undoes and redoes across form and YAML', async (app) => {
  await production(app)
  const original = (await app.download()).text
  await app.type('/replicaCount', '8')
  await app.side('YAML')
  const editor = app.page.locator('.yaml-host')
  await editor.locator('.cm-content').click()
  await app.press('Control+Home')
  await app.page.keyboard.insertText('# Mine\n')
  await app.until(async () => (await app.download()).text.startsWith('# Mine\n'), async () => (await app.download()).text)
  assert.match((await app.download()).text, /^replicaCount: 8$/m)
  const undo = app.page.locator('button[aria-label="Undo"]')
  const redo = app.page.locator('button[aria-label="Redo"]')
  await undo.click()
  await app.until(async () => !(await app.download()).text.startsWith('# Mine'), async () => (await app.download()).text)
  const all = async (button) => { while (await button.isEnabled()) await button.click({ timeout: 1000 }).catch(() => {}) }
  await all(undo)
  await app.until(async () => (await app.download()).text === original, async () => (await app.download()).text)
  await all(redo)
  await app.until(async () => (await app.download()).text.startsWith('# Mine'), async () => (await app.download()).text)
})
