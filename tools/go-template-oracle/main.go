// Command go-template-oracle runs the template cases of crates/template/tests/cases through Go's own text/template and prints what
// came of them, a line a case: the name, "ok" or "error", and the text, quoted. The functions and the data have their twins in
// crates/template/tests/oracle.rs.
//
//	go run ./tools/go-template-oracle crates/template/tests/cases/*.txt
//
// writes an .expected file beside each .txt file.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"text/template"
)

const data = `{
 "name": "gopher", "empty": "", "n": 3, "zero": 0, "pi": 3.5, "yes": true, "no": false, "nothing": null,
 "list": ["a", 1, null, {"k": "v"}], "none": [], "map": {"b": 2, "a": "one", "c": null}, "nomap": {},
 "deep": {"er": {"est": "found", "num": 7}}, "odd": "<a href=\"x?y=1&z\">'é\u0000\u2028</a>", "big": 1e21, "text": "{{ .name }}!"
}`

type thing struct {
	Name  string
	Inner map[string]any
}

func (t *thing) Greet(who string) string            { return t.Name + " greets " + who }
func (t *thing) Count() int                         { return 42 }
func (t *thing) Add(a, b int) int                   { return a + b }
func (t *thing) Join(sep string, all ...any) string { return fmt.Sprintf("%d%s", len(all), sep) }
func (t *thing) Fail() (string, error)              { return "", errors.New("thing failed") }
func (t *thing) Any(v any) any                      { return v }

func functions(t *template.Template, nested map[string]int) template.FuncMap {
	return template.FuncMap{
		"str":     func(s string) string { return s },
		"num":     func(i int) int { return i },
		"num64":   func(i int64) int64 { return i },
		"unum":    func(u uint64) uint64 { return u },
		"float":   func(f float64) float64 { return f },
		"boolean": func(b bool) bool { return b },
		"same":    func(v any) any { return v },
		"list":    func(v ...any) []any { return v },
		"strs":    func(v ...string) []string { return v },
		"keys":    func(m map[string]any) int { return len(m) },
		"count":   func(l []any) int { return len(l) },
		"typed":   func(v any) string { return fmt.Sprintf("%T", v) },
		"fails":   func(s string) (string, error) { return "", errors.New(s) },
		"two":     func(a string, b int) string { return a + strconv.Itoa(b) },
		"atleast": func(a string, b ...int) int { return len(b) },
		"nothing": func() any { return nil },
		"put":     func(m map[string]any, k string, v any) map[string]any { m[k] = v; return m },
		"include": func(name string, data any) (string, error) {
			var buf strings.Builder
			if nested[name] > 50 {
				return "", fmt.Errorf("nested: %s", name)
			}
			nested[name]++
			err := t.ExecuteTemplate(&buf, name, data)
			nested[name]--
			return buf.String(), err
		},
		"tpl": func(text string, data any) (string, error) {
			clone, err := t.Clone()
			if err != nil {
				return "", err
			}
			clone.Option("missingkey=zero")
			clone.Funcs(functions(clone, nested))
			clone, err = clone.New(t.Name()).Parse(text)
			if err != nil {
				return "", fmt.Errorf("cannot parse template %q: %w", text, err)
			}
			var buf strings.Builder
			if err := clone.Execute(&buf, data); err != nil {
				return "", fmt.Errorf("error during tpl function execution for %q: %w", text, err)
			}
			return strings.ReplaceAll(buf.String(), "<no value>", ""), nil
		},
	}
}

func dot() map[string]any {
	var values map[string]any
	if err := json.Unmarshal([]byte(data), &values); err != nil {
		panic(err)
	}
	values["int"] = 5
	values["uint"] = uint64(7)
	values["strs"] = []string{"x", "y"}
	values["smap"] = map[string]string{"q": "w"}
	values["nilmap"] = map[string]any(nil)
	values["bytes"] = []byte("hi")
	values["thing"] = &thing{Name: "thing", Inner: map[string]any{"k": 1}}
	return values
}

// render runs one case: files separated by lines "-- NAME", the first of which, "main", is executed.
func render(text, option string) (out string, err error) {
	t := template.New("gotpl").Option("missingkey=" + option)
	t.Funcs(functions(t, map[string]int{}))
	name, body := "main", ""
	flush := func() error {
		_, err := t.New(name).Parse(body)
		return err
	}
	for i, part := range strings.Split(text, "\n-- ") {
		if i > 0 {
			name, part, _ = strings.Cut(part, "\n")
		}
		body = part
		if err := flush(); err != nil {
			return "", err
		}
	}
	var buf strings.Builder
	err = t.ExecuteTemplate(&buf, "main", dot())
	return buf.String(), err
}

func main() {
	for _, file := range os.Args[1:] {
		raw, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		var expected strings.Builder
		for _, block := range strings.Split("\n"+string(raw), "\n== ")[1:] {
			name, text, _ := strings.Cut(block, "\n")
			option := "zero"
			for _, o := range []string{"default", "error"} {
				if strings.HasSuffix(name, " missingkey="+o) {
					option = o
				}
			}
			text = strings.TrimSuffix(text, "\n")
			out, err := render(text, option)
			if err != nil {
				fmt.Fprintf(&expected, "%s\terror\t%q\n", name, err.Error())
			} else {
				fmt.Fprintf(&expected, "%s\tok\t%q\n", name, out)
			}
		}
		if err := os.WriteFile(strings.TrimSuffix(file, ".txt")+".expected", []byte(expected.String()), 0o644); err != nil {
			panic(err)
		}
	}
}
