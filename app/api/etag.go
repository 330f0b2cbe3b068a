package api

import (
	"fmt"
	"strconv"
	"strings"
)

func etag(version int) *string {
	text := fmt.Sprintf("%q", strconv.Itoa(version))
	return &text
}

// version reads If-Match, whose form the document has checked; 0 without one. A proxy that compresses answers makes
// weak tags of ours; a version is a version.
func version(ifMatch *IfMatch) int {
	if ifMatch == nil {
		return 0
	}
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(*ifMatch, "W/"), `"`))
	if err != nil {
		return -1 // matches nothing
	}
	return n
}
