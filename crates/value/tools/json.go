//go:build ignore

// Writes testdata/json.tsv: JSON texts, and what Go reads and writes of them, or its error.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

func main() {
	for _, in := range []string{`{}`, `[]`, `{"b":1,"a":[1,2,{"x":null}],"c":{}}`, `"a<b>&\u2028\n\u00e9\ud83d\ude00\ud800x\ud800\u0041"`, `1`, `-0`, `1.5e3`, `1e21`, `1e-7`, `123456789012345678`, `true`,
		`null`, ` [ 1 , "x" ] `, `{"a":1,"a":2}`, "\"\xff\x7f\"", `[[],{},[[]]]`, ``, ` `, `{`, `[`, `[1,]`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{a:1}`, `{1:2}`, `[1 2]`, `{"a":1 "b":2}`, `tru`, `trux`, `nul`, `falsy`, `01`, `-`, `-x`, `1.`, `1.x`, `1e`, `1ex`, `1e+`, `+1`,
		`"abc`, `"a\`, `"a\q"`, `"\u12"`, `"\u12g4"`, "\"a\nb\"", `'a'`, `{"a":1}x`, `1 2`, "é", "\xff", `1e400`, `[1e400, x]`, `"\ud83d\u`, `]`, `}`, `:`, "\x00", `{"a":1]`, `[1}`, `"\/"`, `{"a" 1}`, `{"a":1,x}`, "\ufeff{}"} {
		var v any
		if err := json.Unmarshal([]byte(in), &v); err != nil {
			fmt.Printf("%q\t%q\t\"\"\t\"\"\n", in, err.Error())
			continue
		}
		compact, _ := json.Marshal(v)
		pretty, _ := json.MarshalIndent(v, "", "  ")
		raw := new(bytes.Buffer)
		enc := json.NewEncoder(raw)
		enc.SetEscapeHTML(false)
		enc.Encode(&v)
		fmt.Printf("%q\t%q\t%q\t%q\n", in, compact, pretty, strings.TrimSuffix(raw.String(), "\n"))
	}
}
