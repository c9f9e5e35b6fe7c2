// Which pods the API server lets in, where the cluster does not enforce a Pod Security Standard.
const both = ['service', 'job'];
const tenant = ['tenant'];
const on = (values) => ({ admissionPolicy: { enabled: true, ...values } });

export default {
  topic: 'Admission',
  features: [
    { name: 'ValidatingAdmissionPolicy: the release\'s pods meet a Pod Security Standard', charts: both, template: '_admission.tpl', values: ['admissionPolicy.enabled', 'admissionPolicy.level'], golden: 'kaggle-data-api/admission-policy', anchor: 'admission-policy' },
    { name: 'Refused, warned of, recorded; for pods and for workloads', charts: both, template: '_podsecurity.tpl', values: ['admissionPolicy.version', 'admissionPolicy.enforcement', 'admissionPolicy.workloads', 'admissionPolicy.exemptUsers'], golden: 'fetch-kaggle-job/admission-policy', anchor: 'admission-policy' },
    { name: 'ValidatingAdmissionPolicy: every pod of the namespace meets its standard', charts: tenant, template: 'admission.yaml', values: ['admissionPolicy.enabled', 'admissionPolicy.enforcement', 'admissionPolicy.workloads'], golden: 'tenant/admission-policy', anchor: 'admission-policy' },
  ],
  parameters: [
    { name: 'admission', charts: both, levels: {
      off: { admissionPolicy: { enabled: false } },
      restricted: on({}),
      baseline: on({ level: 'baseline', version: 'v1.34', enforcement: ['Warn', 'Audit'], workloads: [], exemptUsers: ['system:serviceaccount:velero:velero'] }),
      denied: on({ enforcement: ['Deny', 'Audit'], workloads: ['Deny'] }),
      twice: on({ enforcement: ['Deny', 'Warn'] }),
    } },
    { name: 'admission', charts: tenant, levels: {
      off: { admissionPolicy: { enabled: false } },
      on: on({}),
      all: on({ enforcement: ['Deny', 'Audit'], workloads: ['Warn', 'Audit'], exemptUsers: ['system:serviceaccount:velero:velero'] }),
      twice: on({ workloads: ['Deny', 'Warn'] }),
    } },
  ],
  refused: [
    { charts: both, when: { admission: ['twice'] }, names: ['admissionPolicy.enforcement'] },
    { charts: tenant, when: { admission: ['twice'] }, names: ['admissionPolicy.workloads'] },
    { charts: tenant, when: { admission: ['on', 'all'], standard: ['privileged', 'old'] }, names: ['admissionPolicy.enabled', 'podSecurity'] },
  ],
};
