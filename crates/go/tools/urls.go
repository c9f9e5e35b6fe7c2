//go:build ignore

// Writes testdata/urls.tsv: texts, and what Go reads of them and writes again.
package main

import (
	"fmt"
	"net/url"
)

func main() {
	for _, in := range []string{"", "*", "http://a", "HTTP://User:Pa%20ss@Host.Name:80/p/a%2Fth/?q=1&b#fr%20ag", "https://a/b?", "https://a/b?x?", "//host/path", "///path", "/abs path", "rel/path", "rel:x/y", "a:b", ":x", "1a:b", "mailto:me@x.y", "http:", "http:/x", "http:///x", "http://[::1]:8080/", "http://[::1", "http://[1.2.3.4]/", "http://x[::1]/",
		"http://[fe80::1%25eth0]/", "http://[zz]/", "http://a:b/", "http://a:1:2/", "ftp://a:1:2/", "http://a:/", "http://a b/", "http://a%20b/", "http://a%zz/", "/p%zz", "/p%2", "#f%zz", "#", "#frag", "http://u@h", "http://u:@h", "http://u:p:q@h", "http://u u@h", "http://u@v@h", "http://日本/é?ü#ö", "/a\x00", "http://h/a;b,c:d@e&f=g+h$i!j'k(l)m*n[o]p|q",
		"http://h#a!b(c)*d[e]|f", "./a:b", "a/b:c", "http://%e6%97%a5/", "http://h%41/", "oci://registry/x:1", "postgres://u:p%40ss@h:5432/db?sslmode=disable", "jdbc:postgresql://h/db", "http://h?q", "http://h/?q=a b", "http://h/%41%2f%2F", "http://<h>/"} {
		u, err := url.Parse(in)
		if err != nil {
			fmt.Printf("%q\t%q\n", in, err.Error())
			continue
		}
		fmt.Printf("%q\t%q %q %q %q %q %q %q %q %q\n", in, u.Scheme, u.Host, u.Hostname(), u.Path, u.RawQuery, u.Opaque, u.Fragment, u.User.String(), u.String())
	}
}
