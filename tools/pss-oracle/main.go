// Command pss-oracle says what Kubernetes' own Pod Security admission makes of objects: an object a line in (JSON), its verdicts a line out.
//
//	pss-oracle FIRST LAST
//
// A verdict is an object with a row for each minor version from FIRST to LAST: whether the baseline and the restricted level admit the
// object's pod, and which checks, of whatever level, it fails. An object without a pod has null for a verdict.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/pod-security-admission/admission"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

const longestLine = 1 << 20

type row struct {
	Baseline   bool             `json:"baseline"`
	Restricted bool             `json:"restricted"`
	Failed     []policy.CheckID `json:"failed"`
}

type judge struct {
	evaluator policy.Evaluator
	checks    []policy.Check
}

func (j judge) admits(level api.Level, version api.Version, meta *metav1.ObjectMeta, spec *corev1.PodSpec) bool {
	results := j.evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, meta, spec)
	return policy.AggregateCheckResults(results).Allowed
}

// failed names the checks that a pod fails, each in the revision of the version.
func (j judge) failed(version api.Version, meta *metav1.ObjectMeta, spec *corev1.PodSpec) []policy.CheckID {
	ids := []policy.CheckID{}
	for _, check := range j.checks {
		var revision policy.CheckPodFn
		for _, versioned := range check.Versions {
			if !version.Older(versioned.MinimumVersion) {
				revision = versioned.CheckPod
			}
		}
		if revision != nil && !revision(meta, spec).Allowed {
			ids = append(ids, check.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// settle fills in what the API server has filled in before admission looks at a pod: a volume without a source is an emptyDir.
func settle(spec *corev1.PodSpec) {
	for i := range spec.Volumes {
		if volume := &spec.Volumes[i]; volume.VolumeSource == (corev1.VolumeSource{}) {
			volume.EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
}

func (j judge) verdict(line []byte, first, last int) (any, error) {
	object, err := runtime.Decode(scheme.Codecs.UniversalDeserializer(), line)
	if err != nil {
		return nil, err
	}
	meta, spec, err := admission.DefaultPodSpecExtractor{}.ExtractPodSpec(object)
	if err != nil {
		return nil, err
	}
	if spec == nil {
		return nil, nil
	}
	settle(spec)
	rows := map[string]row{}
	for minor := first; minor <= last; minor++ {
		version := api.MajorMinorVersion(1, minor)
		rows[strconv.Itoa(minor)] = row{
			Baseline:   j.admits(api.LevelBaseline, version, meta, spec),
			Restricted: j.admits(api.LevelRestricted, version, meta, spec),
			Failed:     j.failed(version, meta, spec),
		}
	}
	return rows, nil
}

func run() error {
	if len(os.Args) != 3 {
		return fmt.Errorf("usage: pss-oracle FIRST LAST")
	}
	first, err := strconv.Atoi(os.Args[1])
	if err != nil {
		return err
	}
	last, err := strconv.Atoi(os.Args[2])
	if err != nil {
		return err
	}
	checks := policy.DefaultChecks()
	evaluator, err := policy.NewEvaluator(checks, nil)
	if err != nil {
		return err
	}
	j := judge{evaluator, checks}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		verdict, err := j.verdict(lines.Bytes(), first, last)
		if err != nil {
			return fmt.Errorf("%w in %s", err, lines.Text())
		}
		text, err := json.Marshal(verdict)
		if err != nil {
			return err
		}
		if _, err := out.Write(append(text, '\n')); err != nil {
			return err
		}
	}
	return lines.Err()
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pss-oracle:", err)
		os.Exit(1)
	}
}
