package domain

import "baimi/domain/calendar"

// LegalCapacity is what a natural person can bind himself to (行为能力), as far as it was recorded.
type LegalCapacity string

// The capacities of persons.
const (
	CapacityUnknown LegalCapacity = "unknown" // nobody has recorded it: an adult counts as of full, a minor as of limited capacity
	CapacityFull    LegalCapacity = "full"
	CapacityLimited LegalCapacity = "limited"
	CapacityNone    LegalCapacity = "none"
)

const (
	adultAge = 18
	childAge = 14 // below it a guardian stands beside the child from the first processing of its data (个人信息保护法 31)
)

// ageOn is the age in full years (周岁) on a day; somebody born on 29 February completes a year on 28 February where there is
// no 29th (民法典 202).
func ageOn(birth, on calendar.Date) int {
	age := on.Year() - birth.Year()
	if birth.AddYears(age).After(on) {
		age--
	}
	return age
}

// born is the birth date, as far as it is known and not erased.
func (x Party) born() (calendar.Date, bool) {
	if !x.Birth.Given() || x.Birth.IsErased() {
		return calendar.Date{}, false
	}
	d, err := calendar.ParseDate(x.Birth.Reveal())
	return d, err == nil
}

// AgeOn is the party's age on a day; ok is false where the birth date is not known.
func (x Party) AgeOn(on calendar.Date) (age int, ok bool) {
	birth, ok := x.born()
	if !ok || birth.After(on) {
		return 0, false
	}
	return ageOn(birth, on), true
}

// Guarded tells whether somebody else must act for the person: of no or limited capacity, or a minor of whom nobody has
// recorded full capacity.
func (x Party) Guarded(on calendar.Date) bool {
	if x.Kind != Natural || x.Capacity == CapacityFull {
		return false
	}
	age, known := x.AgeOn(on)
	return x.Capacity == CapacityLimited || x.Capacity == CapacityNone || known && age < adultAge
}

// child tells whether the person is below the age from which on he may be asked himself.
func (x Party) child(on calendar.Date) bool {
	age, known := x.AgeOn(on)
	return x.Kind == Natural && known && age < childAge
}

// checkBirth checks a birth date that was typed, and holds it to the one in the number.
func checkBirth(p *problems, at, typed string, fromNumber *calendar.Date, today calendar.Date) string {
	if typed == "" {
		if fromNumber != nil {
			return fromNumber.String()
		}
		return ""
	}
	d, err := calendar.ParseDate(typed)
	switch {
	case err != nil || d.Year() < 1850:
		p.add(at, "birth", "出生日期不对，例如1990-03-07")
	case d.After(today):
		p.add(at, "future", "出生日期不能晚于今天")
	case ageOn(d, today) > maxAge:
		p.add(at, "birth", "按出生日期计算年龄超过%d岁，请核对", maxAge)
	case fromNumber != nil && d != *fromNumber:
		p.add(at, "birth", "与身份证号码中的出生日期不一致，请核对")
	}
	return d.String()
}
