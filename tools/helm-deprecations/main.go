// Command helm-deprecations prints the APIs that Helm's linter calls deprecated: all types of k8s.io/client-go that say so of themselves, with
// the version since when, the one that has them no longer, and what stands in for them.
//
//	go run . >../../crates/helm/src/lint/deprecations.tsv
package main

import (
	"fmt"
	"sort"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	kscheme "k8s.io/client-go/kubernetes/scheme"
)

type deprecated interface{ APILifecycleDeprecated() (major, minor int) }
type removed interface{ APILifecycleRemoved() (major, minor int) }
type replaced interface {
	APILifecycleReplacement() schema.GroupVersionKind
}

func main() {
	scheme := runtime.NewScheme()
	kscheme.AddToScheme(scheme)
	var rows []string
	for gvk := range scheme.AllKnownTypes() {
		object, err := scheme.New(gvk)
		if err != nil {
			panic(err)
		}
		d, ok := object.(deprecated)
		if !ok {
			continue
		}
		major, minor := d.APILifecycleDeprecated()
		if major == 0 && minor == 0 {
			continue
		}
		row := fmt.Sprintf("%s\t%s\t%d.%d\t", gvk.GroupVersion(), gvk.Kind, major, minor)
		if r, ok := object.(removed); ok {
			if major, minor := r.APILifecycleRemoved(); major != 0 || minor != 0 {
				row += fmt.Sprintf("%d.%d", major, minor)
			}
		}
		row += "\t"
		if r, ok := object.(replaced); ok {
			if by := r.APILifecycleReplacement(); !by.Empty() {
				row += by.GroupVersion().String() + " " + by.Kind
			}
		}
		rows = append(rows, row)
	}
	sort.Strings(rows)
	for _, row := range rows {
		fmt.Println(row)
	}
}
