// A team's namespace.
const chart = ['tenant'];
const bindings = [{ name: 'developers', role: 'view', groups: ['data-developers'] }, { name: 'deployer', role: 'deploy', kind: 'Role', users: ['ci'], serviceAccounts: [{ name: 'deployer', namespace: 'argocd' }, { name: 'own' }] }];

export default {
  topic: 'Tenancy',
  features: [
    { name: 'Namespace with its Pod Security Standard', charts: chart, template: 'namespace.yaml', values: ['podSecurity.enforce', 'podSecurity.warn', 'namespace.retain'], golden: 'tenant/production', anchor: 'pod-security-standard' },
    { name: 'ResourceQuota', charts: chart, template: 'quota.yaml', values: ['quota.enabled', 'quota.pods', 'quota.storageClasses'], golden: 'tenant/production', anchor: 'quota-and-limits' },
    { name: 'LimitRange', charts: chart, template: 'limits.yaml', values: ['limits.enabled'], golden: 'tenant/production', anchor: 'quota-and-limits' },
    { name: 'Default-deny network policy', charts: chart, template: 'networkpolicies.yaml', values: ['networkPolicy.enabled', 'networkPolicy.dns', 'networkPolicy.fromNamespaces'], golden: 'tenant/production', anchor: 'network-policy' },
    { name: 'Role bindings of groups', charts: chart, template: 'rolebindings.yaml', values: ['roleBindings'], golden: 'tenant/production', anchor: 'role-bindings' },
  ],
  parameters: [
    { name: 'namespace', charts: chart, levels: { kept: { namespace: { retain: true } }, gone: { namespace: { retain: false, annotations: { owner: 'data' } } }, system: { namespace: { name: 'kube-data' } } } },
    { name: 'standard', charts: chart, levels: { restricted: { podSecurity: { enforce: 'restricted' } }, baseline: { podSecurity: { enforce: 'baseline', version: 'v1.34' } }, privileged: { podSecurity: { enforce: 'privileged' } }, old: { podSecurity: { version: 'v1.24' } } } },
    { name: 'quota', charts: chart, levels: { on: { quota: { enabled: true } }, off: { quota: { enabled: false } }, more: { quota: { storageClasses: { gp3: '10Gi' }, more: { 'count/jobs.batch': 20 }, loadBalancers: 1 } } } },
    { name: 'limits', charts: chart, levels: { on: { limits: { enabled: true } }, off: { limits: { enabled: false } }, claims: { limits: { claims: { min: '1Gi', max: '50Gi' } } } } },
    { name: 'networkPolicy', charts: chart, levels: { listed: { networkPolicy: { enabled: true } }, off: { networkPolicy: { enabled: false } }, inside: { networkPolicy: { sameNamespace: true, fromNamespaces: [] } }, closed: { networkPolicy: { dns: false, fromNamespaces: [] } } } },
    { name: 'bindings', charts: chart, levels: { several: { roleBindings: bindings }, none: { roleBindings: [] }, nobody: { roleBindings: [{ name: 'empty', role: 'view' }] }, twice: { roleBindings: [bindings[0], bindings[0]] } } },
  ],
  refused: [
    { charts: chart, when: { namespace: ['system'] }, names: ['namespace.name'] },
    { charts: chart, when: { bindings: ['nobody'] }, names: ['roleBindings'] },
    { charts: chart, when: { bindings: ['twice'] }, names: ['roleBindings'] },
  ],
};
