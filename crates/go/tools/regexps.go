//go:build ignore

// Writes testdata/regexps.tsv: patterns and what Go finds, splits and replaces, or its error.
package main

import (
	"fmt"
	"regexp"
	"strings"
)

func quoted(parts []string) string {
	var out []string
	for _, p := range parts {
		out = append(out, fmt.Sprintf("%q", p))
	}
	return strings.Join(out, " ")
}

func main() {
	texts := []string{"", "abc", "foo bar  baz", "a1b22_c\v\n d", "aaa", "Kelvin K ſ", "x=1, y=2", "[a&&b]", "2001:db8::1", "line1\nline2\n", "日本語 text", "a.b+c*d", "ABC abc", "\xff\xfea\xe6\x97 b", "Ωµ ǅ ß ẞ ΑΒΓ αβγ ς"}
	patterns := []string{``, `a`, `a*`, `a*?`, `a+`, `(a)(b)?`, `\d+`, `\s+`, `\S+`, `\w+`, `\W`, `\bb`, `\B`, `[a&&b]+`, `[^a-c]+`, `[[:alpha:]]+`, `[[:^alpha:]]+`, `(?i)k`, `(?i)[k]`, `(?i)\w`, `(?i:S)`, `(?P<x>\w+)=(?P<y>\d+)`,
		`(?<x>\w)=`, `^`, `$`, `(?m)^`, `(?m)$`, `(?m)^l.*$`, `(?s).+`, `.+`, `(?U)a+`, `(?U)a+?`, `\Qa.b\E+`, `\Q+*`, `[-a]`, `[a-]`, `[]a]`, `[^]a]`, `[\]]`, `a{2}`, `a{2,}`, `a{,2}`, `a{1,2}?`, `a{2`, `{`, `a|b|`, `(|a)*`, `(a|b)*c`, `\x41`, `\x{62}`, `\101`, `\pL+`, `\p{Lu}`, `\PL`, `\p{^L}`,
		`[\d_]`, `[\D]`, `[^\D]`, `[^\s\d]`, `(?:a)*`, `(^)*`, `^*`, `$+`, `\b+`, `a(?i)*`, `(?i)a(?-i)b`, `(?i)A(?-i:b)c`, `a(?i)b|c`, `(a(?i)b)C`, `\-`, `\_`, `\.`, `[.]`, `#x`, ` `, `[ #]`, `&&`, `~~`, `[a~~b]`, `[a--b]`, `[\w-]`, `[a\-z]`, `[+--]`, `(a*)*`, `(a*)+`, `(?:a?)*?`, `a**`, `a*+`, `a+*`, `a{2}{3}`, `a??`, `a???`, `*`, `+a`, `|*`, `(*)`, `(?i)*`, `(`, `)`, `a)`, `(a`, `[`, `[a`, `[]`, `[^]`, `[z-a]`,
		`[[:foo:]]`, `[[:alpha:]`, `[a-\d]`, `\`, `a\`, `\q`, `\8`, `\1`, `\C`, `\Z`, `[\b]`, `\x`, `\x4`, `\xg`, `\x{}`, `\x{110000}`, `\x{zz}`, `a{1001}`, `a{2,1}`, `(a{100}){100}`, `((a{10}){10}){11}`, `(?=a)`, `(?!a)`, `(?<=a)`, `(?<n>a)(?<n>b)`, `(?P<n`, `(?P<n>a`, `(?P<n->a)`, `(?P<>a)`, `(?P=n)`, `(?z)`, `(?i-)`, `(?-)`, `(?i`, `(?`, `(?i-i-i)a`,
		`\pX`, `\p{Foo}`, `\p{`, `\p`, "\xff", "[\xff]", "(?P<\xff>a)", `a{99999999999}`, `a{0}`, `a{0,0}b`, `x{0,1000}`, `日`, `[日-本]+`, `(?i)日本`, `\n`, `\t`, `\v`, `[\n\v]`, `[[:word:]]+`, `[[:space:]]+`, `([a-z]+)\.([a-z]+)`, `[^\x00-\x{10FFFF}]`, `[\x{D800}-\x{DFFF}]`, `\x{D800}`, `^$`, `\Aa`, `c\z`, `^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`, `(?i)straße`, `[[:ALPHA:]]`, `\d{1,3}(\.\d{1,3}){3}`,
		`\p{Greek}+`, `\p{greek}`, `\p{Old_Italic}`, `\p{Nd}+`, `\p{Decimal_Number}`, `\p{digit}`, `\p{Any}+`, `\p{ASCII}+`, `\P{Assigned}`, `\pZ`, `[\p{Sc}\p{Zs}]`, `\p{LC}+`, `(?i)\p{Lu}+`, `(?i)\PL`, `(?i)[^k]`, `(?i)ǆ`, `(?i)[α-ω]+`, `(?i)[^α-ω]`, `(?i)ß`, `(?i)µ`, `(?i)\W`, `\p{Foo_Bar}`, `\p{Gr.}`,
		`(?:(?:a?)*)+b`, `(a|ab)(c|bcd)(d*)`, `(?:a*?)*?b`, `(a?)(ab)?`, `(?:|a)+`, `(?:|a)*b`, `((a)|b)*`, `(a{0,2}){2,3}`, `(?:a|b){2,}?`, `x{0}y?`, `[^\n]`, `\x{FFFD}`, `.`, `(?s).`, `a.?`, `\Bb`, strings.Repeat("(", 999) + "a" + strings.Repeat(")", 999), strings.Repeat("(", 1200) + "a" + strings.Repeat(")", 1200), `(a{30}){30}`, `(?:x{1000}){2}`}
	for _, p := range patterns {
		re, err := regexp.Compile(p)
		if err != nil {
			fmt.Printf("%q\t\"\"\t\"\"\t%q\n", p, err.Error())
			continue
		}
		for _, t := range texts {
			for _, r := range []string{"<$0>", "$1x${1}_$2$$${x}$x1$"} {
				fmt.Printf("%q\t%q\t%q\t%q\n", p, t, r, fmt.Sprintf("%s | %s | %s | %q | %q", quoted(re.FindAllString(t, -1)), quoted(re.Split(t, -1)), quoted(re.Split(t, 2)), re.ReplaceAllString(t, r), re.ReplaceAllLiteralString(t, r)))
			}
		}
	}
}
