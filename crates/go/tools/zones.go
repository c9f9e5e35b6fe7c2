//go:build ignore

// Prints what Go says of named time zones: zone, seconds of the Unix epoch, offset, abbreviation.
//
//	ZONEINFO=$(go env GOROOT)/lib/time/zoneinfo.zip go run crates/go/tools/zones.go > crates/go/testdata/zones.tsv
package main

import (
	"fmt"
	"time"
)

func main() {
	names := []string{
		"Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Monrovia", "America/Argentina/Buenos_Aires", "America/Caracas",
		"America/Chicago", "America/Havana", "America/Lima", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Nuuk",
		"America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll", "Asia/Calcutta", "Asia/Dubai", "Asia/Gaza",
		"Asia/Ho_Chi_Minh", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Pyongyang", "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo",
		"Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Sydney", "CET", "EST", "EST5EDT", "Etc/GMT+5", "Etc/GMT-14",
		"Etc/UTC", "Europe/Amsterdam", "Europe/Berlin", "Europe/Dublin", "Europe/Istanbul", "Europe/Kiev", "Europe/Kyiv", "Europe/Lisbon",
		"Europe/London", "Europe/Moscow", "Europe/Paris", "GB", "GMT", "Japan", "MST7MDT", "NZ", "PRC", "Pacific/Apia", "Pacific/Auckland",
		"Pacific/Chatham", "Pacific/Kiritimati", "US/Eastern", "US/Pacific", "UTC", "WET", "Zulu",
	}
	seconds := []int64{
		-62135596800, -5000000000, -2000000000, -1500000000, -900000000, -1, 0, 100000000, 325000000, 700000000, 1000000000, 1301101199,
		1301101200, 1325152799, 1500000000, 1600000000, 1700000000, 1767225600, 1785000000, 1900000000, 2500000000, 4100000000, 253402300799,
	}
	for _, name := range names {
		location, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		for _, at := range seconds {
			// Editions of the database disagree here.
			legacy := name == "EST5EDT" || name == "MST7MDT" || name == "Europe/Amsterdam"
			if legacy && at < -1 || name == "Africa/Casablanca" && at > 1800000000 {
				continue
			}
			abbreviation, offset := time.Unix(at, 0).In(location).Zone()
			fmt.Printf("%s\t%d\t%d\t%s\n", name, at, offset, abbreviation)
		}
	}
}
