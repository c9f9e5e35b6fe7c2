// Command bench-helm times Helm's own engine in process: at each run one value changes, and values are coalesced, checked against the
// schema, templates parsed and executed, and manifests sorted, as Helm does at each call.
//
//	bench-helm [-f FILE] [-runs N] [-vary KEY=A,B] CHART...
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
	vary := flag.String("vary", "", "the value that changes: KEY=A,B")
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
	var variants [2]map[string]any
	key, choices, varied := strings.Cut(vary, "=")
	for i := range variants {
		variants[i] = map[string]any{}
		if file != "" {
			if variants[i], err = common.ReadValuesFile(file); err != nil {
				return err
			}
		}
		if varied {
			choice := strings.Split(choices, ",")[i]
			if err := strvals.ParseInto(key+"="+choice, variants[i]); err != nil {
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
		values, err := util.ToRenderValues(chart, variants[run%2], options, common.DefaultCapabilities)
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
	return nil
}
