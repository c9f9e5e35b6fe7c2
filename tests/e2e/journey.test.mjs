// The way through the app for which it exists: choose a chart and production, configure, read the warnings, compare, download; and
// real Helm, given the downloaded file, renders exactly what the page showed.
import assert from 'node:assert/strict'
import { api, asHelmPrints, claim, file, golden, job, suite } from './app.mjs'

const it = suite()
const deployment = 'Deployment/rel-kaggle-data-api'

/** The page's manifests, the downloaded manifests and Helm's own are the same; the downloaded values are the file in the repository. */
async function ends(app, expected, helm) {
  const values = await app.download()
  assert.equal(values.name, expected.split('/').pop())
  assert.equal(values.text, file(`tests/e2e/expected/${expected}`))
  const manifests = await app.saved(() => app.more('Download all manifests'))
  assert.equal(manifests.text, golden(helm))
  assert.equal(asHelmPrints(await app.manifests()), golden(helm).replace(/\n+(?=---\n|$)/g, '\n'))
}

it('configures the service for production', async (app) => {
  await app.chart(api)
  await app.environment('production')
  await app.release({ name: 'rel', namespace: 'data', version: 'v1.37.0' })
  await app.see('HorizontalPodAutoscaler/rel-kaggle-data-api', 'maxReplicas: 10')

  await app.section('Resources')
  await app.type('/replicaCount', '5')
  await app.type('/resources/limits/memory', '1536Mi')
  await app.see(deployment, 'memory: 1536Mi')

  await app.section('Security')
  await app.type('/podSecurityContext/runAsUser', '2000')
  await app.see(deployment, 'runAsUser: 2000')
  await app.toggle('/securityContext/readOnlyRootFilesystem', false)
  await app.see(deployment, 'readOnlyRootFilesystem: false')
  await app.tab('Findings')
  await app.finding('no-read-only-root-fs')
  await app.tab('Manifests')
  await app.reset('/securityContext/readOnlyRootFilesystem')
  await app.see(deployment, 'readOnlyRootFilesystem: true')

  await app.section('Autoscaling')
  await app.type('/autoscaling/maxReplicas', '12')
  await app.see('HorizontalPodAutoscaler/rel-kaggle-data-api', 'maxReplicas: 12')

  await app.tab('Compare')
  await app.page.locator('[data-resource="HorizontalPodAutoscaler/rel-kaggle-data-api"]').waitFor()
  await app.page.locator('.values-diff', { hasText: 'autoscaling.maxReplicas' }).waitFor()
  await app.tab('Manifests')

  await ends(app, 'kaggle-data-api/values-production.yaml', 'downloaded/kaggle-data-api-values-production')
})

it('configures the nightly job for production', async (app) => {
  await app.chart(job)
  await app.environment('production')
  await app.release({ name: 'rel', namespace: 'data', version: 'v1.37.0' })
  const cron = 'CronJob/rel-fetch-kaggle-job'
  await app.type('/schedule', '30 3 * * *')
  await app.see(cron, '30 3 * * *')
  await app.type('/backoffLimit', '5')
  await app.see(cron, 'backoffLimit: 5')
  await app.type('/resources/limits/memory', '4Gi')
  await app.see(cron, 'memory: 4Gi')
  await ends(app, 'fetch-kaggle-job/values-production.yaml', 'downloaded/fetch-kaggle-job-values-production')
})

it('moves the claim to another storage class', async (app) => {
  await app.chart(claim)
  await app.environment('production')
  await app.release({ name: 'rel', namespace: 'data', version: 'v1.37.0' })
  const row = await app.field('/storageClassName')
  await row.locator('summary').click()
  await row.locator('.choice', { hasText: 'gp3' }).first().click()
  assert.match(await app.error('/accessMode'), /ReadWrite/)
  await app.page.locator('.fault').waitFor()
  await app.choose('/accessMode', 'ReadWriteOnce')
  await app.see('PersistentVolumeClaim/kaggle-data-pvc', 'storageClassName: "gp3"')
  await (await app.field('/storageClassName')).locator('.caution').waitFor()
  await app.type('/size', '40Gi')
  await app.see('PersistentVolumeClaim/kaggle-data-pvc', 'storage: 40Gi')
  await ends(app, 'kaggle-data-pvc/values-production.yaml', 'downloaded/kaggle-data-pvc-values-production')
})
