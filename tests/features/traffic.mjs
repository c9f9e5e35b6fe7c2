// How requests come in.
const charts = ['service'];
const anchor = 'traffic';
const gateway = { name: 'public', namespace: 'gateways', sectionName: 'https' };
const tls = [{ secretName: 'kaggle-data-api-tls', hosts: ['kaggle-data-api.example.com'] }];
const preset = (name, more = {}) => ({ ingress: { enabled: true, className: '', annotations: null, preset: name, tls, ...more } });

export default {
  topic: 'Traffic',
  features: [
    { name: 'Ingress with TLS', charts, template: '_ingress.tpl', values: ['ingress.enabled', 'ingress.tls', 'ingress.className'], golden: 'kaggle-data-api/production', anchor },
    { name: 'Ingress presets: nginx', charts, template: '_ingress.tpl', values: ['ingress.preset', 'ingress.redirectToHttps'], golden: 'kaggle-data-api/ingress-nginx', anchor },
    { name: 'Ingress presets: Traefik', charts, template: '_ingress.tpl', values: ['ingress.preset', 'ingress.redirectToHttps'], golden: 'kaggle-data-api/ingress-traefik', anchor },
    { name: 'Ingress presets: AWS', charts, template: '_ingress.tpl', values: ['ingress.preset', 'ingress.internal', 'ingress.redirectToHttps'], golden: 'kaggle-data-api/ingress-alb', anchor },
    { name: 'Ingress presets: GKE', charts, template: '_ingress.tpl', values: ['ingress.preset', 'ingress.redirectToHttps'], golden: 'kaggle-data-api/ingress-gce', anchor },
    { name: 'Ingress presets: Azure', charts, template: '_ingress.tpl', values: ['ingress.preset', 'ingress.internal'], golden: 'kaggle-data-api/ingress-azure', anchor },
    { name: 'Certificates by cert-manager', charts, template: '_ingress.tpl', values: ['ingress.certManager.issuer', 'ingress.certManager.kind'], golden: 'kaggle-data-api/ingress-traefik', anchor },
    { name: 'Gateway API HTTPRoute', charts, template: '_httproute.tpl', values: ['httpRoute.enabled', 'httpRoute.hostnames', 'httpRoute.paths', 'httpRoute.filters', 'httpRoute.timeouts.request'], golden: 'kaggle-data-api/gateway', anchor },
    { name: 'HTTPRoute that redirects to HTTPS', charts, template: '_httproute.tpl', values: ['httpRoute.redirectFrom'], golden: 'kaggle-data-api/gateway', anchor },
    { name: 'Istio VirtualService: time-outs and retries', charts, template: '_istio.tpl', values: ['istio.virtualService.enabled', 'istio.virtualService.timeoutSeconds', 'istio.virtualService.retries.attempts'], golden: 'kaggle-data-api/mesh', anchor },
    { name: 'Istio DestinationRule', charts, template: '_istio.tpl', values: ['istio.destinationRule.enabled', 'istio.destinationRule.affinityCookie', 'istio.destinationRule.outlierDetection.consecutiveErrors'], golden: 'kaggle-data-api/mesh', anchor },
    { name: 'Istio PeerAuthentication: mutual TLS', charts, template: '_istio.tpl', values: ['istio.peerAuthentication.enabled', 'istio.peerAuthentication.mode'], golden: 'kaggle-data-api/mesh', anchor },
    { name: 'Session affinity', charts, template: '_service.tpl', values: ['service.sessionAffinity', 'service.sessionAffinitySeconds'], golden: 'kaggle-data-api/service-affinity', anchor },
    { name: 'Headless Service', charts, template: '_service.tpl', values: ['service.headless'], golden: 'kaggle-data-api/service-affinity', anchor },
    { name: 'Dual-stack Service', charts, template: '_service.tpl', values: ['service.ipFamilyPolicy', 'service.ipFamilies'], golden: 'kaggle-data-api/service-affinity', anchor },
    { name: 'Load balancer: class, addresses, client\'s address', charts, template: '_service.tpl', values: ['service.loadBalancerClass', 'service.loadBalancerSourceRanges', 'service.externalTrafficPolicy'], golden: 'kaggle-data-api/load-balancer-internal', anchor },
  ],
  parameters: [
    { name: 'ingress', charts, levels: {
      off: { ingress: { enabled: false } },
      tls: { ingress: { enabled: true } },
      plain: { ingress: { enabled: true, className: '', tls: [] } },
      nginx: preset('nginx'), traefik: preset('traefik', { tls: [], certManager: { issuer: 'letsencrypt' } }), alb: preset('alb'), gce: preset('gce'), azure: preset('azure', { internal: true }),
    } },
    { name: 'route', charts, levels: {
      off: { httpRoute: { enabled: false } },
      gateway: { httpRoute: { enabled: true, parentRefs: [gateway], hostnames: ['kaggle-data-api.example.com'], timeouts: { request: '10s' }, redirectFrom: 'http' } },
      nowhere: { httpRoute: { enabled: true } },
    } },
    { name: 'mesh', charts, levels: {
      off: { istio: { virtualService: { enabled: false }, destinationRule: { enabled: false }, peerAuthentication: { enabled: false } } },
      strict: { istio: { virtualService: { enabled: true }, destinationRule: { enabled: true }, peerAuthentication: { enabled: true } } },
      cookie: { istio: { virtualService: { enabled: true, retries: { attempts: 0 } }, destinationRule: { enabled: true, affinityCookie: 'reader' }, peerAuthentication: { enabled: true, mode: 'PERMISSIVE' } } },
    } },
    { name: 'service', charts, levels: {
      cluster: { service: { type: 'ClusterIP' } },
      balancer: { service: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', loadBalancerSourceRanges: ['10.0.0.0/8'] } },
      node: { service: { type: 'NodePort', nodePort: 30080 } },
      sticky: { service: { sessionAffinity: 'ClientIP', headless: true, ipFamilyPolicy: 'PreferDualStack' } },
    } },
  ],
  refused: [
    { charts, when: { route: ['nowhere'] }, names: ['httpRoute.parentRefs'] },
  ],
};
