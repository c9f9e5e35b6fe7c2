package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A fenced block of a page: its language, and its text.
var blocks = regexp.MustCompile("(?ms)^```(promql|yaml)\\b[^\n]*\n(.*?)^```$")

// page parses what a Markdown page shows: each line of a block of PromQL, and in a block of YAML the rules and the triggers of KEDA.
func (c *checker) page(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for _, found := range blocks.FindAllStringSubmatchIndex(string(text), -1) {
		place := fmt.Sprintf("%s:%d", name, strings.Count(string(text[:found[0]]), "\n")+1)
		block := string(text[found[4]:found[5]])
		if string(text[found[2]:found[3]]) == "promql" {
			for _, line := range strings.Split(strings.TrimSpace(block), "\n") {
				c.parse(place, line)
			}
			continue
		}
		var shown any
		// Blocks with templates in them are no YAML, and hold no rules.
		if yaml.Unmarshal([]byte(block), &shown) == nil {
			c.values(place, shown)
		}
	}
	return nil
}

// values walks an example of values: rules have `expr`, triggers of the type `prometheus` have `query` in their metadata.
func (c *checker) values(place string, node any) {
	switch node := node.(type) {
	case []any:
		for _, item := range node {
			c.values(place, item)
		}
	case map[string]any:
		if expr, ok := node["expr"].(string); ok {
			c.parse(place, expr)
		}
		if metadata, ok := node["metadata"].(map[string]any); ok && node["type"] == "prometheus" {
			c.parse(place, fmt.Sprint(metadata["query"]))
		}
		for _, value := range node {
			c.values(place, value)
		}
	}
}
