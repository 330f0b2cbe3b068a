package rate

// Counts are the cases concluded in a window, each on the day it was concluded, by how they ended; and those that ended
// in the window without counting, by ground. A case is in exactly one field. A reopened case leaves its window (a
// restatement, which may be kept as negative counts to add) and comes back with its next conclusion.
type Counts struct {
	Succeeded int64 // 调解成功: an agreement, oral or written
	Failed    int64 // 调解失败
	Withdrawn int64 // 受理后撤回
	Excluded  Excluded
}

// Excluded are the cases that no rate counts, named because a silent exclusion is how rates are made to look good.
type Excluded struct {
	NotAccepted     int64 // 不予受理
	WithdrawnBefore int64 // 受理前撤回
	Void            int64 // 作废
	Imported        int64 // 历史导入
	Transferred     int64 // 转办
}

// Add counts two disjoint sets of cases together. Rates of parts are never averaged: their counts are added first.
func (c Counts) Add(o Counts) Counts {
	return Counts{
		Succeeded: c.Succeeded + o.Succeeded,
		Failed:    c.Failed + o.Failed,
		Withdrawn: c.Withdrawn + o.Withdrawn,
		Excluded: Excluded{
			NotAccepted:     c.Excluded.NotAccepted + o.Excluded.NotAccepted,
			WithdrawnBefore: c.Excluded.WithdrawnBefore + o.Excluded.WithdrawnBefore,
			Void:            c.Excluded.Void + o.Excluded.Void,
			Imported:        c.Excluded.Imported + o.Excluded.Imported,
			Transferred:     c.Excluded.Transferred + o.Excluded.Transferred,
		},
	}
}

// Total is 调解案件总数, the denominator of R1.
func (c Counts) Total() int64 { return c.Succeeded + c.Failed + c.Withdrawn }

// Sum is the number of cases excluded on any ground.
func (e Excluded) Sum() int64 {
	return e.NotAccepted + e.WithdrawnBefore + e.Void + e.Imported + e.Transferred
}
