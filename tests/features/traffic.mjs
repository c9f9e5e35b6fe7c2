// How requests come in.
export default {
  topic: 'Traffic',
  features: [
    { name: 'Ingress with TLS', charts: ['service'], template: '_ingress.tpl', values: ['ingress.enabled', 'ingress.tls', 'ingress.className'], golden: 'kaggle-data-api/production', anchor: 'named-templates' },
  ],
  parameters: [
    { name: 'ingress', charts: ['service'], levels: { off: { ingress: { enabled: false } }, tls: { ingress: { enabled: true } }, plain: { ingress: { enabled: true, className: '', tls: [] } } } },
    { name: 'service', charts: ['service'], levels: { cluster: { service: { type: 'ClusterIP' } }, balancer: { service: { type: 'LoadBalancer' } }, node: { service: { type: 'NodePort', nodePort: 30080 } } } },
  ],
};
