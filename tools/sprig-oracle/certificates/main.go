// Prints what Sprig makes of templates around certificates, as rows of a quoted template and its quoted output, or its error after an
// exclamation mark. The keys are made anew at each run and stand in the templates; serial numbers and times are in the outputs.
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func b64(text string) string {
	return base64.StdEncoding.EncodeToString([]byte(text))
}

func run(text string) (string, error) {
	t, err := template.New("case").Funcs(sprig.TxtFuncMap()).Parse(text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = t.Execute(&out, nil)
	return out.String(), err
}

func row(text string) string {
	out, err := run(text)
	if err != nil {
		fmt.Printf("%q\t!%q\n", text, err)
		return ""
	}
	fmt.Printf("%q\t%q\n", text, out)
	return out
}

func main() {
	_, edwards, _ := ed25519.GenerateKey(rand.Reader)
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))
	small := must(x509.ParsePKCS1PrivateKey(smallKey()))
	keys := map[string]string{
		"ed25519": block("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(edwards))),
		"rsa":     block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey)),
		"rsa8":    block("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(rsaKey))),
	}
	order := []string{"ed25519", "rsa", "rsa8"}
	for _, curve := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		key := must(ecdsa.GenerateKey(curve, rand.Reader))
		name := curve.Params().Name
		keys[name] = block("EC PRIVATE KEY", must(x509.MarshalECPrivateKey(key)))
		keys[name+"-8"] = block("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(key)))
		order = append(order, name, name+"-8")
	}
	for _, name := range order {
		key := keys[name]
		ca := row(fmt.Sprintf("{{ (genCAWithKey \"my ca\" 365 `%s`).Cert }}", key))
		row(fmt.Sprintf("{{ (genCAWithKey \"my ca\" 365 `%s`).Key }}", key))
		row(fmt.Sprintf("{{ (genSelfSignedCertWithKey \"é*.example.com\" (list \"10.0.0.1\" \"::1\" \"::ffff:1.2.3.4\") (list \"a.example.com\" \"*.b\") 20000 `%s`).Cert }}", key))
		row(fmt.Sprintf("{{ (genSignedCertWithKey \"server's\" nil (list \"a\") 3 (buildCustomCert \"%s\" \"%s\") `%s`).Cert }}", b64(ca), b64(key), keys["ed25519"]))
	}
	key, other := keys["ed25519"], keys["P-256"]
	ca := row(fmt.Sprintf("{{ (genCAWithKey \"\" 0 `%s`).Cert }}", key))
	signed := func(cert, signer, rest string) string {
		return fmt.Sprintf("{{ (genSignedCertWithKey %s (buildCustomCert \"%s\" \"%s\") `%s`).Cert }}", rest, b64(cert), b64(signer), key)
	}
	row(signed(ca, key, `"" (list "1.2.3.4") nil 3000000`))
	row(signed(ca, key, `"ca" nil nil -1`))
	row(signed(ca, other, `"x" nil nil 1`))
	row(signed(ca, key, `"x" (list "1.2.3") nil 1`))
	row(signed(ca, key, `"x" (list "01.2.3.4" "fe80::1%eth0") nil 1`))
	row(signed(ca, key, `"x" (list "fe80::1%eth0") nil 1`))
	row(signed(ca, key, `"x" (list 1 "::") nil 1`))
	row(signed(ca, key, `"x" (list "::" nil) nil 1`))
	row(signed(ca, key, `"x" nil (list (dict "a" 1)) 1`))
	row(signed(ca, key, `"x" nil (list "é") 1`))
	row(signed(ca, key, `"x" nil (list "") 1`))
	row(signed(ca, key, `"a\xffb" nil nil 1`))
	row(signed(ca, key, `"a_b@c" nil nil 1`))
	row(signed(ca, key, `"x" nil nil 100000`))
	row(signed("no", key, `"x" nil nil 1`))
	row(signed(block("CERTIFICATE", []byte{1, 2, 3}), key, `"x" nil nil 1`))
	row(signed(block("CERTIFICATE", []byte{0x30, 0}), key, `"x" nil nil 1`))
	row(signed("leading words\n"+ca+"more", key, `"x" nil nil 1`))
	custom := func(cert, key string) string {
		return fmt.Sprintf("{{ with buildCustomCert %q %q }}{{ .Cert }}{{ .Key }}{{ end }}", cert, key)
	}
	row(custom(b64(ca), b64(key)))
	row(custom(b64(ca), b64(other)))
	row(custom("!", "!"))
	row(custom(b64(ca), "!"))
	row(custom(b64("x"), b64(key)))
	row(custom(b64(ca), b64("x")))
	row(custom(b64(key), b64(key)))
	for _, bad := range []string{
		"", "x", ca, block("PUBLIC KEY", nil), block("ODD PRIVATE KEY", nil), block("PRIVATE KEY", nil), block("RSA PRIVATE KEY", nil),
		block("EC PRIVATE KEY", nil), block("DSA PRIVATE KEY", nil), block("RSA PRIVATE KEY", []byte{0x30, 3, 2, 1, 0}),
		block("RSA PRIVATE KEY", []byte{0x30, 3, 4, 1, 0}), block("RSA PRIVATE KEY", []byte{0x30, 9, 4, 1, 0}), block("RSA PRIVATE KEY", []byte{1}),
		block("PRIVATE KEY", []byte{0x30, 0x80}), block("EC PRIVATE KEY", []byte{0x30, 3, 2, 1, 1}), block("EC PRIVATE KEY", []byte{0x30, 6, 2, 1, 2, 4, 1, 1}),
		block("EC PRIVATE KEY", []byte{0x30, 6, 2, 1, 1, 4, 1, 1}), block("DSA PRIVATE KEY", []byte("garbage")), strings.ReplaceAll(keys["rsa"], "RSA ", ""),
		strings.ReplaceAll(keys["rsa8"], "PRIVATE", "RSA PRIVATE"), strings.ReplaceAll(keys["rsa8"], "PRIVATE", "EC PRIVATE"),
		strings.ReplaceAll(keys["P-256"], "EC ", ""), strings.ReplaceAll(keys["P-256"], "EC ", "RSA "), strings.ReplaceAll(keys["rsa"], "RSA ", "EC "),
		block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(small)),
		block("DSA PRIVATE KEY", []byte{0x30, 18, 2, 1, 0, 2, 1, 7, 2, 1, 3, 2, 1, 2, 2, 1, 4, 2, 1, 2}),
		block("PRIVATE KEY", []byte{0x30, 16, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 4, 4, 2, 1, 2}),
		block("PRIVATE KEY", []byte{0x30, 16, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x71, 4, 4, 4, 2, 1, 2}),
	} {
		row(fmt.Sprintf("{{ (genCAWithKey \"x\" 1 %q).Key }}", bad))
	}
	row("{{ genPrivateKey \"nope\" }}")
	row("{{ genCA \"x\" }}")
	row("{{ genCA 1 2 }}")
	row("{{ genCA \"x\" \"1\" }}")
	row("{{ genSelfSignedCert \"x\" (list) \"a\" 1 }}")
	row("{{ genSignedCert \"x\" nil nil 1 (dict \"Cert\" \"a\") }}")
	row("{{ with genCA \"x\" 1 }}{{ typeOf . }} {{ kindOf . }} {{ kindIs \"struct\" . }} {{ .Cert | splitList \"\\n\" | first }} {{ .Key | trim | splitList \"\\n\" | last }}{{ end }}")
	row("{{ (genCA \"x\" 1).Nope }}")
	row("{{ genPrivateKey \"ecdsa\" | splitList \"\\n\" | first }}{{ genPrivateKey \"ed25519\" | splitList \"\\n\" | first }}{{ genPrivateKey \"ecdsa\" | len }} {{ genPrivateKey \"ed25519\" | len }}")
	row(fmt.Sprintf("{{ buildCustomCert %q %q }}", b64(ca), b64(key)))
	row(fmt.Sprintf("{{ buildCustomCert %q %q | toJson }}", b64(ca), b64(key)))
	row("{{ derivePassword (int 1) \"pin\" \"\" \"\" \"\" }}")
	row("{{ derivePassword -1 \"pin\" \"\" \"\" \"\" }}")
	row("{{ derivePassword 4294967297 \"pin\" \"\" \"\" \"\" }}")
}

// A key of 512 bits: too small to sign with.
func smallKey() []byte {
	return must(base64.StdEncoding.DecodeString("MIIBOgIBAAJBALKZD0nEffqM1ACuak0bijtqE2QrI/KLADv7l3kK3ppMyCuLKoF0fd7Ai2KW5ToIwzFofvJcS/STa6HA5gQenRUCAwEAAQJBAIq9amn00aS0h/CrjXqu/ThglAXJmZhOMPVn4eiu7/ROixi9sex436MaVeMqSNf7Ex9a8fRNfWss7Sqd9eWuRTUCIQDasvGASLqmjeffBNLTXV2A5g4t+kLVCpsEIZAycV5GswIhANEPLmax0ME/EO+ZJ79TJKN5yiGBRsv5yvx5UiHxajEXAiAhAol5N4EUyq6I9w1rYdhPMGpLfk7AIU2snfRJ6Nq2CQIgFrPsWRCkV+gOYcajD17rEqmuLrdIRexpg8N1DOSXoJ8CIGlStAboUGBxTDq3ZroNism3DaMIbKPyYrAqhKov1h5V"))
}
