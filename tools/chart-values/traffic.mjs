// The values of how requests come in.
import { choice, cures, dnsLabel, group, list, objectName, onlyIf, optional, rare, rawList, seconds, section, text, texts, toggle, whole } from './kinds.mjs';

const whileIngress = (schema) => onlyIf('ingress.enabled', true, 'Used only while there is an ingress.', schema);
const whileRouted = (schema) => onlyIf('httpRoute.enabled', true, 'Used only while there is an HTTPRoute.', schema);
const whileVirtual = (schema) => onlyIf('istio.virtualService.enabled', true, 'Used only while there is a VirtualService.', schema);
const whileDestined = (schema) => onlyIf('istio.destinationRule.enabled', true, 'Used only while there is a DestinationRule.', schema);

// As the Gateway API writes it.
const duration = { pattern: '^(([0-9]{1,5}(h|m|s|ms)){1,4})?$' };

export const traffic = section('Networking', {
  containerPort: whole('Container port', 'The port that the process listens on.', 8080, 1, 65535, { 'x-format': 'port', ...cures('probe-port') }),
  service: group('Service', 'The name and port under which other pods reach it.', {
    type: choice('Type', 'Who can reach it: the cluster, each node\'s port, or the world by a load balancer.', ['ClusterIP', 'NodePort', 'LoadBalancer'], 'ClusterIP', cures('service-nodeport', 'load-balancer-cost')),
    port: whole('Port', 'The port of the Service.', 80, 1, 65535, { 'x-format': 'port' }),
    nodePort: onlyIf('service.type', 'NodePort', 'Used only by the type NodePort.', rare(optional(whole('Node port', 'The port on each node. `null`: Kubernetes chooses one.', null, 30000, 32767)))),
    sessionAffinity: choice('Session affinity', 'Whether a client is led to the same pod again: by its address, or not at all.', ['None', 'ClientIP'], 'None'),
    sessionAffinitySeconds: onlyIf('service.sessionAffinity', 'ClientIP', 'Used only with session affinity.', rare(seconds('For', 'How long after its last request a client is remembered.', 10800, 1, 86400))),
    headless: toggle('Headless Service', 'Whether there is a second Service, whose name leads to each pod\'s own address.', false),
    ipFamilyPolicy: rare(choice('IP families', 'One or two of IPv4 and IPv6. Empty: the cluster decides.', ['', 'SingleStack', 'PreferDualStack', 'RequireDualStack'], '')),
    ipFamilies: rare(list('Order of families', 'Which family comes first, or is the only one. Empty: the cluster decides.', { type: 'string', enum: ['IPv4', 'IPv6'] }, [], { maxItems: 2, uniqueItems: true })),
    externalTrafficPolicy: rare(choice('Traffic from outside', 'To any node\'s pods, or only to those of the node that it reaches, which keeps the client\'s address. Empty: Kubernetes decides. For the types NodePort and LoadBalancer.', ['', 'Cluster', 'Local'], '')),
    loadBalancerClass: onlyIf('service.type', 'LoadBalancer', 'Used only by the type LoadBalancer.', rare(text('Load balancer', 'Which implementation makes it, such as `service.k8s.aws/nlb`. Empty: the cluster\'s default. Kubernetes refuses a change.', '', { pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?|[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$', maxLength: 317 }))),
    loadBalancerSourceRanges: onlyIf('service.type', 'LoadBalancer', 'Used only by the type LoadBalancer.', rare(list('From addresses', 'Whose requests the load balancer takes, as `10.0.0.0/8`. Empty: everybody\'s.', { type: 'string', pattern: '^[0-9a-fA-F.:]+/[0-9]{1,3}$' }, [], { uniqueItems: true }))),
    annotations: rare(texts('Annotations', 'Annotations of the Service, such as a cloud\'s load balancer settings.')),
  }),
  ingress: group('Ingress', 'HTTP from outside of the cluster.', {
    enabled: toggle('Ingress', 'Whether there is one.', false),
    preset: whileIngress(choice('Controller', 'Sets class and annotations as this controller wants them: ingress-nginx and its like, Traefik, AWS Load Balancer Controller, GKE, Azure Application Gateway. What you set yourself wins.', ['none', 'nginx', 'traefik', 'alb', 'gce', 'azure'], 'none')),
    className: whileIngress(text('Class', 'Name of the IngressClass. Empty: the preset\'s, otherwise the cluster\'s default.', '', objectName)),
    internal: whileIngress(rare(toggle('Internal', 'Whether the load balancer of the cloud is reachable only from its own network. For the presets `alb`, `gce` and `azure`.', false))),
    redirectToHttps: whileIngress(toggle('HTTPS only', 'Whether HTTP is redirected or closed. For presets, while there is TLS.', true)),
    certManager: group('Certificate by cert-manager', 'Has cert-manager make the certificate, for all hosts unless `tls` says otherwise.', {
      issuer: whileIngress(text('Issuer', 'Name of the issuer. Empty: cert-manager is not asked.', '', objectName)),
      kind: whileIngress(rare(choice('Kind of issuer', 'Of the cluster, or of the namespace.', ['ClusterIssuer', 'Issuer'], 'ClusterIssuer'))),
    }),
    hosts: whileIngress(list('Hosts', 'Host names and their paths.', { type: 'object', required: ['host'], additionalProperties: false, properties: {
      host: { title: 'Host', description: 'Host name.', type: 'string', minLength: 1, maxLength: 253, pattern: '^(\\*\\.)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' },
      paths: { title: 'Paths', description: 'Paths below that host that lead here.', type: 'array', items: { type: 'object', required: ['path'], additionalProperties: false, properties: {
        path: { title: 'Path', description: 'Begins with `/`.', type: 'string', pattern: '^/' },
        pathType: { title: 'Path type', description: 'Whether longer paths match too.', type: 'string', enum: ['Prefix', 'Exact', 'ImplementationSpecific'], default: 'Prefix' },
      } } },
    } }, [{ host: 'service.example', paths: [{ path: '/', pathType: 'Prefix' }] }], { minItems: 1, ...cures('ingress-host') })),
    tls: whileIngress(list('TLS', 'Certificates for the hosts, each in an existing Secret or made by cert-manager.', { type: 'object', additionalProperties: false, properties: {
      secretName: { title: 'Secret', description: 'Name of the Secret with the certificate.', type: 'string', minLength: 1, ...objectName },
      hosts: { title: 'Hosts', description: 'Host names that the certificate covers.', type: 'array', items: { type: 'string', minLength: 1 } },
    } }, [], cures('ingress-tls', 'ingress-tls-host'))),
    annotations: whileIngress(rare(texts('Annotations', 'Annotations of the Ingress, such as `cert-manager.io/cluster-issuer`.'))),
  }),
  httpRoute: group('HTTPRoute', 'HTTP from outside of the cluster by the Gateway API. Needs a Gateway.', {
    enabled: toggle('HTTPRoute', 'Whether there is one.', false),
    parentRefs: whileRouted(list('Gateways', 'The Gateways that lead here, and which of their listeners.', { type: 'object', required: ['name'], additionalProperties: false, properties: {
      name: { title: 'Gateway', description: 'Its name.', type: 'string', minLength: 1, ...objectName },
      namespace: { title: 'Namespace', description: 'Its namespace. Empty: that of the release.', type: 'string', ...dnsLabel },
      sectionName: { title: 'Listener', description: 'Name of its listener. Empty: all of them.', type: 'string', ...objectName },
      port: { title: 'Port', description: 'Port of its listeners.', type: 'integer', minimum: 1, maximum: 65535 },
    } })),
    hostnames: whileRouted(list('Hosts', 'Host names. Empty: those of the listeners.', { type: 'string', minLength: 1, maxLength: 253, pattern: '^(\\*\\.)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' }, [], { uniqueItems: true, maxItems: 16 })),
    paths: whileRouted(list('Paths', 'Paths that lead here.', { type: 'object', required: ['path'], additionalProperties: false, properties: {
      path: { title: 'Path', description: 'Begins with `/`.', type: 'string', pattern: '^/' },
      type: { title: 'Path type', description: 'Whether longer paths match too.', type: 'string', enum: ['PathPrefix', 'Exact'], default: 'PathPrefix' },
    } }, [{ path: '/', type: 'PathPrefix' }], { minItems: 1, maxItems: 8 })),
    timeouts: group('Time-outs', 'How long an answer may take.', {
      request: whileRouted(text('Request', 'With all retries, such as `10s`. Empty: as the Gateway has it.', '', duration)),
      backendRequest: whileRouted(text('Each try', 'At most as long as the request. Empty: as the Gateway has it.', '', duration)),
    }),
    redirectFrom: whileRouted(text('Redirect from', 'Name of the Gateways\' listener for HTTP, whose requests are redirected to HTTPS by a second route. Empty: none.', '', objectName)),
    filters: whileRouted(rare(rawList('Filters', 'What is done to requests and answers, as the Gateway API writes it.'))),
  }),
  istio: rare(group('Istio', 'How an Istio mesh leads requests here, and that they are encrypted. Needs Istio, and its sidecar or ambient mode for the pods.', {
    virtualService: group('VirtualService', 'Time-outs and retries.', {
      enabled: toggle('VirtualService', 'Whether there is one.', false),
      hosts: whileVirtual(list('Hosts', 'Host names. Empty: the Service\'s own, as the mesh sees it.', { type: 'string', minLength: 1 }, [], { uniqueItems: true })),
      gateways: whileVirtual(list('Gateways', 'Istio Gateways that lead here, `namespace/name`; `mesh` is the mesh itself. Empty: the mesh.', { type: 'string', minLength: 1 }, [], { uniqueItems: true })),
      timeoutSeconds: whileVirtual(seconds('Time-out', 'How long an answer may take with all retries.', 15, 1, 3600)),
      retries: group('Retries', 'What happens to a request that fails.', {
        attempts: whileVirtual(whole('Tries', 'How often it is tried again.', 2, 0, 10)),
        perTryTimeoutSeconds: whileVirtual(seconds('Each try', 'How long a try may take.', 5, 1, 3600)),
        retryOn: whileVirtual(text('After', 'Which failures, by Envoy\'s names and statuses.', 'connect-failure,refused-stream,unavailable,cancelled,503', { minLength: 1, pattern: '^[A-Za-z0-9,-]+$' })),
      }),
    }),
    destinationRule: group('DestinationRule', 'How clients of the mesh choose a pod and treat one that fails.', {
      enabled: toggle('DestinationRule', 'Whether there is one.', false),
      tls: whileDestined(choice('TLS', 'How clients encrypt: `ISTIO_MUTUAL` with the certificates of the mesh.', ['ISTIO_MUTUAL', 'DISABLE'], 'ISTIO_MUTUAL')),
      loadBalancer: whileDestined(choice('Balance', 'Which pod gets a request.', ['LEAST_REQUEST', 'ROUND_ROBIN', 'RANDOM'], 'LEAST_REQUEST')),
      affinityCookie: whileDestined(text('Cookie', 'Name of a cookie that leads a client to the same pod again, in place of the balance. Empty: none.', '', { pattern: '^[A-Za-z0-9_-]*$' })),
      maxConnections: whileDestined(whole('Connections', 'How many connections a client\'s proxy opens at most.', 1000, 1, 1000000)),
      maxPendingRequests: whileDestined(whole('Pending requests', 'How many requests may wait for a connection.', 1000, 1, 1000000)),
      outlierDetection: group('Outlier detection', 'Takes a pod that fails out for a while.', {
        consecutiveErrors: whileDestined(whole('After errors', 'After how many errors of status 5xx in a row.', 5, 1, 1000)),
        intervalSeconds: whileDestined(seconds('Every', 'How often it is looked at.', 10, 1, 3600)),
        ejectionSeconds: whileDestined(seconds('For', 'How long a pod is left out at first.', 30, 1, 3600)),
        maxEjectionPercent: whileDestined(whole('At most', 'How many per cent of the pods may be left out.', 50, 0, 100)),
      }),
    }),
    peerAuthentication: group('PeerAuthentication', 'Whether the pods take only encrypted requests of the mesh (mutual TLS).', {
      enabled: toggle('PeerAuthentication', 'Whether there is one.', false),
      mode: onlyIf('istio.peerAuthentication.enabled', true, 'Used only while there is a PeerAuthentication.', choice('Mutual TLS', '`STRICT` refuses what is not encrypted, `PERMISSIVE` takes both while you move. A port of the metrics takes both.', ['STRICT', 'PERMISSIVE'], 'STRICT')),
    }),
  })),
});
