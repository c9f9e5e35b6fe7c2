// Where a line comes from, and which lines a value makes: by pointer and by keyboard, across form, values, manifests and comparison.
import assert from 'node:assert/strict'
import { production, suite } from './app.mjs'

const it = suite()
const deployment = 'Deployment/rel-kaggle-data-api'

const line = (app, text) => app.page.locator(`[data-document="${deployment}"] .l`, { hasText: text }).first()
const made = (app) => app.page.$$eval('.doc .l.makes', (all) => all.map((one) => one.textContent.trim()))

async function marked(app, what) {
  await app.until(async () => (await made(app)).some((text) => text.includes(what)), async () => `no marked line has ${what}: ${await made(app)}`)
}

it('leads from a line to the value, the file that set it, what it overrode, and the template, each a link', async (app) => {
  await production(app)
  await app.type('/resources/limits/memory', '2Gi')
  await app.see(deployment, 'memory: 2Gi')
  await line(app, 'memory: 2Gi').click()
  const card = app.page.locator('.why')
  await card.waitFor()
  await app.until(async () => {
    const [inner, outer] = [await card.boundingBox(), await app.page.locator('#manifests').boundingBox()]
    return inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height + 1
  }, () => 'the card is not in sight')
  const text = await card.textContent()
  assert.match(text, /resources\.limits\.memory: 2Gi.*mine/s)
  assert.match(text, /values-production\.yaml:\d+/)
  assert.match(text, /768Mi.*256Mi/s)
  assert.match(text, /kaggle-data-api\/.*templates\/.*:\d+/)
  assert.match(text, /called at/)
  assert.equal(await card.locator('.excerpt .l.at').count(), 1)
  // The template opens at its line.
  await card.locator('[data-file*="templates/"]').first().click()
  const dialog = app.page.locator('dialog#file[open]')
  await dialog.locator('.l.at').waitFor()
  assert.match(await dialog.locator('h2').textContent(), /templates\//)
  await app.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  // What it overrode leads to the chart's defaults.
  await card.locator('s ~ small [data-file="values.yaml"]').click()
  assert.match(await dialog.locator('.l.at').textContent(), /memory: 256Mi/)
  await app.press('Escape')
  // The field is a click away.
  await card.locator('[data-goto="/resources/limits/memory"]').first().click()
  await app.until(async () => app.page.evaluate(() => document.activeElement?.closest('[data-field="/resources/limits/memory"]') !== null), () => 'the field has no focus')
  // And so is the file, at its line.
  await card.locator('[data-layer="values-production.yaml"]').first().click()
  await app.page.locator('.yaml-host .cm-activeLine', { hasText: 'memory: 2Gi' }).waitFor()
})

it('tells what only decides about a line apart from what stands in it', async (app) => {
  await production(app)
  await app.page.locator('[data-document^="HorizontalPodAutoscaler/"] .l', { hasText: 'kind: HorizontalPodAutoscaler' }).click()
  const card = app.page.locator('.why')
  await card.getByText('decided by').waitFor()
  assert.match(await card.textContent(), /the template's own text.*decided by.*autoscaling\.enabled: true.*production/s)
})

it('marks the lines of a field that is pointed at or focused, and says how many', async (app) => {
  await production(app)
  const row = await app.field('/resources/limits/memory')
  await row.hover()
  await marked(app, 'memory: 768Mi')
  const told = app.page.locator('footer .told')
  await app.until(async () => /resources\.limits\.memory makes \d+ line/.test(await told.textContent()), () => told.textContent())
  const cpu = await app.field('/resources/limits/cpu')
  await cpu.locator('input').first().focus()
  await app.page.mouse.move(2, 2)
  await app.until(async () => !(await made(app)).some((text) => text.includes('memory')), async () => `still marked: ${await made(app)}`)
  // Typing keeps the marks on the lines that the value makes now.
  await app.type('/resources/limits/memory', '3Gi')
  await marked(app, 'memory: 3Gi')
})

it('goes from a field to its lines and back by keyboard', async (app) => {
  await production(app)
  await (await app.field('/resources/limits/memory')).locator('input').first().focus()
  await marked(app, 'memory: 768Mi')
  await app.press('Control+Enter')
  await app.page.locator('.l.sel', { hasText: 'memory: 768Mi' }).waitFor()
  const card = app.page.locator('.why')
  await card.waitFor()
  await app.until(async () => app.page.evaluate(() => document.activeElement?.id === 'manifests'), () => 'the manifests have no focus')
  await app.press('ArrowUp')
  await app.page.locator('.l.sel').filter({ hasNotText: 'memory: 768Mi' }).waitFor()
  await app.press('ArrowDown')
  await card.locator('[data-goto="/resources/limits/memory"]').first().waitFor()
  await app.until(async () => /^Line \d+ from .*made by resources\.limits\.memory \(production\)/.test(await app.page.locator('footer .told[role=status]').textContent()), () => app.page.locator('footer .told').textContent())
  await card.locator('[data-goto="/resources/limits/memory"]').first().press('Enter')
  await app.until(async () => app.page.evaluate(() => document.activeElement?.closest('[data-field="/resources/limits/memory"]') !== null), () => 'the field has no focus')
})

it('marks the fields and rows of a line that is pointed at', async (app) => {
  await production(app)
  await app.section('Resources')
  await line(app, 'memory: 768Mi').hover()
  await app.page.locator('.makes[data-field="/resources/limits/memory"]').waitFor()
  await app.page.mouse.move(2, 2)
  await app.page.locator('.makes[data-field]').waitFor({ state: 'detached' })
})

it('marks lines in every environment that is compared, from a row of the values too', async (app) => {
  await production(app)
  await app.tab('Compare')
  await app.page.locator('#compare-with').selectOption('local')
  await app.page.locator('.values-diff tr[data-value="/resources/limits/memory"]').hover()
  const resource = `[data-resource="${deployment}"]`
  await app.page.locator(`${resource} .dl.makes.minus`, { hasText: 'memory: 256Mi' }).waitFor({ state: 'attached' })
  await app.page.locator(`${resource} .dl.makes.plus`, { hasText: 'memory: 768Mi' }).waitFor({ state: 'attached' })
  const told = app.page.locator('footer .told')
  await app.until(async () => /in production.*in local/.test(await told.textContent()), () => told.textContent())
  await app.page.locator(`${resource} .dl.minus`, { hasText: 'memory: 256Mi' }).first().click()
  await app.page.locator('.compare .why', { hasText: 'resources.limits.memory: 256Mi' }).waitFor()
  await app.tab('Values')
  await app.page.locator('tr[data-value="/replicaCount"]').hover()
  await app.until(async () => /^replicaCount /.test(await told.textContent()), () => told.textContent())
})

const one = (values, template) => (charts) => {
  charts['applications/odd'] = {
    'Chart.yaml': 'apiVersion: v2\nname: odd\nversion: 0.1.0\ndescription: A chart for a test, with a description of its own.\n',
    'values.yaml': values, 'values-production.yaml': '', 'templates/odd.yaml': template,
  }
}

it('keeps the chain of a failed render: what is underlined, which value, what was meant', {
  bundle: one('server:\n  port: 80\n', 'kind: X\nvalue: {{ required "a port is needed" .Values.server.prot }}\n'),
}, async (app) => {
  await app.chart('applications/odd')
  const fault = app.page.locator('.fault')
  await fault.waitFor()
  assert.equal(await fault.locator('mark').textContent(), 'required "a port is needed" .Values.server.prot')
  assert.equal(await fault.locator('.hint').textContent(), 'server.prot is not set; did you mean port?')
  assert.match(await fault.locator('.led').textContent(), /server\.prot.*not set.*odd\/templates\/odd\.yaml:2/s)
  await fault.locator('[data-file="odd/templates/odd.yaml"]').first().click()
  await app.page.locator('dialog#file[open] .l.at', { hasText: '.Values.server.prot' }).waitFor()
})

it('leads from output that is no YAML to the template line and the value in it', {
  bundle: one('name: "a: b: c"\n', 'kind: X\nmetadata:\n  name: {{ .Values.name }}\n'),
}, async (app) => {
  await app.chart('applications/odd')
  const fault = app.page.locator('.fault')
  await fault.waitFor()
  assert.match(await fault.locator('.message').textContent(), /^YAML parse error on odd\/templates\/odd\.yaml/)
  assert.match(await fault.locator('.led').textContent(), /name: .*values\.yaml:1.*odd\/templates\/odd\.yaml:3/s)
})

for (const [width, scheme] of [[1440, 'dark'], [390, 'light']]) {
  it(`shows a chain at ${width} in ${scheme}`, { width, scheme, height: 844 }, async (app) => {
    if (width < 1100) await app.page.locator('.switch-panes button', { hasText: 'Result' }).click()
    await app.page.locator('[data-document^="Deployment/"] .l', { hasText: 'image:' }).first().click()
    const card = app.page.locator('.why')
    await card.waitFor()
    const [left, right] = await card.evaluate((element) => [element.getBoundingClientRect().left, element.getBoundingClientRect().right])
    assert.ok(left >= 0 && right <= width, `the card reaches from ${left} to ${right}`)
    assert.equal(await app.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true)
  })
}
