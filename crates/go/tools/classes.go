//go:build ignore

// Writes src/regexp/classes.tsv: what `\p{…}` holds, by the names in which Go knows it, lower case and without separators.
package main

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode"
)

func plain(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
}

func main() {
	aliases := map[string][]string{}
	for alias, name := range unicode.CategoryAliases {
		aliases[name] = append(aliases[name], plain(alias))
	}
	var rows []string
	row := func(names []string, in func(rune) bool) {
		sort.Strings(names)
		var ranges []string
		for r := rune(0); r <= unicode.MaxRune; r++ {
			if !in(r) {
				continue
			}
			first := r
			for r < unicode.MaxRune && in(r+1) {
				r++
			}
			if first == r {
				ranges = append(ranges, fmt.Sprintf("%x", r))
			} else {
				ranges = append(ranges, fmt.Sprintf("%x-%x", first, r))
			}
		}
		rows = append(rows, strings.Join(names, " ")+"\t"+strings.Join(ranges, " "))
	}
	// Go itself does not find all of its scripts: those with an underscore are not among the names that it looks for.
	table := func(names []string, t *unicode.RangeTable) {
		if _, err := regexp.Compile(`\p{` + names[0] + `}`); err != nil {
			return
		}
		row(names, func(r rune) bool { return unicode.Is(t, r) })
	}
	for name, t := range unicode.Categories {
		switch name {
		case "L", "Lu", "Ll", "Lt", "N", "P": // these are at hand without a table
		default:
			table(append([]string{plain(name)}, aliases[name]...), t)
		}
	}
	row([]string{"assigned"}, func(r rune) bool { return !unicode.Is(unicode.Cn, r) })
	for name, t := range unicode.Scripts {
		table([]string{plain(name)}, t)
	}
	sort.Strings(rows)
	fmt.Println(strings.Join(rows, "\n"))
}
