// Command go-yaml-oracle answers what Helm's YAML libraries make of an input. It reads one JSON object a line
// ({"op": …, "text": …} or, for bytes that are no text, {"op": …, "base64": …}) and writes it back with "output" or "error".
//
// Its answers are kept in crates/yaml/tests/cases, and asked again by giving it such a file.
//
// Operations: "map", "list", "any" read YAML as Helm's fromYaml, fromYamlArray and the rest do, and write JSON;
// "head" reads what Helm's sorting reads of a manifest; "strict" refuses duplicate keys; "yaml" reads JSON and writes what toYaml writes; "pretty" does so for toYamlPretty.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"

	"chartwright/tools/go-yaml-oracle/util"
)

type exchange struct {
	Op     string  `json:"op"`
	Text   string  `json:"text,omitempty"`
	Base64 string  `json:"base64,omitempty"`
	Output *string `json:"output,omitempty"`
	Error  string  `json:"error,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var asked exchange
			if err := json.Unmarshal(line, &asked); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			asked.Output, asked.Error = nil, ""
			data := []byte(asked.Text)
			if asked.Base64 != "" {
				data, _ = base64.StdEncoding.DecodeString(asked.Base64)
			}
			output, err := run(asked.Op, data)
			if err != nil {
				asked.Error = err.Error()
			} else {
				text := string(output)
				asked.Output = &text
			}
			var text bytes.Buffer
			encoder := json.NewEncoder(&text)
			encoder.SetEscapeHTML(false)
			encoder.Encode(asked)
			out.Write(bytes.TrimRight(text.Bytes(), "\n"))
			out.WriteByte('\n')
		}
		if err != nil {
			return
		}
	}
}

func run(op string, data []byte) ([]byte, error) {
	switch op {
	case "map":
		value := map[string]any{}
		if err := yaml.Unmarshal(data, &value); err != nil {
			return nil, err
		}
		return json.Marshal(value)
	case "list":
		value := []any{}
		if err := yaml.Unmarshal(data, &value); err != nil {
			return nil, err
		}
		return json.Marshal(value)
	case "any":
		var value any
		if err := yaml.Unmarshal(data, &value); err != nil {
			return nil, err
		}
		return json.Marshal(value)
	case "strict":
		value := map[string]any{}
		if err := yaml.UnmarshalStrict(data, &value); err != nil {
			return nil, err
		}
		return json.Marshal(value)
	case "head":
		var head util.SimpleHead
		if err := yaml.Unmarshal(data, &head); err != nil {
			return nil, err
		}
		name, annotations := "", map[string]string{}
		if head.Metadata != nil {
			name = head.Metadata.Name
			if head.Metadata.Annotations != nil {
				annotations = head.Metadata.Annotations
			}
		}
		return json.Marshal([]any{head.Version, head.Kind, name, annotations})
	case "yaml":
		value, err := fromJSON(data)
		if err != nil {
			return nil, err
		}
		return yaml.Marshal(value)
	case "pretty":
		value, err := fromJSON(data)
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		encoder := yamlv3.NewEncoder(&out)
		encoder.SetIndent(2)
		err = encoder.Encode(value)
		return out.Bytes(), err
	}
	return nil, fmt.Errorf("unknown operation %q", op)
}

// fromJSON reads values as Helm's values files hold them: every number a float64.
func fromJSON(data []byte) (any, error) {
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return nil, err
	}
	return value, nil
}
