// Who may reach the pods, and whom they reach.
export default {
  topic: 'Network',
  features: [
    { name: 'NetworkPolicy: only named namespaces come in', charts: ['service'], template: '_networkpolicy.tpl', values: ['networkPolicy.enabled', 'networkPolicy.fromNamespaces'], golden: 'kaggle-data-api/production', anchor: 'named-templates' },
  ],
  parameters: [
    { name: 'networkPolicy', charts: ['service'], levels: {
      off: { networkPolicy: { enabled: false } },
      closed: { networkPolicy: { enabled: true, sameNamespace: false, fromNamespaces: [] } },
      egress: { networkPolicy: { enabled: true, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 5432 }] }] } },
    } },
  ],
};
