package domain

import (
	"time"

	"baimi/domain/calendar"
)

// Merger is areas becoming part of another of the same level from a day on (区划撤并). The merged areas keep their paths,
// and so do the cases registered under them: past figures stay where they were and add up under the successor as well.
type Merger struct {
	ID         int64
	County     County
	OnDay      calendar.Date
	IntoArea   int
	FromAreas  IDs[int32]
	AreasMoved int    // areas below the merged ones, each given a successor of its own
	OrgsMoved  int    // organisations that lie in the successors now
	Source     string // the document that orders it
	MergedBy   *PersonID
	MergedAt   time.Time
}

// CheckMerger refuses a merger that would make no sense of the areas as they are.
func CheckMerger(into Area, from []Area, on, today calendar.Date) error {
	var p problems
	checkDay(&p, "/on", "撤并日期", on, today, nil, "")
	p.require(len(from) > 0, "/from", "请填写被撤并的区域")
	if into.ValidTo != nil {
		p.add("/into", "ended", "“%s”已经撤并，请选择现有的区域", into.Name)
	}
	if !into.ValidFrom.IsZero() && on.Before(into.ValidFrom) {
		p.add("/on", "too_early", "撤并日期不能早于“%s”的设立日期（%s）", into.Name, into.ValidFrom)
	}
	seen := map[int]bool{}
	for _, a := range from {
		switch {
		case seen[a.ID]:
			p.add("/from", "duplicate", "“%s”重复", a.Name)
		case a.ID == into.ID:
			p.add("/from", "self", "“%s”不能并入自己", a.Name)
		case a.Level == LevelCounty:
			p.add("/from", "county", "县（市、区）不能在这里撤并")
		case a.Level != into.Level || a.County != into.County:
			p.add("/from", "level", "“%s”与“%s”不是同级的区域", a.Name, into.Name)
		case a.ValidTo != nil:
			p.add("/from", "ended", "“%s”已于%s撤并", a.Name, *a.ValidTo)
		case !on.After(a.ValidFrom):
			p.add("/on", "too_early", "撤并日期须晚于“%s”的设立日期（%s）", a.Name, a.ValidFrom)
		}
		seen[a.ID] = true
	}
	return p.err()
}
