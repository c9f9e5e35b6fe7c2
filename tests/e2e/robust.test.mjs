// What goes wrong: broken files, unknown links, charts that fail, renders that do not end. Nothing typed is lost, and nothing hangs.
import assert from 'node:assert/strict'
import { api, suite } from './app.mjs'

const it = suite()

it('keeps a broken YAML file as typed, and says where it is broken', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.side('YAML')
  await app.page.locator('.yaml-host .cm-content').click()
  await app.press('Control+Home')
  await app.page.keyboard.insertText('replicaCount: [1, 2\n')
  const banner = app.page.locator('.yaml .banner')
  await banner.waitFor()
  assert.match(await banner.textContent(), /Line \d+/)
  assert.match((await app.download()).text, /^replicaCount: \[1, 2\n/)
  await app.side('Form')
  await app.page.locator('[data-document]').first().waitFor()
  await app.page.locator('button[aria-label="Undo"]').click()
  await banner.waitFor({ state: 'detached' })
})

it('takes a broken dropped file in as it is, and says what is wrong', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.drop('values-broken.yaml', 'a: b: c\n\t- x\n')
  await app.page.locator('.fault, .banner.bad, .toast').locator('visible=true').first().waitFor()
  assert.equal((await app.download()).text, 'a: b: c\n\t- x\n')
})

for (const [name, at] of [['is no text', '%%%%'], ['is not ours', 'v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'], ['is very long', 'v1.'.padEnd(50_000, 'x')]]) {
  it(`opens with a notice when the link ${name}`, { at }, async (app) => {
    await app.page.locator('[data-document], .fault').first().waitFor({ state: 'attached' })
    await app.page.locator('.toast').first().waitFor()
  })
}

it('opens with a notice when the link names a chart that is not there', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.type('/resources/limits/memory', '2Gi')
  const link = await app.copied(() => app.page.locator('header button[title^="Copy a link"]').click())
  const at = link.split('#')[1]
  await app.context.route('**/charts*.json', async (route) => {
    const response = await route.fetch()
    const given = await response.json()
    delete given.charts[api]
    await route.fulfill({ json: given })
  })
  await app.page.goto('about:blank')
  await app.page.goto(`${app.origin}/#${at}`)
  await app.ready()
  await app.page.locator('.toast', { hasText: 'kaggle-data-api' }).waitFor()
})

const one = (template, more = {}) => (charts) => {
  charts['applications/odd'] = {
    'Chart.yaml': 'apiVersion: v2\nname: odd\nversion: 0.1.0\ndescription: A chart for a test, with a description of its own.\n', 'values.yaml': '# How often.\ncount: 1\n',
    'values-production.yaml': 'count: 2\n', 'templates/odd.yaml': template, ...more,
  }
}
const calm = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd\ndata:\n  count: {{ .Values.count | quote }}\n'

it('shows the template of a chart that fails', { bundle: one('kind: X\nvalue: {{ .Values.missing.key }}\n') }, async (app) => {
  await app.chart('applications/odd')
  const fault = app.page.locator('.fault')
  await fault.waitFor()
  assert.match(await fault.locator('.message').textContent(), /nil pointer evaluating interface \{\}\.key/)
  assert.match(await fault.locator('.excerpt').textContent(), /\.Values\.missing\.key/)
})

it('shows a chart that cannot be parsed, and goes on with the others', { bundle: one('{{ if }}') }, async (app) => {
  await app.chart('applications/odd')
  await app.page.locator('.fault, .toast').first().waitFor()
  await app.chart(api)
  await app.page.locator('[data-document^="Deployment/"]').waitFor()
})

it('ends a render that does not end, says so, and keeps what was typed', {
  bundle: one(`${calm}{{- if gt (int .Values.count) 5 }}{{ range $i := until 100000 }}{{ range $j := until 100000 }}{{ if eq $i $j }}{{ $x := printf "%d" $i }}{{ end }}{{ end }}{{ end }}{{ end }}\n`),
}, async (app) => {
  await app.chart('applications/odd')
  await app.environment('production')
  await app.see('ConfigMap/odd', 'count: "2"')
  await app.type('/count', '9')
  await app.page.locator('.toast', { hasText: 'stopped' }).or(app.page.locator('.fault')).first().waitFor({ timeout: 20_000 })
  // Either the engine's own limits ended it, or the page ended the engine: in both cases the page lives on.
  if (await app.page.locator('.banner', { hasText: 'A render was stopped' }).count()) {
    await app.page.locator('button', { hasText: 'Let it go' }).click()
  }
  await app.type('/count', '3')
  await app.see('ConfigMap/odd', 'count: "3"')
  app.faults = app.faults.filter((fault) => !fault.includes('worker'))
})

it('keeps a typed secret when an engine is replaced, and keeps it out of the storage', {
  // The engine's own limits leave room for this; the page's patience of five seconds may not.
  bundle: one(`${calm}  password: {{ .Values.password | b64enc | quote }}\n{{- if gt (int .Values.count) 5 }}{{ range until 60 }}{{ $x := "a" | repeat 1000000 | sha256sum }}{{ end }}{{ range $i := until 10000 }}{{ range $j := until 10000 }}{{ end }}{{ end }}{{ end }}\n`, { 'values.yaml': '# How often.\ncount: 1\n# To come in.\npassword: ""\n' }),
}, async (app) => {
  await app.chart('applications/odd')
  await app.environment('production')
  await app.type('/password', 'correct-horse')
  await app.type('/count', '4')
  await app.see('ConfigMap/odd', 'count: "4"')
  await app.type('/count', '9')
  await app.page.locator('.toast', { hasText: 'stopped' }).or(app.page.locator('.fault')).first().waitFor({ timeout: 40_000 })
  await app.ready()
  if (await app.page.locator('.banner', { hasText: 'A render was stopped' }).count()) await app.page.locator('button', { hasText: 'Let it go' }).click()
  await app.type('/count', '3')
  await app.see('ConfigMap/odd', 'count: "3"')
  assert.equal(await (await app.field('/password')).locator('input').inputValue(), 'correct-horse')
  assert.match((await app.download()).text, /password: correct-horse/)
  assert.ok(!(await app.page.evaluate(() => JSON.stringify({ ...localStorage }) + location.href)).includes('correct-horse'))
  app.faults = app.faults.filter((fault) => !fault.includes('worker'))
})

it('never blocks typing while it renders', {
  bundle: one(`${calm}{{- range $i := until 400000 }}{{ end }}\n`),
}, async (app) => {
  await app.chart('applications/odd')
  await app.environment('production')
  const row = await app.field('/count')
  // Between two key presses the page gets its turn, though what the first one makes is not rendered yet.
  const early = await row.locator('input').evaluate(async (input) => {
    const pane = document.querySelector('.manifests')
    let early = 0
    for (let count = 1; count <= 30; count += 1) {
      input.value = String(count)
      input.dispatchEvent(new InputEvent('input', { bubbles: true }))
      await new Promise((resolve) => setTimeout(resolve))
      if (input.value === String(count) && !pane.textContent.includes(`count: "${count}"`)) early += 1
    }
    return early
  })
  assert.ok(early > 0, 'each render was waited for')
  await app.see('ConfigMap/odd', 'count: "30"')
})
