// The values of what each pod asks for and may use.
import { bytes, choice, cpu, cures, group, onlyIf, section } from './kinds.mjs';

// A quantity may be taken away with null.
const custom = (schema) => onlyIf('resourcesPreset', 'custom', 'Used only by the preset `custom`.', { ...schema, type: [...schema.type, 'null'] });

const quantities = (what, cpuDefault, memoryDefault, storageDefault, cured) => ({
  cpu: custom(cpu('CPU', `CPU that each pod ${what}, in cores or thousandths of a core (\`500m\`).`, cpuDefault, cures(...cured.cpu))),
  memory: custom(bytes('Memory', `Memory that each pod ${what}, with a unit (\`256Mi\`).`, memoryDefault, 'memory', cures(...cured.memory))),
  'ephemeral-storage': custom(bytes('Ephemeral storage', `Disk on the node that each pod ${what}: logs, \`/tmp\` and the container's own layer.`, storageDefault, 'storage', {
    'x-advanced': true, ...cures('ephemeral-storage'),
  })),
});

export const resources = section('Resources', {
  resourcesPreset: choice('Size', 'What each pod asks for and may use, by a size from `nano` (50m, 64Mi) to `2xlarge` (4 cores, 4Gi); each limit is about twice its request. `custom`: what `resources` says.',
    ['custom', 'nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'], 'custom'),
  resources: group('Resources', 'What each pod asks for, and what it may use at most.', {
    requests: group('Requests', 'Set aside for each pod on its node.', quantities('asks for', '100m', '128Mi', '64Mi', {
      cpu: ['unset-cpu-requests', 'hpa-missing-requests'], memory: ['unset-memory-requests', 'hpa-missing-requests'],
    })),
    limits: group('Limits', 'The most a pod may use. Above its memory it is ended, above its CPU it is slowed.', quantities('may use at most', '500m', '256Mi', '256Mi', {
      cpu: ['unset-cpu-limits'], memory: ['unset-memory-limits'],
    })),
  }),
});
