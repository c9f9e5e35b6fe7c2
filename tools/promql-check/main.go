// Command promql-check parses every PromQL expression of rendered manifests with Prometheus' own parser: those of the rules of a
// PrometheusRule, and those of the panels and variables of a Grafana dashboard that a ConfigMap holds as JSON. Of Markdown pages it
// parses what they show in blocks.
//
//	promql-check FILE…
//
// Each file is a page (.md), or a stream of YAML documents. What does not parse is printed with its place, and the exit code is then 1; 2 says that a file
// could not be read. A last line counts what was parsed.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
	"go.yaml.in/yaml/v3"
)

type object struct {
	Kind     string
	Metadata struct {
		Name   string
		Labels map[string]string
	}
	Spec struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Record, Expr string
			}
		}
	}
	Data map[string]string
}

// What Grafana puts in itself before Prometheus sees the expression: durations, and variables that stand within strings.
var (
	durations = regexp.MustCompile(`\$(__rate_interval|__interval|__range)|\$\{(__rate_interval|__interval|__range)\}`)
	variables = regexp.MustCompile(`\$\{?[A-Za-z_]\w*(:\w+)?\}?`)
	// Functions of a dashboard's variable, of which the first argument is a selector.
	labelValues = regexp.MustCompile(`^label_values\((.+),\s*\w+\)$|^query_result\((.+)\)$`)
)

type checker struct {
	parser         parser.Parser
	parsed, failed int
}

func (c *checker) parse(place, expr string) {
	c.parsed++
	if _, err := c.parser.ParseExpr(expr); err != nil {
		c.failed++
		fmt.Printf("%s: %v\n\t%s\n", place, err, expr)
	}
}

// dashboard walks all of a dashboard's JSON: targets of panels have `expr`, variables of queries have `query`.
func (c *checker) dashboard(place string, node any) {
	switch node := node.(type) {
	case []any:
		for i, item := range node {
			c.dashboard(fmt.Sprintf("%s[%d]", place, i), item)
		}
	case map[string]any:
		if expr, ok := node["expr"].(string); ok {
			c.parse(place+".expr", variables.ReplaceAllString(durations.ReplaceAllString(expr, "5m"), "x"))
		}
		if query, ok := node["query"].(string); ok && node["type"] == "query" {
			if found := labelValues.FindStringSubmatch(query); found != nil {
				query = found[1] + found[2]
			}
			c.parse(place+".query", variables.ReplaceAllString(durations.ReplaceAllString(query, "5m"), "x"))
		}
		for key, value := range node {
			c.dashboard(place+"."+key, value)
		}
	}
}

func (c *checker) object(file string, object object) error {
	at := fmt.Sprintf("%s: %s %s", file, object.Kind, object.Metadata.Name)
	switch object.Kind {
	case "PrometheusRule":
		for _, group := range object.Spec.Groups {
			for _, rule := range group.Rules {
				c.parse(fmt.Sprintf("%s: %s: %s", at, group.Name, rule.Alert+rule.Record), rule.Expr)
			}
		}
	case "ConfigMap":
		for name, text := range object.Data {
			if !strings.HasSuffix(name, ".json") {
				continue
			}
			var dashboard map[string]any
			if err := json.Unmarshal([]byte(text), &dashboard); err != nil {
				return fmt.Errorf("%s: %s: %w", at, name, err)
			}
			if _, ok := dashboard["panels"]; ok {
				c.dashboard(at+": "+name, dashboard)
			}
		}
	}
	return nil
}

func (c *checker) file(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	documents := yaml.NewDecoder(file)
	for {
		var object object
		err := documents.Decode(&object)
		if errors.Is(err, io.EOF) {
			return nil
		}
		// Other objects may have other types under the names that are read here: they are none of ours.
		var mistyped *yaml.TypeError
		if err != nil && !errors.As(err, &mistyped) {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := c.object(name, object); err != nil {
			return err
		}
	}
}

func main() {
	c := checker{parser: parser.NewParser(parser.Options{})}
	for _, name := range os.Args[1:] {
		read := c.file
		if strings.HasSuffix(name, ".md") {
			read = c.page
		}
		if err := read(name); err != nil {
			fmt.Fprintln(os.Stderr, "promql-check:", err)
			os.Exit(2)
		}
	}
	fmt.Printf("%d expressions parsed, %d are not PromQL\n", c.parsed, c.failed)
	if c.failed > 0 || c.parsed == 0 {
		os.Exit(1)
	}
}
