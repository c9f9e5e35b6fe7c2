// Which chart has which values, with which defaults.
import { choice, text, withDefaults } from './kinds.mjs';
import { claim, classRules } from './claim.mjs';
import { job } from './job.mjs';
import { service } from './service.mjs';
import { tenant } from './tenant.mjs';
import { fromHelm, libraryKey } from './workload.mjs';

const apiConfig = {
  DATA_DIR: text('Data folder', 'Where the data sets are mounted.', '/data', { pattern: '^/' }),
  LOG_LEVEL: choice('Log level', 'What is logged.', ['debug', 'info', 'warning', 'error'], 'info'),
  MAX_PAGE_SIZE: text('Largest page', 'How many rows one answer may hold.', '1000', { pattern: '^[1-9][0-9]{0,5}$' }),
  CACHE_SECONDS: text('Cache', 'How long answers are kept in memory, in seconds.', '60', { pattern: '^[0-9]{1,6}$' }),
};
const fetchConfig = {
  DATA_DIR: text('Data folder', 'Where the data sets are written: `raw/YYYYMMDD`, `processed`, `archive` below it.', '/data', { pattern: '^/' }),
  KAGGLE_DATASETS: text('Data sets', 'What is fetched: `owner/name`, separated by commas.', 'zynicide/wine-reviews', { pattern: '^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+(,[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)*$' }),
  LOG_LEVEL: apiConfig.LOG_LEVEL,
  KEEP_RAW_DAYS: text('Keep raw data', 'After how many days raw data moves to `archive`.', '30', { pattern: '^[0-9]{1,4}$' }),
};

// Known settings as fields of their own, and room for more.
function withConfig(properties, known) {
  const copy = structuredClone(properties);
  delete copy.config.default;
  copy.config.properties = known;
  return copy;
}

/** `classes` are those of storage-classes.yaml. */
export const charts = (classes) => [
  {
    folder: 'charts/library/service', title: 'Values of the service library',
    comment: 'What an application on the service library can set, with the defaults that it has by itself. Applications repeat these values in\ntheir own values.yaml: Helm puts a library\'s values under the library\'s name, where its templates do not look.',
    // An application without `alias` gets its own `service` values mixed with these: more keys must be let through.
    open: true, properties: service,
  },
  {
    folder: 'charts/library/job', title: 'Values of the job library',
    comment: 'What an application on the job library can set, with the defaults that it has by itself. Applications repeat these values in\ntheir own values.yaml: Helm puts a library\'s values under the library\'s name, where its templates do not look.',
    open: true, properties: withDefaults(job, { 'image.repository': 'registry.example/job' }),
  },
  {
    folder: 'charts/infrastructure/kaggle-data-pvc', title: 'Values of kaggle-data-pvc',
    comment: 'The claim that holds the Kaggle data sets.',
    properties: { ...claim, ...fromHelm }, rules: { allOf: classRules(classes) },
  },
  {
    folder: 'charts/infrastructure/tenant', title: 'Values of tenant',
    comment: 'A namespace for a team.',
    properties: { ...tenant, ...fromHelm },
  },
  {
    folder: 'charts/applications/kaggle-data-api', title: 'Values of kaggle-data-api',
    comment: 'The API that serves the Kaggle data sets.',
    properties: {
      ...withConfig(withDefaults(service, {
        'image.repository': 'registry.example/kaggle-data-api',
        'ingress.hosts': [{ host: 'kaggle-data-api.example', paths: [{ path: '/', pathType: 'Prefix' }] }],
        'persistence.enabled': true,
        'persistence.existingClaim': 'kaggle-data-pvc',
        partOf: 'kaggle-data', component: 'api',
      }), apiConfig), ...libraryKey('service'), ...fromHelm,
    },
  },
  {
    folder: 'charts/applications/fetch-kaggle-job', title: 'Values of fetch-kaggle-job',
    comment: 'The job that fetches data sets from Kaggle and writes them to the claim.',
    properties: {
      ...withConfig(withDefaults(job, {
        'image.repository': 'registry.example/fetch-kaggle-job',
        'resources.requests.cpu': '250m', 'resources.requests.memory': '256Mi', 'resources.requests.ephemeral-storage': '256Mi',
        'resources.limits.cpu': '1', 'resources.limits.memory': '512Mi', 'resources.limits.ephemeral-storage': '1Gi',
        'tmp.sizeLimit': '512Mi',
        'persistence.enabled': true,
        'persistence.existingClaim': 'kaggle-data-pvc',
        'persistence.readOnly': false,
        existingSecrets: ['kaggle-credentials'],
        partOf: 'kaggle-data', component: 'fetch',
      }), fetchConfig), ...libraryKey('job'), ...fromHelm,
    },
  },
  {
    folder: 'charts/applications/chartwright', title: 'Values of chartwright',
    comment: 'The page on which charts are configured.',
    properties: {
      ...withDefaults(service, {
        'image.repository': 'ghcr.io/chartwright/chartwright',
        'resources.requests.cpu': '25m', 'resources.requests.memory': '32Mi', 'resources.limits.cpu': '250m', 'resources.limits.memory': '96Mi',
        'ingress.hosts': [{ host: 'chartwright.example', paths: [{ path: '/', pathType: 'Prefix' }] }],
        partOf: 'chartwright', component: 'page',
      }), ...libraryKey('service'), ...fromHelm,
    },
  },
];
