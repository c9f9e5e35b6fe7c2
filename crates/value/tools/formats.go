//go:build ignore

// Writes testdata/formats.tsv: formats, the names of their operands, and what Go prints.
package main

import (
	"fmt"
	"strings"
	"time"
)

func main() {
	list := []any{"a", 1, nil, 2.5}
	operands := map[string]any{"nil": nil, "true": true, "i42": 42, "i-7": int64(-7), "i0": 0, "u200": uint8(200), "f1.5": 1.5, "f1e6": 1e6, "f3": 3.0, "f-0.001": -0.001,
		"shello": "hello", "sé\"x": "é\"x", "s": "", "bytes": []byte("ab"), "dur": 90 * time.Second, "list": list, "strings": []string{"a", "b c"}, "empty": []any{},
		"map": map[string]any{"b": list, "a": nil, "c": true}, "nilmap": map[string]any(nil), "nillist": []any(nil)}
	print := func(format, names string) {
		var args []any
		for _, name := range strings.Fields(names) {
			v, ok := operands[name]
			if !ok {
				panic(name)
			}
			args = append(args, v)
		}
		fmt.Printf("%q\t%s\t%q\n", format, names, fmt.Sprintf(format, args...))
	}
	names := []string{"nil", "true", "i42", "i-7", "i0", "u200", "f1.5", "f1e6", "f3", "f-0.001", "shello", "sé\"x", "s", "bytes", "dur", "list", "strings", "empty", "map", "nilmap", "nillist"}
	for _, verb := range "vdsqxXtcbeEfFgGoOUTw!é" {
		for _, flags := range []string{"", "+", "#", "-8", "08", "8", ".2", " ", "+8.3", "#x"[:1], "# ", "-010", ".0", "+.1"} {
			for _, name := range names {
				print("%"+flags+string(verb), name)
			}
		}
	}
	for _, row := range [][2]string{{"%", ""}, {"%d", ""}, {"%d %d", "i42"}, {"%!", "i42"}, {"100%", ""}, {"%%|%5%", ""}, {"a", "i42 shello nil"}, {"%[2]d %[1]d", "i42 i-7"},
		{"%[3]d", "i42"}, {"%[x]d", "i42"}, {"%[]d", "i42"}, {"%[1", "i42"}, {"%[2]*[1]d", "i-7 i42"}, {"%*d", "i42 i-7"}, {"%-*d|", "i42 i-7"}, {"%*d", "shello i42"}, {"%.*f", "i0 f1.5"},
		{"%.*f", "i-7 f1.5"}, {"%[1]d %d %d", "i42 i-7"}, {"%.[2]*[1]f", "f1.5 i0"}, {"%6.2f|%-6.1f|%06d", "f1.5 f3 i-7"}, {"%2147483648d", "i42"}, {"%s and %v", "shello map"},
		{"%d", "i42 i42"}, {"%v%v", "shello"}, {"%z %d", "i42 i42"}, {"%-", "i42"}, {"%.", "i42"}, {"%.d", "i42"}, {"%[5]", "i42"}, {"%[1]2d", "i42"}, {"%[1].2d", "i42"}} {
		print(row[0], row[1])
	}
}
