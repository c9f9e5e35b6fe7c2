// The values of what sets the number of pods.
import { cures, group, onlyIf, rare, raw, section, toggle, whole } from './kinds.mjs';

const whileScaling = (schema) => onlyIf('autoscaling.enabled', true, 'Used only while the autoscaler is on.', schema);

export const autoscaling = section('Autoscaling', {
  autoscaling: group('Autoscaling', 'Adds and removes pods by their load.', {
    enabled: toggle('Autoscaler', 'Whether a HorizontalPodAutoscaler sets the number of pods.', false, cures('hpa-replicas-conflict', 'minimum-replicas')),
    minReplicas: whileScaling(whole('At least', 'The fewest pods.', 2, 1, 1000, cures('hpa-min-max', 'hpa-minimum', 'hpa-equals-pdb'))),
    maxReplicas: whileScaling(whole('At most', 'The most pods.', 10, 1, 1000, cures('hpa-min-max'))),
    targetCPUUtilizationPercentage: whileScaling({ ...whole('Target CPU', 'CPU in per cent of the request that the pods should use on average. `null`: CPU does not count.', 70, 1, 1000), type: ['integer', 'null'], ...cures('hpa-missing-requests') }),
    targetMemoryUtilizationPercentage: whileScaling({ ...whole('Target memory', 'Memory in per cent of the request that the pods should use on average. `null`: memory does not count.', 80, 1, 1000), type: ['integer', 'null'], ...cures('hpa-missing-requests') }),
    behavior: whileScaling(rare(raw('Behaviour', 'How fast it scales up and down, as Kubernetes writes it.'))),
  }),
});
