// Command bench-helm times Helm's own engine in process: at each run one value changes, and values are coalesced, checked against the
// schema, templates parsed and executed, and manifests sorted, as Helm does at each call.
//
//	bench-helm [-f FILE] [-runs N] [-vary KEY=A,B,…|KEY=PREFIX{FROM..TO}] CHART...
//
// It prints one line a chart, as `chartwright bench` does: name, median and minimum in microseconds, bytes rendered.
package main

import (
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	release "helm.sh/helm/v4/pkg/release/v1/util"
	"helm.sh/helm/v4/pkg/strvals"
)

func main() {
	file := flag.String("f", "", "a values file")
	runs := flag.Int("runs", 200, "measured runs")
	vary := flag.String("vary", "", "the value that changes: KEY=A,B or KEY=PREFIX{FROM..TO}")
	flag.Parse()
	for _, path := range flag.Args() {
		if err := bench(path, *file, *vary, *runs); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			os.Exit(1)
		}
	}
}

func bench(path, file, vary string, runs int) error {
	chart, err := loader.Load(path)
	if err != nil {
		return err
	}
	expressions := expressions(vary)
	variants := make([]map[string]any, len(expressions))
	for i, expression := range expressions {
		variants[i] = map[string]any{}
		if file != "" {
			if variants[i], err = common.ReadValuesFile(file); err != nil {
				return err
			}
		}
		if expression != "" {
			if err := strvals.ParseInto(expression, variants[i]); err != nil {
				return err
			}
		}
	}
	if err := chartutil.ProcessDependencies(chart, variants[0]); err != nil {
		return err
	}
	options := common.ReleaseOptions{Name: "rel", Namespace: "data", Revision: 1, IsInstall: true}
	var times []float64
	size := 0
	for run := range runs + 20 {
		start := time.Now()
		values, err := util.ToRenderValues(chart, variants[run%len(variants)], options, common.DefaultCapabilities)
		if err != nil {
			return err
		}
		files, err := engine.Render(chart, values)
		if err != nil {
			return err
		}
		for name := range files {
			if strings.HasSuffix(name, "NOTES.txt") {
				delete(files, name)
			}
		}
		hooks, manifests, err := release.SortManifests(files, nil, release.InstallOrder)
		if err != nil {
			return err
		}
		if run >= 20 {
			times = append(times, float64(time.Since(start).Nanoseconds())/1e3)
		}
		size = 0
		for _, m := range manifests {
			size += len(m.Content)
		}
		for _, h := range hooks {
			size += len(h.Manifest)
		}
	}
	sort.Float64s(times)
	fmt.Printf("%s\t%.1f\t%.1f\t%d\n", chart.Name(), times[len(times)/2], times[0], size)
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		if _, peak, found := strings.Cut(string(status), "VmHWM:"); found {
			fmt.Fprintf(os.Stderr, "%s: peak %s KB\n", chart.Name(), strings.Fields(peak)[0])
		}
	}
	return nil
}

// expressions are what -vary stands for, each as --set takes it; one empty one where nothing changes.
func expressions(vary string) []string {
	key, choices, varied := strings.Cut(vary, "=")
	if !varied {
		return []string{""}
	}
	var list []string
	if at := strings.LastIndex(choices, "{"); at >= 0 && strings.HasSuffix(choices, "}") {
		from, to := 0, 0
		if _, err := fmt.Sscanf(choices[at:], "{%d..%d}", &from, &to); err == nil {
			for number := from; number <= to; number++ {
				list = append(list, fmt.Sprintf("%s=%s%d", key, choices[:at], number))
			}
			return list
		}
	}
	for _, choice := range strings.Split(choices, ",") {
		list = append(list, key+"="+choice)
	}
	return list
}
