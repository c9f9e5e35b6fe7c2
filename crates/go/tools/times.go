//go:build ignore

// Writes testdata/times.tsv: times formatted and read by Go. Run with TZ=UTC.
package main

import (
	"fmt"
	"time"
)

func main() {
	layouts := []string{"2006-01-02", time.RFC3339, time.RFC3339Nano, time.RFC1123, time.RFC1123Z, time.RFC822, time.RFC850, time.ANSIC, time.UnixDate, time.RubyDate, time.Kitchen, time.Stamp, time.StampMilli, time.StampNano,
		"20060102150405", "Jan _2 06", "January 2, 2006 at 3:04pm (MST)", "Monday, 02-Jan-06", "002 __2", "_2006", "15h4m5s", "03 PM", "05.000 05,999 .0 .99", "05.0000000000000", "-07 -07:00 -0700 -07:00:00 -070000 Z07 Z07:00 Z0700 Z07:00:00 Z070000",
		"Janet Money Mond", "é 2006 日", "", "x", "1/2/06", ".01", "_2 _", "0 00 000 06 07 08 09"}
	zones := []*time.Location{time.UTC, time.FixedZone("CET", 3600), time.FixedZone("", -34200), time.FixedZone("X", 30), time.FixedZone("LMT", -1172)}
	for _, t := range []time.Time{time.Unix(0, 0), time.Unix(1700000000, 123456789), time.Unix(-62135596800, 0), time.Unix(951782400, 500000000), time.Unix(1735689599, 1000), time.Unix(-99999999999, 7), time.Unix(253402300800, 0)} {
		for _, z := range zones {
			t := t.In(z)
			name, offset := t.Zone()
			for _, l := range layouts {
				fmt.Printf("format\t%q\t%d\t%d\t%d\t%q\t%q\n", l, t.Unix(), t.Nanosecond(), offset, name, t.Format(l))
			}
		}
	}
	for _, row := range [][2]string{{"2006-01-02", "2024-02-29"}, {"2006-01-02", "2023-02-29"}, {"2006-01-02", "2024-13-01"}, {"2006-01-02", "2024-00-01"}, {"2006-01-02", "2024-1-01"}, {"2006-01-02", "24-01-01"}, {"2006-01-02", "2024-01-01x"}, {"2006-01-02", ""}, {"2006-01-02", "x"}, {"2006-01-02", "2024/01/01"},
		{"2006-01-02", "2024-01-00"}, {"2006-01-02", "2024-04-31"}, {time.RFC3339, "2024-01-02T03:04:05Z"}, {time.RFC3339, "2024-01-02T03:04:05+02:00"}, {time.RFC3339, "2024-01-02T03:04:05.123456789-07:30"}, {time.RFC3339, "2024-01-02T24:04:05Z"}, {time.RFC3339, "2024-01-02T23:60:05Z"}, {time.RFC3339, "2024-01-02T23:00:60Z"},
		{time.RFC3339, "2024-01-02T03:04:05"}, {time.RFC3339, "2024-01-02T03:04:05+25:00"}, {time.RFC3339, "2024-01-02T03:04:05+02:61"}, {time.RFC3339, "2024-01-02T03:04:05*02:00"}, {time.RFC3339, "2024-01-02T03:04:05+0200"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 MST"}, {time.RFC1123, "mon, 02 jan 2006 15:04:05 UTC"}, {time.RFC1123, "Xon, 02 Jan 2006 15:04:05 MST"},
		{time.RFC1123, "Mon, 02 Jan 2006 15:04:05 GMT+3"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 CEST"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 CESTX"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 WITA"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 ABCD"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 +03"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 +33"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 AB"},
		{time.Kitchen, "3:04PM"}, {time.Kitchen, "12:04AM"}, {time.Kitchen, "13:04AM"}, {time.Kitchen, "3:04XM"}, {time.Kitchen, "3:04"}, {"3pm", "12pm"}, {"3pm", "11am"}, {time.ANSIC, "Mon Jan  2 15:04:05 2006"}, {time.ANSIC, "Mon Jan 12 15:04:05 2006"}, {time.Stamp, "Feb 29 00:00:00"}, {"2006 002", "2024 060"}, {"2006 002", "2023 060"}, {"2006 002", "2023 366"}, {"2006 002", "2024 366"}, {"2006 002", "2024 6"},
		{"2006 __2", "2024   6"}, {"2006-01 002", "2024-02 032"}, {"2006-01 002", "2024-03 032"}, {"2006-02 002", "2024-02 032"}, {"05.000", "07.123"}, {"05.000", "07.12"}, {"05.000", "07"}, {"05.999", "07"}, {"05.999", "07.5"}, {"05", "07.25"}, {"05", "07,25x"}, {"05.00", "07.-1"}, {"06", "69"}, {"06", "68"}, {"06", "-1"}, {"06", "x1"}, {"06", "6"}, {"January", "march"}, {"Jan", "Ma"}, {"  2006", "2024"}, {"2006  01", "2024 05"}, {"a2006", "2024"}, {"2006", "\"\\é\x01"},
		{"2006-01-02 15:04:05 -0700 MST", "2024-01-02 03:04:05 +0100 CET"}, {"2006-01-02 15:04:05 -0700 MST", "2024-01-02 03:04:05 +0000 UTC"}, {"-07", "+05"}, {"-07:00:00", "+05:06:07"}, {"Z070000", "-010203"}, {"2006", "9999"}, {"20060102150405", "20240506070809"}, {"_2", " 5"}, {"_2", "15"}, {"02", "5"}, {"1", "1x"}} {
		t, err := time.ParseInLocation(row[0], row[1], time.Local)
		if err != nil {
			fmt.Printf("parse\t%q\t%q\t%q\n", row[0], row[1], err.Error())
		} else {
			fmt.Printf("parse\t%q\t%q\t%q\n", row[0], row[1], t.Format("2006-01-02 15:04:05.999999999 -0700 MST"))
		}
	}
}
