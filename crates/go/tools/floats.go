//go:build ignore

// Writes testdata/floats.tsv: floats in every layout, by Go.
package main

import (
	"fmt"
	"math"
	"strconv"
)

func main() {
	values := []float64{0, math.Copysign(0, -1), 1, 0.5, 1.5, 2.5, 0.25, 100, 123456, 1234567, 1e6, 1e20, 1e21, 1e22, 1e-4, 1e-5, 0.000123456,
		3.14159265358979, 1.0 / 3, 5e-324, math.MaxFloat64, -12.75, 9.995, 999999.5, 0.1 + 0.2, math.Inf(1), math.NaN(), 65504, 1.2345675e6, 1 << 53, 1000000000000000.25, 1000000000000000.75, 4503599627370497.5, 8388608.5, 33554430, 1.5e15 + 0.125}
	for _, v := range values {
		for _, bits := range []int{64, 32} {
			if bits == 32 {
				v = float64(float32(v))
			}
			for _, verb := range "eEfgGxXb" {
				for _, prec := range []int{-1, 0, 1, 2, 5, 17, 20} {
					p := "-"
					if prec >= 0 {
						p = strconv.Itoa(prec)
					}
					fmt.Printf("%x\t%d\t%c\t%s\t%s\n", math.Float64bits(v), bits, verb, p, strconv.FormatFloat(v, byte(verb), prec, bits))
				}
			}
		}
	}
}
