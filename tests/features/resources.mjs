// What each pod asks for, and who pays for it.
const both = ['service', 'job'];

export default {
  topic: 'Resources and costs',
  features: [
    { name: 'Sizes from nano to 2xlarge, ephemeral storage among them', charts: both, template: '_resources.tpl', values: ['resourcesPreset'], golden: 'kaggle-data-api/size-large', anchor: 'sizes' },
    { name: 'Resources of one\'s own', charts: both, template: '_resources.tpl', values: ['resources.requests.cpu', 'resources.limits.memory', 'resources.limits.ephemeral-storage'], golden: 'kaggle-data-api/production', anchor: 'sizes' },
    { name: 'Cost labels on every object and pod', charts: both, template: '_labels.tpl', values: ['costLabels.costCenter', 'costLabels.team', 'costLabels.environment'], golden: 'kaggle-data-api/cost-labels', anchor: 'cost-labels' },
  ],
  parameters: [
    { name: 'size', charts: both, levels: { custom: { resourcesPreset: 'custom' }, nano: { resourcesPreset: 'nano' }, large: { resourcesPreset: '2xlarge' } } },
    { name: 'costs', charts: both, levels: { untold: { costLabels: { team: '' } }, told: { costLabels: { costCenter: '0042', team: 'data', environment: 'production' } } } },
  ],
};
