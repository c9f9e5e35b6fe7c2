package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// A request is what Helm is told: either args, word for word, or the parts of `helm template`.
type request struct {
	ID json.RawMessage `json:"id"`
	// The working directory; without one, an empty folder of the worker's own, in which inline charts and values are written.
	Dir string `json:"dir"`
	// All arguments of the command; the fields below up to flags are then not looked at.
	Args []string `json:"args"`

	Release      string   `json:"release"` // "rel" without one
	Chart        chart    `json:"chart"`
	Namespace    string   `json:"namespace"`
	ValuesFiles  []string `json:"valuesFiles"` // paths, before values
	Values       []text   `json:"values"`      // texts of further values files
	Set          []string `json:"set"`
	SetString    []string `json:"setString"`
	SetJSON      []string `json:"setJson"`
	SetFile      []string `json:"setFile"`
	SetLiteral   []string `json:"setLiteral"`
	KubeVersion  string   `json:"kubeVersion"`
	APIVersions  []string `json:"apiVersions"`
	Flags        []string `json:"flags"`
	Milliseconds int      `json:"timeoutMs"`
}

// An answer is what came of a request. Output that is not UTF-8 stands in the fields of base64 instead.
type answer struct {
	ID           json.RawMessage `json:"id,omitempty"`
	Exit         int             `json:"exit"`
	Stdout       string          `json:"stdout"`
	Stderr       string          `json:"stderr"`
	StdoutBase64 []byte          `json:"stdoutBase64,omitempty"`
	StderrBase64 []byte          `json:"stderrBase64,omitempty"`
	// "timeout"; or "panic" where Helm's process ended by itself in another way than by exiting: stderr has what Go says of it.
	Crashed string `json:"crashed,omitempty"`
	// The request could not be put to Helm at all.
	Error        string  `json:"error,omitempty"`
	Milliseconds float64 `json:"ms"`
}

func (a *answer) print(stdout, stderr []byte) {
	if utf8.Valid(stdout) {
		a.Stdout = string(stdout)
	} else {
		a.StdoutBase64 = stdout
	}
	if utf8.Valid(stderr) {
		a.Stderr = string(stderr)
	} else {
		a.StderrBase64 = stderr
	}
}

// A chart is a path, or its files by their paths in it.
type chart struct {
	path  string
	files map[string]text
}

func (c *chart) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &c.path)
	}
	var inline struct {
		Files map[string]text `json:"files"`
	}
	err := json.Unmarshal(data, &inline)
	c.files = inline.Files
	return err
}

// A text is a string, or {"base64": …} of bytes that are none.
type text []byte

func (t *text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var s string
		err := json.Unmarshal(data, &s)
		*t = text(s)
		return err
	}
	var bytes struct {
		Base64 []byte `json:"base64"`
	}
	err := json.Unmarshal(data, &bytes)
	*t = bytes.Base64
	return err
}

// arguments writes what is inline below own, and gives the command's arguments; paths are relative to dir where that is own.
func (r *request) arguments(dir, own string) ([]string, error) {
	if r.Args != nil {
		return r.Args, nil
	}
	place := func(name string) string {
		if dir == own {
			return name
		}
		return filepath.Join(own, name)
	}
	chart := r.Chart.path
	if r.Chart.files != nil {
		chart = place("chart")
		if err := writeChart(filepath.Join(own, "chart"), r.Chart.files); err != nil {
			return nil, err
		}
	}
	if chart == "" {
		return nil, errors.New("neither args nor a chart")
	}
	release := r.Release
	if release == "" {
		release = "rel"
	}
	args := []string{"template", release, chart}
	flag := func(name string, values ...string) {
		for _, value := range values {
			args = append(args, name, value)
		}
	}
	if r.Namespace != "" {
		flag("--namespace", r.Namespace)
	}
	flag("--values", r.ValuesFiles...)
	for i, values := range r.Values {
		name := fmt.Sprintf("values-%d.yaml", i)
		if err := os.WriteFile(filepath.Join(own, name), values, 0o644); err != nil {
			return nil, err
		}
		flag("--values", place(name))
	}
	flag("--set", r.Set...)
	flag("--set-string", r.SetString...)
	flag("--set-json", r.SetJSON...)
	flag("--set-file", r.SetFile...)
	flag("--set-literal", r.SetLiteral...)
	if r.KubeVersion != "" {
		flag("--kube-version", r.KubeVersion)
	}
	flag("--api-versions", r.APIVersions...)
	return append(args, r.Flags...), nil
}

// writeChart makes folder hold these files and no others.
func writeChart(folder string, files map[string]text) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if !strings.HasPrefix(path, folder+string(filepath.Separator)) {
			return fmt.Errorf("%q is not inside of the chart", name)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
