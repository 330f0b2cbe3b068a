package domain_test

import (
	"math"
	"testing"

	"baimi/domain"
)

// The pairs are of a widely used table of conversions; a hundred-thousandth of a degree is a metre.
func TestShiftedCoordinatesAreShiftedBack(t *testing.T) {
	t.Parallel()
	const metre = 0.00001
	for _, x := range []struct {
		from             domain.Datum
		lon, lat         float64
		wantLon, wantLat float64
	}{
		{domain.GCJ02, 116.41024449916938, 39.91640428150164, 116.404, 39.915},
		{domain.CGCS2000, 104.5471, 30.4110, 104.5471, 30.4110},
		{domain.WGS84, 104.5471, 30.4110, 104.5471, 30.4110},
	} {
		lon, lat := x.from.ToCGCS2000(x.lon, x.lat)
		if math.Abs(lon-x.wantLon) > metre/5 || math.Abs(lat-x.wantLat) > metre/5 {
			t.Errorf("%s: %f %f, want %f %f", x.from, lon, lat, x.wantLon, x.wantLat)
		}
	}
	// BD-09 is GCJ-02 shifted once more
	lon, lat := domain.BD09.ToCGCS2000(116.404, 39.915)
	viaLon, viaLat := domain.GCJ02.ToCGCS2000(116.39762729119315, 39.90865673957631)
	if math.Abs(lon-viaLon) > metre/5 || math.Abs(lat-viaLat) > metre/5 {
		t.Errorf("BD-09: %f %f, by GCJ-02 %f %f", lon, lat, viaLon, viaLat)
	}
}
