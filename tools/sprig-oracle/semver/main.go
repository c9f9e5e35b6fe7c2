// Writes what crates/sprig/testdata/semver.tsv holds: constraints, versions, and what Masterminds/semver decides.
package main

import (
	"fmt"

	"github.com/Masterminds/semver/v3"
)

func main() {
	versions := []string{"1.2.3", "1.2.0", "1.3.0", "2.0.0", "0.0.0", "0.0.3", "0.2.3", "0.2.4", "0.3.0", "11.1.1", "11.2.0", "1.21.0-gke.1", "1.2.3-beta.2", "1.2.3-beta.10", "v1.2", "1", "1.2.3+meta",
		"", "x", "1.2.3.4", "1.2.3-", "1.2.3-01", "01.2.3", "99999999999999999999.1", "1.2.3-a..b", "1..2", "2.0.0-0", "1.2.3-alpha.beta", "1.2.3-1.a"}
	constraints := []string{"1.2.3", "=1.2", "1", "*", "x", "!=1.2.3", "!=1.2", "!=1", "!=1.2-beta", ">1.2.3", ">1", ">11", ">11.1", ">=1.20", ">= 1.2.0-0", "=>1.2", "<2", "<2.0.0", "<=1", "<=1.2", "<=1.2.3", "=<11.1", "~1.2.3", "~1.2", "~1",
		"~0", "~0.0.0", "~*", "~>1.2", "^1.2.3", "^1.2", "^1", "^0.2.3", "^0.2", "^0.0.3", "^0.0", "^0", "^*", ">=1.2 <2", ">=1.2, <2", ">=1.2,<2", "1.2 - 2.0.0", "1 - 11.1 || 0.2.3", "1.2.3 || 2", ">=1.2.3-beta.2", "<1.2.3-beta.10", "", "||", "a", ">", ">=",
		"1.2.3.4", "1.2.3 -", ">=1.2 foo", "1|2", "1x", "1.2.x", "1.*.3", "X.2", "  >=  1.2  ", ">=1.2<2", "^1.2.3-beta.2", "~1.2.3-beta.2", "1.2.3-beta.2", "v1.2.3", ">=v1.2", "1.2.3+meta", "1 2", "0.0.0-0", ">0.0.0-0", ">=0-0", "1.2-3", ">= 1.19.0-0 < 1.22.0-0", "1.2 - 1.3 2 - 3", "!= 1.2.x || 0.2"}
	for _, c := range constraints {
		for _, v := range versions {
			result := ""
			if parsed, err := semver.NewConstraint(c); err != nil {
				result = err.Error()
			} else if version, err := semver.NewVersion(v); err != nil {
				result = err.Error()
			} else {
				result = fmt.Sprint(parsed.Check(version))
			}
			fmt.Printf("%q\t%q\t%q\n", c, v, result)
		}
	}
}
