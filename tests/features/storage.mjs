// Where the data lies.
export default {
  topic: 'Storage',
  features: [
    { name: 'Claim from a snapshot', charts: ['kaggle-data-pvc'], template: 'claim.yaml', values: ['dataSource'], golden: 'kaggle-data-pvc/from-snapshot', anchor: 'access-modes' },
  ],
  parameters: [
    { name: 'class', charts: ['kaggle-data-pvc'], levels: { shared: { storageClassName: 'efs-sc' }, disk: { storageClassName: 'gp3' }, none: { storageClassName: '' } } },
    { name: 'mode', charts: ['kaggle-data-pvc'], levels: { many: { accessMode: 'ReadWriteMany' }, once: { accessMode: 'ReadWriteOnce' } } },
    { name: 'retain', charts: ['kaggle-data-pvc'], levels: { yes: { retain: true }, no: { retain: false } } },
  ],
  refused: [
    { charts: ['kaggle-data-pvc'], when: { class: ['disk'], mode: ['many'] }, names: ['accessMode'] },
  ],
};
