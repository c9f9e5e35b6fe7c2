//go:build ignore

// Prints the sums that the test of src/unicode.rs expects.
package main

import (
	"fmt"
	"strconv"
	"unicode"
)

func main() {
	class := func(is func(rune) bool) func(rune) rune {
		return func(r rune) rune {
			if is(r) {
				return 1
			}
			return 0
		}
	}
	for _, row := range []struct {
		name string
		of   func(rune) rune
	}{
		{"|c| is_print(c) as u32", class(strconv.IsPrint)}, {"|c| is_letter(c) as u32", class(unicode.IsLetter)},
		{"|c| is_upper(c) as u32", class(unicode.IsUpper)}, {"|c| is_lower(c) as u32", class(unicode.IsLower)},
		{"|c| is_title(c) as u32", class(unicode.IsTitle)}, {"|c| is_punct(c) as u32", class(unicode.IsPunct)},
		{"|c| is_number(c) as u32", class(unicode.IsNumber)}, {"|c| is_space(c) as u32", class(unicode.IsSpace)},
		{"to_upper", unicode.ToUpper}, {"to_lower", unicode.ToLower}, {"to_title", unicode.ToTitle},
	} {
		var sum uint64
		for r := rune(0); r <= unicode.MaxRune; r++ {
			sum = sum*1_000_003 + uint64(row.of(r))
		}
		fmt.Printf("        check(%s, %d);\n", row.name, sum)
	}
}
