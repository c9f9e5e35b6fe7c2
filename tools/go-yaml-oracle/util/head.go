// Package util holds the head of a manifest under the name that Helm's errors give it.
package util

// SimpleHead has the fields of Helm's pkg/release/v1/util.SimpleHead.
type SimpleHead struct {
	Version  string `json:"apiVersion"`
	Kind     string `json:"kind,omitempty"`
	Metadata *struct {
		Name        string            `json:"name"`
		Annotations map[string]string `json:"annotations"`
	} `json:"metadata,omitempty"`
}
