// The stack: the shipped charts together, edited, moved apart, checked as one and downloaded for a tool; by keyboard, on narrow pages, light and dark, without faults that axe-core can find.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parseAllDocuments } from 'yaml'
import { api, claim, job, production, suite } from './app.mjs'

const it = suite()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The API's production, with the stack open. */
async function opened(app) {
  await production(app)
  await app.tab('Stack')
  await app.page.locator('.stack[aria-busy="false"]').waitFor({ timeout: 20_000 })
}

const member = (app, at) => app.page.locator(`[data-member="${at}"]`)
const found = (app) => app.page.$$eval('[data-stack-rule]', (all) => all.map((one) => `${one.dataset.of} ${one.dataset.stackRule}`))

/** What is downloaded for a tool: the paths of the archive, and a file's text. */
async function archive(app, tool) {
  const [download] = await Promise.all([app.page.waitForEvent('download'), app.page.locator(`[data-tool="${tool}"]`).click()])
  const path = await download.path()
  // Another program reads it, and tests it whole.
  execFileSync('unzip', ['-tq', path])
  const paths = execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }).trim().split('\n')
  return { name: download.suggestedFilename(), paths, text: (file) => execFileSync('unzip', ['-p', path, `kaggle-data/${file}`], { encoding: 'utf8' }) }
}

it('shows the shipped charts as one: references met, sums, classes, what the cluster has to bring', async (app) => {
  await opened(app)
  assert.deepEqual(await app.page.$$eval('.member .head .link', (all) => all.map((one) => one.textContent.split(' ')[0])), ['kaggle-data-pvc', 'fetch-kaggle-job', 'kaggle-data-api'])
  assert.deepEqual(await app.page.$$eval('[data-tie]', (all) => all.map((one) => one.dataset.tie)), [
    'CronJob/fetch-kaggle-job PersistentVolumeClaim/kaggle-data-pvc',
    'Deployment/kaggle-data-api PersistentVolumeClaim/kaggle-data-pvc',
  ])
  const sums = await app.page.locator('.sums').textContent()
  for (const part of [/Pods2–11 pods/, /Storage20Gi ReadWriteMany on efs-sc/, /QoS classBurstable/]) assert.match(sums, part)
  assert.match(await app.page.locator('[data-workload="Deployment/kaggle-data-api"]').textContent(), /kaggle-data-api.*2–10.*Burstable/)
  await app.page.locator('.stack .rows li', { hasText: 'Secret/kaggle-credentials' }).waitFor()
  assert.ok(!(await found(app)).some((rule) => /missing-/.test(rule)), `${await found(app)}`)
  const documents = await app.page.locator('[data-stack-document]').count()
  await app.page.locator('.manifests-head button', { hasText: 'All' }).click()
  await app.page.locator('[data-stack-document="0 PersistentVolumeClaim/kaggle-data-pvc"] pre', { hasText: 'storage: 20Gi' }).waitFor()
  assert.ok(documents > 8, `${documents} documents`)
})

it('goes with an edit of one of its charts, and with another environment', async (app) => {
  await opened(app)
  await app.page.locator('.manifests-head button', { hasText: 'All' }).click()
  await app.type('/resources/requests/cpu', '750m')
  await app.page.locator('[data-stack-document="2 Deployment/kaggle-data-api"] pre', { hasText: 'cpu: 750m' }).waitFor()
  await app.page.locator('[data-workload="Deployment/kaggle-data-api"] td', { hasText: '750m' }).waitFor()
  await member(app, 2).locator('.counts', { hasText: '1 mine' }).waitFor()
  await app.environment('local')
  await app.page.locator('[data-workload="Deployment/kaggle-data-api"] td', { hasText: /^1$/ }).waitFor()
  await app.page.locator('#member-0-environment').selectOption('production')
  await app.page.locator('.sums', { hasText: '20Gi ReadWriteMany on efs-sc' }).waitFor()
  // From a member to its form.
  await member(app, 1).locator('.head .link').click()
  await app.page.locator('summary[aria-label="Chart: fetch-kaggle-job"]').waitFor()
})

it('names what dangles with its release, and undoes', async (app) => {
  await opened(app)
  await app.page.locator('#member-0-namespace').fill('storage')
  await app.until(async () => (await found(app)).filter((rule) => /missing-pvc-ref/.test(rule)).length === 2, async () => `not found: ${await found(app)}`)
  await app.page.locator('.find', { hasText: 'the claim kaggle-data-pvc is in the namespace storage, not in data' }).first().waitFor()
  await app.page.locator('.find[data-stack-rule="missing-pvc-ref"] .link').first().click()
  assert.ok(await app.page.locator('[data-stack-document="1 CronJob/fetch-kaggle-job"]').evaluate((element) => element.open))
  await app.page.locator('#member-0-namespace').fill('Not a namespace')
  await app.page.locator('#member-0-namespace-error', { hasText: 'lower case' }).waitFor()
  await app.page.locator('button[aria-label="Undo"]').click()
  await app.until(async () => (await app.page.locator('[data-tie]').count()) === 2, () => 'the references are not met again')
  assert.equal(await app.page.locator('#member-0-namespace').inputValue(), 'data')
})

