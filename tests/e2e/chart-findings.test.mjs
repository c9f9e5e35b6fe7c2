// What is found in the chart itself and in values, and what breaks in which release of Kubernetes.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { mkdirSync, readFileSync } from 'node:fs'
import { suite } from './app.mjs'

const it = suite()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.SCREENSHOTS

/** A chart with a field of its own, a password for everyone, a mistyped key, and a budget that asks for what not each release has. */
const small = {
  'Chart.yaml': 'apiVersion: v2\nname: small\nversion: 1.0.0\nkubeVersion: ">=1.26.0-0"\nhomepage: https://example.com\n',
  'values.yaml': 'name: one\n# Who may log in\nauth:\n  password: letmein\npolicy: AlwaysAllow\n',
  'values-local.yaml': 'name: two\n',
  'values-production.yaml': 'nmae: three\nauth:\n  password: ""\n',
  'templates/all.yaml': [
    'apiVersion: policy/v1', 'kind: PodDisruptionBudget', 'metadata:', '  name: {{ .Values.name }}', 'spec:', '  minAvailable: 1', '  selector:', '    matchLabels:',
    '      app: a', '  unhealthyPodEvictionPolicy: {{ .Values.policy }}', '---', 'apiVersion: v1', 'kind: Secret', 'metadata:', '  name: {{ .Values.name }}', 'stringData:',
    '  password: {{ .Values.auth.password | quote }}', '{{- if semverCompare ">=1.33-0" .Capabilities.KubeVersion.Version }}', '---', 'apiVersion: v1', 'kind: ConfigMap', 'metadata:',
    '  name: {{ .Values.name }}', '  labels:', '    "not a label": x', '{{- end }}', '',
  ].join('\n'),
}
const bundle = (charts) => { charts['applications/small'] = small }

const schema = (charts) => { charts['applications/small'] = { ...small, 'values.schema.json': '{"properties": {"policy": {"enum": ["AlwaysAllow", "IfHealthyBudget"]}}}' } }

async function open(app, environment) {
  await app.chart('applications/small')
  await app.environment(environment)
}

async function findings(app, environment) {
  await open(app, environment)
  await app.tab('Findings')
  await app.page.locator('.find-counts tr.chosen').waitFor()
}

async function releases(app) {
  await app.page.locator('#releases > summary').click()
  const text = async () => app.page.locator('#releases').textContent()
  await app.until(async () => /(breaks|works) in/.test(await text()) && !(await app.page.locator('#releases table').textContent()).includes('…'), text)
}

const row = (app, version) => app.page.locator(`#releases tr:has([data-release="${version}"])`)

