// Who may reach the pods, and whom they reach.
const both = ['service', 'job'];
const on = (values) => ({ networkPolicy: { enabled: true, preset: 'custom', ...values } });

export default {
  topic: 'Network',
  features: [
    { name: 'Default deny, with DNS', charts: both, template: '_networkpolicy.tpl', values: ['networkPolicy.enabled', 'networkPolicy.sameNamespace', 'networkPolicy.dns'], golden: 'kaggle-data-api/network-policy-default', anchor: 'network-policy' },
    { name: 'Only named namespaces and pods come in', charts: both, template: '_networkpolicy.tpl', values: ['networkPolicy.fromNamespaces', 'networkPolicy.fromPods', 'networkPolicy.ports'], golden: 'kaggle-data-api/network-policy-lists', anchor: 'network-policy' },
    { name: 'Only named addresses and pods are reached', charts: both, template: '_networkpolicy.tpl', values: ['networkPolicy.toCIDRs', 'networkPolicy.toPods', 'networkPolicy.egress'], golden: 'kaggle-data-api/network-policy-lists', anchor: 'network-policy' },
    { name: 'Preset: web behind an ingress controller', charts: both, template: '_networkpolicy.tpl', values: ['networkPolicy.preset', 'networkPolicy.ingressController.namespace', 'networkPolicy.ingressController.podLabels'], golden: 'kaggle-data-api/network-policy-web', anchor: 'network-policy' },
    { name: 'Prometheus reaches the metrics alone', charts: both, template: '_networkpolicy.tpl', values: ['networkPolicy.prometheusNamespace'], golden: 'kaggle-data-api/mesh', anchor: 'network-policy' },
    { name: 'The collector of OpenTelemetry is reached', charts: both, template: '_networkpolicy.tpl', values: ['opentelemetry.endpoint'], golden: 'kaggle-data-api/opentelemetry', anchor: 'network-policy' },
    { name: 'Presets: batch to the internet, nothing', charts: both, template: '_networkpolicy.tpl', values: ['networkPolicy.preset'], golden: 'fetch-kaggle-job/network-policy-batch', anchor: 'network-policy' },
  ],
  parameters: [
    { name: 'networkPolicy', charts: both, levels: {
      off: { networkPolicy: { enabled: false } },
      closed: on({ sameNamespace: false, fromNamespaces: [] }),
      lists: on({
        fromNamespaces: ['monitoring'],
        fromPods: [{ podLabels: { role: 'client' } }, { namespace: 'web', podLabels: { role: 'proxy' } }],
        ports: [{ port: 8080 }],
        toCIDRs: [{ cidr: '10.20.0.0/16', except: ['10.20.30.0/24'], ports: [{ port: 5432 }] }, { cidr: '2001:db8::/32' }],
        toPods: [{ namespace: 'cache', podLabels: { app: 'redis' }, ports: [{ port: 6379 }, { port: 7000, endPort: 7010, protocol: 'UDP' }] }],
        egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 5432 }] }],
      }),
      web: on({ preset: 'web', ingressController: { namespace: 'traefik' } }),
      batch: on({ preset: 'batch', fromNamespaces: [] }),
      nothing: on({ preset: 'nothing', fromNamespaces: [] }),
      open: on({ preset: 'nothing', fromNamespaces: ['traefik'] }),
    } },
  ],
  refused: [
    { charts: both, when: { networkPolicy: ['open'] }, names: ['networkPolicy.fromNamespaces'] },
  ],
};
