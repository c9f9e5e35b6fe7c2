// The values of how requests come in.
import { choice, cures, group, list, objectName, onlyIf, optional, rare, section, text, texts, toggle, whole } from './kinds.mjs';

const whileIngress = (schema) => onlyIf('ingress.enabled', true, 'Used only while there is an ingress.', schema);

export const traffic = section('Networking', {
  containerPort: whole('Container port', 'The port that the process listens on.', 8080, 1, 65535, { 'x-format': 'port', ...cures('probe-port') }),
  service: group('Service', 'The name and port under which other pods reach it.', {
    type: choice('Type', 'Who can reach it: the cluster, each node\'s port, or the world by a load balancer.', ['ClusterIP', 'NodePort', 'LoadBalancer'], 'ClusterIP', cures('service-nodeport', 'load-balancer-cost')),
    port: whole('Port', 'The port of the Service.', 80, 1, 65535, { 'x-format': 'port' }),
    nodePort: onlyIf('service.type', 'NodePort', 'Used only by the type NodePort.', rare(optional(whole('Node port', 'The port on each node. `null`: Kubernetes chooses one.', null, 30000, 32767)))),
    headless: toggle('Headless Service', 'Whether there is a second Service, whose name leads to each pod\'s own address.', false),
    annotations: rare(texts('Annotations', 'Annotations of the Service, such as a cloud\'s load balancer settings.')),
  }),
  ingress: group('Ingress', 'HTTP from outside of the cluster.', {
    enabled: toggle('Ingress', 'Whether there is one.', false),
    className: whileIngress(text('Class', 'Name of the IngressClass. Empty: the cluster\'s default.', '', objectName)),
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
});
