//go:build ignore

// Writes what Go's unicode and strconv packages say of each code point, for examples/unicode_tables.rs to make src/unicode/tables.rs of.
package main

import (
	"bufio"
	"encoding/binary"
	"os"
	"strconv"
	"unicode"
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		var flags uint32
		for i, b := range []bool{strconv.IsPrint(r), unicode.IsLetter(r), unicode.IsUpper(r), unicode.IsLower(r), unicode.IsTitle(r),
			unicode.IsPunct(r), unicode.IsNumber(r), unicode.IsSpace(r), unicode.IsDigit(r)} {
			if b {
				flags |= 1 << i
			}
		}
		for _, u := range []uint32{flags, uint32(unicode.ToUpper(r)), uint32(unicode.ToLower(r)), uint32(unicode.ToTitle(r))} {
			binary.Write(w, binary.LittleEndian, u)
		}
	}
}
