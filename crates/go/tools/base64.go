//go:build ignore

// Writes testdata/base64.tsv and base32.tsv: what Go decodes of good and bad input.
package main

import (
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"os"
)

func main() {
	for _, kind := range []string{"base64", "base32"} {
		f, err := os.Create("testdata/" + kind + ".tsv")
		if err != nil {
			panic(err)
		}
		decode, good := base64.StdEncoding.DecodeString, []string{"Zg==", "Zm8=", "Zm9v", "Zm9vYg=="}
		if kind == "base32" {
			decode, good = base32.StdEncoding.DecodeString, []string{"MY======", "MZXQ====", "MZXW6===", "MZXW6YQ=", "MZXW6YTB"}
		}
		inputs := []string{"", "=", "A", "AA", "AAA", "AAAA", "A=", "A==", "A===", "AA=", "AA=A", "====", "!", "AB!D", "a\nb", "\n", "AAAA\n", "hello world", "AAAAA", "AAAAAAA", "A=======", "AAA=====", "AAAAAA=="}
		for _, g := range good {
			inputs = append(inputs, g, g+"\n", g[:2]+"\r\n"+g[2:], g+"A", g+"=", g+g, g[:len(g)-1], g[:len(g)-1]+"A", g[:3]+"*"+g[4:], g+"\n\nA", g[:len(g)-1]+"\n"+g[len(g)-1:])
		}
		for _, in := range inputs {
			out, err := decode(in)
			if err != nil {
				fmt.Fprintf(f, "%q\t%s\n", in, err)
			} else {
				fmt.Fprintf(f, "%q\t%q\n", in, out)
			}
		}
		f.Close()
	}
}