it('takes charts in and out', async (app) => {
  await opened(app)
  await app.page.locator('#add-member').selectOption(api)
  assert.equal(await app.page.locator('#add-member').inputValue(), '')
  await member(app, 3).waitFor()
  assert.equal(await app.page.locator('#member-3-release').inputValue(), 'kaggle-data-api-2')
  await app.page.locator('#member-3-release').fill('kaggle-data-api')
  await app.page.locator('#member-3-release-error', { hasText: 'there is another kaggle-data-api in data' }).waitFor()
  await app.page.locator('[data-stack-rule="duplicate-object"]').first().waitFor()
  for (let at = 3; at >= 0; at--) await member(app, at).locator('button[aria-label^="Take "]').click()
  await app.page.locator('.stack .empty').waitFor()
  assert.ok(await app.page.locator('[data-tool="flux"]').isDisabled())
  await app.page.locator('#add-member').selectOption(claim)
  await app.page.locator('#add-member').selectOption(job)
  await app.until(async () => (await app.page.locator('[data-tie]').count()) === 1, () => 'claim and job are not tied')
  // It is there again after a reload.
  await app.until(async () => (await app.page.evaluate(() => JSON.stringify(localStorage))).includes('fetch-kaggle-job'), () => 'nothing is kept')
  await app.page.reload()
  await app.ready()
  await app.tab('Stack')
  await member(app, 1).waitFor()
  assert.equal(await app.page.locator('[data-member]').count(), 2)
})

it('downloads values files as they are edited, with what installs them', async (app) => {
  await opened(app)
  await app.type('/resources/requests/cpu', '750m')
  await app.page.locator('[data-workload="Deployment/kaggle-data-api"] td', { hasText: '750m' }).waitFor()
  const own = (await app.download()).text
  await app.page.locator('.stack .fold', { hasText: 'Repository of the charts' }).locator('summary').click()
  await app.page.locator('#stack-repository').fill('https://git.example.com/platform/charts')
  const files = { argocd: ['argocd/applicationset.yaml'], flux: ['flux/source.yaml', 'flux/releases.yaml'], helmfile: ['helmfile.yaml'] }
  for (const [tool, its] of Object.entries(files)) {
    const { name, paths, text } = await archive(app, tool)
    assert.equal(name, `kaggle-data-${tool}.zip`)
    assert.deepEqual(paths.filter((path) => !path.includes('/values/')).sort(), ['kaggle-data/README.md', ...its.map((file) => `kaggle-data/${file}`)].sort())
    assert.equal(text('values/kaggle-data-api/values-production.yaml'), own)
    for (const file of its) assert.ok(parseAllDocuments(text(file)).every((document) => document.errors.length === 0), file)
    if (tool !== 'helmfile') assert.match(its.map(text).join(''), /https:\/\/git\.example\.com\/platform\/charts/)
  }
})

it('does not download what cannot be rendered', async (app) => {
  await opened(app)
  await app.side('YAML')
  await app.page.locator('.yaml-host .cm-content').click()
  await app.press('Control+End')
  await app.page.keyboard.insertText('\npersistence:\n  existingClaim: ""\n')
  await member(app, 2).locator('.banner.bad').waitFor()
  await app.page.locator('.stack .banner', { hasText: 'A render failed' }).waitFor()
  await app.page.locator('[data-tool="flux"]').click()
  await app.page.locator('.toast', { hasText: 'kaggle-data-api cannot be rendered' }).waitFor()
})

it('is worked by keyboard', async (app) => {
  await opened(app)
  await app.page.locator('#tab-stack').focus()
  const reached = new Set()
  for (let presses = 0; presses < 60 && !reached.has('add-member'); presses++) {
    await app.press('Tab')
    reached.add(await app.page.evaluate(() => document.activeElement.id || document.activeElement.dataset.tool || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent))
  }
  for (const stop of ['Stack', 'argocd', 'flux', 'helmfile', 'member-0-release', 'member-0-namespace', 'member-0-environment', 'Take kaggle-data-pvc out of the stack', 'add-member']) {
    assert.ok(reached.has(stop), `${stop} is not reached: ${[...reached].join(' | ')}`)
  }
})

for (const scheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    it(`fits a page of ${width} pixels, ${scheme}`, { width, height, scheme }, async (app) => {
      if (width < 1100) {
        await app.chart(api)
        await app.page.locator('.switch-panes button', { hasText: 'Result' }).click()
        await app.tab('Stack')
        await app.page.locator('.stack[aria-busy="false"]').waitFor({ timeout: 20_000 })
      } else {
        await opened(app)
      }
      const wide = await app.page.evaluate(() => {
        const pane = document.querySelector('.stack')
        const beyond = [...pane.querySelectorAll('*')].filter((element) => !element.closest('.table, pre, .sr') && element.getBoundingClientRect().right > pane.getBoundingClientRect().right + 1)
        return { page: document.documentElement.scrollWidth - innerWidth, pane: pane.scrollWidth - pane.clientWidth, beyond: beyond.map((element) => element.outerHTML.slice(0, 80)) }
      })
      assert.deepEqual(wide, { page: 0, pane: 0, beyond: [] })
      await app.page.locator('.manifests-head button', { hasText: 'All' }).click()
      await app.page.evaluate(axe)
      const { violations } = await app.page.evaluate(() => globalThis.axe.run('.stack', { resultTypes: ['violations'] }))
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`), [])
      await app.page.locator('.manifests-head button', { hasText: 'Names' }).click()
      await app.page.locator('.stack').evaluate((element) => { element.scrollTop = 0 })
      if (process.env.SCREENSHOTS) {
        await mkdir(process.env.SCREENSHOTS, { recursive: true })
        await app.page.screenshot({ path: `${process.env.SCREENSHOTS}/stack-${width}-${scheme}.png` })
        await app.page.locator('.stack').evaluate((element) => { element.scrollTop = 560 })
        await app.page.screenshot({ path: `${process.env.SCREENSHOTS}/stack-${width}-${scheme}-below.png` })
      }
    })
  }
}
