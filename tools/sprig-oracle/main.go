// Writes TOPIC.sprig: what Go's text/template with Sprig makes of each line of TOPIC.tmpl, quoted, or its error after an
// exclamation mark. Run it with TZ=UTC and the folder of the topics as its argument.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

func main() {
	funcs := sprig.TxtFuncMap()
	delete(funcs, "env")
	delete(funcs, "expandenv")
	files, err := filepath.Glob(filepath.Join(os.Args[1], "*.tmpl"))
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		var out bytes.Buffer
		for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
			data := map[string]any{"s": "text", "i": 3.0, "f": 1.5, "b": true, "n": nil, "l": []any{1.0, "x", map[string]any{"x": "y"}}, "m": map[string]any{"x": 1.0, "y": map[string]any{"z": "w"}}}
			var rendered bytes.Buffer
			t, err := template.New("case").Option("missingkey=zero").Funcs(funcs).Parse(line)
			if err == nil {
				err = t.Execute(&rendered, data)
			}
			if err != nil {
				fmt.Fprintf(&out, "!%s\n", strings.ReplaceAll(err.Error(), "\n", "\\n"))
			} else {
				fmt.Fprintf(&out, "%q\n", rendered.String())
			}
		}
		if err := os.WriteFile(strings.TrimSuffix(file, ".tmpl")+".sprig", out.Bytes(), 0o644); err != nil {
			panic(err)
		}
	}
}
