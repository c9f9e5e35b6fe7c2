// What is heavy and rare is no part of the first download: a chart that asks for it gets a fuller engine, and nothing typed is lost by that.
import assert from 'node:assert/strict'
import { api, suite } from './app.mjs'

const it = suite()
const certificates = 'applications/certificates'
const shown = 'ConfigMap/rel-certificates'

const bundle = (charts) => {
  charts[certificates] = {
    'Chart.yaml': 'apiVersion: v2\nname: certificates\nversion: 0.1.0\n',
    'values.yaml': '# Whether a key is made.\nkey: false\n# A template of the user.\nextra: ""\n',
    'templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-certificates
data:
  key: {{ if .Values.key }}{{ genPrivateKey "ed25519" | splitList "\\n" | first | quote }}{{ else }}none{{ end }}
  extra: {{ tpl .Values.extra . | quote }}
`,
  }
}

/** The full engine's modules that were asked for. */
function fetches(app) {
  const all = []
  app.page.on('request', (request) => { if (/full-[0-9a-f]+_bg\.wasm/.test(request.url())) all.push(request.url()) })
  return all
}

it('loads nothing of it where no chart asks', { bundle, wait: false }, async (app) => {
  const asked = fetches(app)
  await app.ready()
  await app.page.waitForLoadState('networkidle')
  assert.deepEqual(asked, [])
})

it('loads it when a value makes a chart ask, and keeps what was typed, and the steps back', { bundle }, async (app) => {
  const asked = fetches(app)
  // What the build has prepared is shown first: a click while the list of charts is replaced by the session's would be lost.
  await app.page.locator(`[data-chart="${certificates}"]`).waitFor({ state: 'attached' })
  await app.chart(api)
  await app.type('/config/MAX_PAGE_SIZE', '77')
  await app.see('ConfigMap/rel-kaggle-data-api-config', '77')
  await app.chart(certificates)
  await app.see(shown, 'key: none')
  assert.deepEqual(asked, [])
  await app.toggle('/key', true)
  await app.see(shown, 'key: "-----BEGIN PRIVATE KEY-----"')
  assert.equal(asked.length, 1)
  await app.toggle('/key', false)
  await app.see(shown, 'key: none')
  await app.chart(api)
  await app.environment('production')
  await app.see('ConfigMap/rel-kaggle-data-api-config', '77')
  for (let step = 0; step < 3; step += 1) await app.page.locator('button[aria-label="Undo"]').click()
  await app.unseen('ConfigMap/rel-kaggle-data-api-config', '77')
  assert.equal(asked.length, 1)
})

it('loads it for a template among the values', { bundle }, async (app) => {
  const asked = fetches(app)
  await app.chart(certificates)
  await app.type('/extra', '{{ htpasswd "a" "b" | trunc 6 }}')
  await app.see(shown, 'extra: "a:$2a$')
  assert.equal(asked.length, 1)
})