async function audit(app, screen) {
  const across = await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(across <= 0, `${screen}: the page is ${across} px too wide`)
  if (shots) {
    mkdirSync(shots, { recursive: true })
    await app.page.screenshot({ path: `${shots}/${screen}.png` })
  }
  await app.page.evaluate(() => document.getAnimations().forEach((one) => Number.isFinite(one.effect?.getComputedTiming().endTime) && one.finish()))
  await app.page.evaluate(axe)
  const { violations } = await app.page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }))
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`), [], screen)
}

it('finds what is wrong with the chart and with values, and leads there', { bundle }, async (app) => {
  await findings(app, 'local')
  await app.finding('default-password')
  await app.finding('chart-metadata')
  await app.finding('unknown-value', false)
  // The field.
  await app.page.locator('[data-rule="default-password"]').getByRole('button', { name: 'Go to field' }).click()
  await app.page.locator('[data-field="/auth/password"]').waitFor()
  // The chart's own file, which is only looked at.
  await app.page.locator('[data-rule="chart-metadata"] .at').click()
  await app.page.locator('dialog[open]', { hasText: 'homepage: https://example.com' }).waitFor()
  await app.press('Escape')
  // A password of one's own cures it, as one types.
  await app.type('/auth/password', 'another')
  await app.finding('default-password', false)
  // The rule has its page.
  await app.page.locator('[data-rule-page="chart-metadata"]').click()
  await app.page.locator('dialog.rule-page h3', { hasText: 'Why it matters' }).waitFor()
})

it('leads from another environment to the line of its values file', { bundle }, async (app) => {
  await findings(app, 'local')
  await app.finding('chart-metadata')
  await app.until(async () => (await app.page.locator('[data-only-in="production"]').count()) > 0, () => app.page.locator('.find-counts').textContent())
  await app.page.locator('[data-only-in="production"]').click()
  await app.finding('unknown-value')
  assert.match(await app.page.locator('[data-rule="unknown-value"]').textContent(), /nmae.*Write name/)
  await app.page.locator('[data-rule="unknown-value"] .at').click()
  await app.page.locator('[data-environment="production"][aria-pressed="true"]').waitFor()
  await app.page.locator('.yaml-host .cm-activeLine', { hasText: 'nmae: three' }).waitFor()
})

it('silences what is found in a file, with a reason', { bundle }, async (app) => {
  await findings(app, 'production')
  await app.finding('unknown-value')
  const entry = app.page.locator('[data-rule="unknown-value"]')
  await entry.getByRole('button', { name: 'Silence', exact: true }).click()
  await entry.locator('form.silence input').fill('an operator reads it')
  await app.press('Enter')
  await app.finding('unknown-value', false)
  await app.page.locator('#silenced > summary').click()
  assert.match(await app.page.locator('[data-silenced="unknown-value"]').textContent(), /values-production\.yaml, line 1.*an operator reads it/s)
  const { text } = await app.saved(() => app.page.locator('button', { hasText: 'Download .chartwright.yaml' }).click())
  assert.match(text, /path: values-production\.yaml/)
})

it('says what the schema refuses although nothing renders', { bundle: schema }, async (app) => {
  await findings(app, 'local')
  await app.side('YAML')
  await app.page.locator('.yaml-host .cm-content').click()
  await app.press('Control+End')
  await app.page.keyboard.type('policy: Never')
  await app.finding('values-schema')
  assert.match(await app.page.locator('[data-rule="values-schema"]').textContent(), /values-local\.yaml, line 2/)
})

it('shows what breaks in which release, and checks against it', { bundle }, async (app) => {
  await findings(app, 'local')
  await releases(app)
  assert.match(await row(app, '1.25').textContent(), /fails.*fails/)
  assert.match(await row(app, '1.30').textContent(), /works/)
  assert.match(await row(app, '1.37').textContent(), /1 fault/)
  const broken = await app.page.locator('#releases .finds').textContent()
  assert.match(broken, /before 1\.26/)
  assert.match(broken, /since 1\.33.*ConfigMap\/two/)
  await app.page.locator('[data-release="1.30"]').click()
  await app.page.locator('[data-release="1.30"][aria-current="true"]').waitFor()
  assert.equal(await app.page.evaluate(() => document.activeElement?.dataset.release), '1.30')
  await app.until(async () => /1 new/.test(await row(app, '1.37').textContent()), () => row(app, '1.37').textContent())
  await app.page.locator('.found small', { hasText: 'Kubernetes 1.30' }).waitFor()
  // An edit is rendered at once, and the releases are looked at again.
  await app.type('/policy', 'Never')
  await app.see('PodDisruptionBudget/two', 'unhealthyPodEvictionPolicy: Never')
  await app.until(async () => /fault/.test(await row(app, '1.30').textContent()), () => row(app, '1.30').textContent())
})

it('leads from the release to the releases, by keyboard alone', { bundle }, async (app) => {
  await open(app, 'production')
  await app.page.locator('summary[aria-label^="Release name"]').focus()
  await app.press('Enter')
  await app.page.locator('button', { hasText: 'What breaks in which release' }).focus()
  await app.press('Enter')
  await app.page.locator('#releases[open]').waitFor()
  await app.until(async () => app.page.evaluate(() => document.activeElement?.id === 'releases-summary'), () => app.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)))
  await app.until(async () => /fails/.test(await row(app, '1.25').textContent()), () => row(app, '1.25').textContent())
  await app.press('Tab', 'Enter')
  await app.page.locator('[data-release="1.37"][aria-current="true"]').waitFor()
  await app.press('Tab', 'Enter')
  await app.page.locator('[data-release="1.36"][aria-current="true"]').waitFor()
})

for (const scheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    const size = `${scheme}-${width}`
    it(`has no accessibility faults at ${size}`, { width, height, scheme, bundle }, async (app) => {
      await open(app, 'production')
      if (width < 1100) await app.page.locator('.switch-panes button', { hasText: 'Result' }).click()
      await app.tab('Findings')
      await app.finding('unknown-value')
      await audit(app, `${size}-chart-findings`)
      await releases(app)
      await app.page.locator('#releases').evaluate((element) => element.scrollIntoView())
      await audit(app, `${size}-releases`)
      await app.page.locator('#releases .finds').evaluate((element) => element.scrollIntoView({ block: 'end' }))
      await audit(app, `${size}-releases-end`)
    })
  }
}
