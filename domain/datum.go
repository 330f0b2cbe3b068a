package domain

import "math"

// Datum is what a pair of coordinates is measured in (ruling P20). What is stored is CGCS2000; WGS 84 differs from it by
// centimetres and is taken as it is. The two others are shifted on purpose, by up to 700 m, and are shifted back.
type Datum string

// The datums, by the names that maps call them.
const (
	CGCS2000 Datum = "CGCS2000"
	WGS84    Datum = "WGS84"
	GCJ02    Datum = "GCJ-02" // 高德、腾讯
	BD09     Datum = "BD-09"  // 百度
)

// Datums lists them.
var Datums = []Datum{CGCS2000, WGS84, GCJ02, BD09}

// ToCGCS2000 takes the shift of a datum away. What is left is below the accuracy of a phone: less than a metre.
func (d Datum) ToCGCS2000(lon, lat float64) (cgcsLon, cgcsLat float64) {
	switch d {
	case BD09:
		return GCJ02.ToCGCS2000(unshiftBD(lon, lat))
	case GCJ02:
		// the shift is known as a function of the true place, so the true place is approached
		trueLon, trueLat := lon, lat
		for range 6 {
			dLon, dLat := shiftGCJ(trueLon, trueLat)
			trueLon, trueLat = lon-dLon, lat-dLat
		}
		return trueLon, trueLat
	}
	return lon, lat
}

// shiftGCJ is how far GCJ-02 moves a place, on the ellipsoid of Krasovsky.
func shiftGCJ(lon, lat float64) (dLon, dLat float64) {
	const axis, eccentricity = 6378245.0, 0.00669342162296594323
	x, y := lon-105, lat-35
	wave := 20*math.Sin(6*math.Pi*x) + 20*math.Sin(2*math.Pi*x)
	north := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) + (wave+
		20*math.Sin(math.Pi*y)+40*math.Sin(math.Pi*y/3)+
		160*math.Sin(math.Pi*y/12)+320*math.Sin(math.Pi*y/30))*2/3
	east := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) + (wave+
		20*math.Sin(math.Pi*x)+40*math.Sin(math.Pi*x/3)+
		150*math.Sin(math.Pi*x/12)+300*math.Sin(math.Pi*x/30))*2/3
	rad := lat * math.Pi / 180
	w := 1 - eccentricity*math.Sin(rad)*math.Sin(rad)
	dLat = north * 180 / (axis * (1 - eccentricity) / (w * math.Sqrt(w)) * math.Pi)
	dLon = east * 180 / (axis / math.Sqrt(w) * math.Cos(rad) * math.Pi)
	return dLon, dLat
}

// unshiftBD takes BD-09 back to GCJ-02.
func unshiftBD(lon, lat float64) (gcjLon, gcjLat float64) {
	const turn = math.Pi * 3000 / 180
	x, y := lon-0.0065, lat-0.006
	z := math.Hypot(x, y) - 0.00002*math.Sin(y*turn)
	theta := math.Atan2(y, x) - 0.000003*math.Cos(x*turn)
	return z * math.Cos(theta), z * math.Sin(theta)
}
