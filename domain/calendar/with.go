package calendar

import "slices"

// With is the calendar with the entries of a notice put in, as a version of its own. A year whose 1 January is among them
// is replaced as a whole, for the notice says all of it; other days, as those a notice takes from the year before, are
// put in or replaced one by one.
func (c *Calendar) With(version string, entries []Entry) (*Calendar, error) {
	notice, err := New(version, entries)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(entries)
	for day, e := range c.entries {
		_, again := notice.entries[day]
		if !again && !notice.Covers(day) {
			all = append(all, e)
		}
	}
	return New(version, all)
}
