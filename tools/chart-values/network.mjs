// The values of who may reach the pods, and whom they reach.
import { choice, cures, dnsLabel, group, labelValue, list, rare, rawList, section, texts, text, toggle } from './kinds.mjs';

const whileOn = { path: 'networkPolicy.enabled', equals: true, note: 'Used only while there is a network policy.' };
const whilePolicy = (schema) => ({ ...schema, 'x-depends-on': whileOn });
const underPreset = (presets, note, schema) => ({ ...schema, 'x-depends-on': [whileOn, { path: 'networkPolicy.preset', equals: presets, note }] });
const unlessNothing = (schema) => underPreset(['custom', 'web', 'batch'], 'Refused under the preset `nothing`.', schema);

const ports = (description) => ({
  title: 'Ports', description, type: 'array', items: { type: 'object', required: ['port'], additionalProperties: false, properties: {
    port: { title: 'Port', description: 'Number, or the name of a port of the pods.', type: ['integer', 'string'], minimum: 1, maximum: 65535, minLength: 1, maxLength: 15, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'x-format': 'port' },
    endPort: { title: 'Last port', description: 'The last of a range of ports.', type: 'integer', minimum: 1, maximum: 65535 },
    protocol: { title: 'Protocol', description: 'Over what.', type: 'string', enum: ['TCP', 'UDP', 'SCTP'], default: 'TCP' },
  } },
});
const podLabels = { title: 'Pod labels', description: 'Labels of the pods.', type: 'object', minProperties: 1, additionalProperties: { type: 'string', ...labelValue } };
const namespace = { title: 'Namespace', description: 'Name of their namespace. Without one: that of the release.', type: 'string', ...dnsLabel };
const cidr = { type: 'string', minLength: 1, pattern: '^[0-9a-fA-F:.]+/[0-9]{1,3}$' };

/** `ports` are those of the pods that others may reach (none named means all), `sameNamespace` whether the namespace's other pods are among them. */
export const network = ({ ports: portsOpen, sameNamespace }) => section('Networking', {
  networkPolicy: group('Network policy', 'Closes the pods off: nothing comes in or goes out but what is named here, and DNS.', {
    enabled: toggle('Network policy', 'Whether there is one.', false, cures('missing-network-policy')),
    preset: whilePolicy(choice('Preset', 'What is open beside the lists. `custom`: nothing more. `web`: the ingress controller comes in. `batch`: the pods reach the internet by HTTPS, no private address. `nothing`: nothing comes in or goes out, not even DNS.', ['custom', 'web', 'batch', 'nothing'], 'custom')),
    sameNamespace: underPreset('custom', 'Used only by the preset `custom`.', toggle('From its namespace', 'Whether pods of the same namespace may reach it. The other presets keep them out.', sameNamespace)),
    ingressController: group('Ingress controller', 'Who comes in by the preset `web`.', {
      namespace: underPreset('web', 'Used only by the preset `web`.', text('Namespace', 'Name of its namespace.', 'traefik', dnsLabel)),
      podLabels: underPreset('web', 'Used only by the preset `web`.', rare(texts('Pod labels', 'Labels of its pods. Empty: every pod of its namespace.'))),
    }),
    prometheusNamespace: underPreset(['custom', 'web', 'batch'], 'Without effect under the preset `nothing`.', text('Prometheus', 'Name of the namespace whose pods may reach the metrics, and nothing else, while they are scraped. Empty: nobody. Under `custom` it counts for metrics on a port of their own.', 'monitoring', dnsLabel)),
    fromNamespaces: unlessNothing(list('From namespaces', 'Names of other namespaces whose pods may reach it, such as the ingress controller\'s.', { type: 'string', minLength: 1, ...dnsLabel }, [], { uniqueItems: true })),
    fromPods: unlessNothing(list('From pods', 'Pods that may reach it, by their labels.', { type: 'object', required: ['podLabels'], additionalProperties: false, properties: { namespace, podLabels } })),
    ports: unlessNothing(rare({ ...ports('Ports of the pods that those may reach. Empty: every port.'), default: portsOpen })),
    dns: underPreset(['custom', 'web', 'batch'], 'Without effect under the preset `nothing`.', toggle('To DNS', 'Whether the pods may ask the cluster\'s DNS.', true)),
    toCIDRs: unlessNothing(list('To addresses', 'Ranges of addresses that the pods may connect to.', { type: 'object', required: ['cidr'], additionalProperties: false, properties: {
      cidr: { title: 'Range', description: 'Such as `10.20.0.0/16` or `2001:db8::/32`.', ...cidr },
      except: { title: 'Except', description: 'Ranges within it that stay closed.', type: 'array', items: cidr },
      ports: ports('Ports there. Empty: every port.'),
    } })),
    toPods: unlessNothing(list('To pods', 'Pods that the pods may connect to, by their labels.', { type: 'object', required: ['podLabels'], additionalProperties: false, properties: {
      namespace, podLabels, ports: ports('Ports there. Empty: every port.'),
    } })),
    egress: unlessNothing(rare(rawList('To', 'Where it may connect to beside DNS, as Kubernetes writes it.'))),
  }, {
    if: { properties: { preset: { const: 'nothing' } }, required: ['preset'] },
    then: { properties: Object.fromEntries(['fromNamespaces', 'fromPods', 'toCIDRs', 'toPods', 'egress'].map((key) => [key, { maxItems: 0 }])) },
  }),
});
