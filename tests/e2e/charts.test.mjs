// Charts from outside, as a folder or an archive; and the Helm whose behaviour is shown.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { api, suite } from './app.mjs'

const it = suite()

const template = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-shop
data:
  count: {{ .Values.count | quote }}
  helm: {{ .Capabilities.HelmVersion.Version }}
`
const files = {
  'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\ndescription: A shop, as small as can be.\n',
  'values.yaml': '# How many.\ncount: 1\n',
  'values-production.yaml': 'count: 3\n',
  'ci/small-values.yaml': 'count: 2\n',
  'templates/config.yaml': template,
}
const shown = 'ConfigMap/rel-shop'

function tar(entries) {
  const blocks = Object.entries(entries).flatMap(([path, text]) => {
    const body = Buffer.from(text)
    const header = Buffer.alloc(512)
    header.write(path, 0)
    header.write('0000644\0', 100)
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('0ustar\x0000', 156)
    header.fill(' ', 148, 156)
    header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148)
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
const archive = (entries, top = 'shop/') => gzipSync(tar(Object.fromEntries(Object.entries(entries).map(([path, text]) => [`${top}${path}`, text]))))

async function cards(app) {
  return app.page.locator('.charts [data-chart]').evaluateAll((all) => all.map((card) => card.dataset.chart))
}

async function isShop(app) {
  await app.page.locator('summary[aria-label="Chart: shop"]').waitFor({ timeout: 30_000 })
}

async function remove(app) {
  await app.page.locator('summary[aria-label^="Chart:"]').click()
  await app.page.locator('button[aria-label="Remove shop"]').click()
  await app.until(async () => !(await cards(app)).some((id) => id.startsWith('dropped/')), () => cards(app))
}

it('takes a folder in as a chart with its environments, keeps it, and removes it', async (app) => {
  const folder = mkdtempSync(join(tmpdir(), 'chart-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'shop', path)), { recursive: true })
      writeFileSync(join(folder, 'shop', path), text)
    }
    await app.page.locator('#add-folder').setInputFiles(join(folder, 'shop'))
    await isShop(app)
  } finally {
    rmSync(folder, { recursive: true })
  }
  await app.release({ name: 'rel' })
  assert.deepEqual(await app.page.$$eval('[data-environment]', (all) => all.map((one) => one.dataset.environment)), ['default', 'production', 'ci/small'])
  for (const [environment, count] of [['default', 1], ['production', 3], ['ci/small', 2]]) {
    await app.environment(environment)
    await app.see(shown, `count: "${count}"`)
  }
  await app.type('/count', '7')
  await app.see(shown, 'count: "7"')
  await app.page.locator('.toast', { hasText: 'kept in this browser' }).waitFor()
  await app.page.waitForTimeout(500)
  await app.page.reload()
  await app.ready()
  await isShop(app)
  await app.see(shown, 'count: "7"')
  await remove(app)
  await app.page.reload()
  await app.ready()
  assert.deepEqual((await cards(app)).filter((id) => id.startsWith('dropped/')), [])
})

it('takes a dropped archive in as a chart', async (app) => {
  await app.drop('shop-0.1.0.tgz', archive(files))
  await isShop(app)
  await app.release({ name: 'rel' })
  await app.environment('production')
  await app.see(shown, 'count: "3"')
})

it('says what is wrong with archives that are none, and loses nothing', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.type('/resources/limits/memory', '2Gi')
  const before = (await cards(app)).length
  const hostile = {
    'noise.tgz': Buffer.from('this is no archive'),
    'cut.tgz': archive(files).subarray(0, 200),
    'outside.tgz': archive({ ...files, '../../outside.yaml': 'a: 1\n' }),
    'empty.tgz': archive({}),
    'endless.tgz': gzipSync(Buffer.concat([tar({ 'shop/Chart.yaml': files['Chart.yaml'] }).subarray(0, 1024), tar({ 'shop/files/zeros': '\0'.repeat(120 * 2 ** 20) })])),
  }
  for (const [name, bytes] of Object.entries(hostile)) {
    await app.drop(name, bytes)
    await app.page.locator('.toast', { hasText: name }).waitFor({ timeout: 40_000 })
  }
  assert.equal((await cards(app)).length, before)
  assert.match((await app.download()).text, /memory: 2Gi/)
})

it('renders as Helm 3 or as Helm 4', async (app) => {
  await app.drop('shop-0.1.0.tgz', archive(files))
  await isShop(app)
  await app.release({ name: 'rel' })
  const choose = async (version) => {
    await app.page.locator('summary[aria-label^="Release name"]').click()
    await app.page.locator(`label:has(input[name=helm][value="${version}"])`).click()
    await app.page.keyboard.press('Escape')
  }
  await app.see(shown, 'helm: v4.3.1')
  await choose('3.22')
  await app.see(shown, 'helm: v3.22.0')
  await app.page.locator('footer .state', { hasText: 'as Helm 3.22 renders them' }).waitFor()
  await app.page.waitForTimeout(500)
  await app.page.reload()
  await app.ready()
  await app.see(shown, 'helm: v3.22.0')
  await choose('4.3')
  await app.see(shown, 'helm: v4.3.1')
})
