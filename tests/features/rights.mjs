// What pods may do in the Kubernetes API.
const both = ['service', 'job'];
const read = (resource) => ({ apiGroups: [''], resources: [resource], verbs: ['get', 'list', 'watch'] });

export default {
  topic: 'Rights',
  features: [
    { name: 'Service account, no token without rights', charts: both, template: '_serviceaccount.tpl', values: ['serviceAccount.create', 'serviceAccount.automount', 'serviceAccount.annotations'], golden: 'kaggle-data-api/account', anchor: 'rights' },
    { name: 'Role and RoleBinding', charts: both, template: '_rbac.tpl', values: ['rbac.rules'], golden: 'kaggle-data-api/rights', anchor: 'rights' },
    { name: 'ClusterRole and ClusterRoleBinding', charts: both, template: '_rbac.tpl', values: ['rbac.clusterRules'], golden: 'kaggle-data-api/rights-in-the-cluster', anchor: 'rights' },
  ],
  parameters: [
    { name: 'rights', charts: both, levels: {
      none: { rbac: { rules: [] } },
      namespace: { rbac: { rules: [{ ...read('configmaps'), resourceNames: ['data-sets'] }] } },
      cluster: { rbac: { clusterRules: [read('nodes'), { nonResourceURLs: ['/metrics'], verbs: ['get'] }] } },
      all: { rbac: { rules: [read('pods')], clusterRules: [read('namespaces')] } },
    } },
  ],
  refused: [
    { charts: both, when: { account: ['default'], rights: ['namespace', 'cluster', 'all'] }, names: ['rbac.rules', 'rbac.clusterRules', 'serviceAccount.create', 'serviceAccount.name'] },
  ],
};
