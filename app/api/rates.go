package api

import (
	"context"
	"strconv"
	"strings"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/rate"
)

// GetRates reads the success rate by month.
func (s *server) GetRates(ctx context.Context, r GetRatesRequestObject) (GetRatesResponseObject, error) {
	from, err := calendar.ParseDate(r.Params.From + "-01")
	if err != nil {
		return nil, err
	}
	to, err := calendar.ParseDate(r.Params.To + "-01")
	if err != nil {
		return nil, err
	}
	var by domain.RateSplit
	if r.Params.By != nil {
		by = domain.RateSplit(*r.Params.By)
	}
	t, err := s.Rates.Table(ctx, actor(ctx), app.RateInput{Area: text(r.Params.Area), From: from, To: to, By: by})
	if err != nil {
		return nil, err
	}
	m := t.Measure
	out := Rates{
		Measure: Measure{
			Id: m.ID, Version: strconv.Itoa(m.Version), Name: m.Name, Definition: m.Formula + "；" + m.Attribution,
		},
		AreaPath: t.Whole.Path, AreaName: t.Whole.Name, From: r.Params.From, To: r.Params.To, AsOf: t.AsOf,
		Total: rateOf(m, t.Whole.Total), Months: each(t.Whole.Months, monthRateOf(m)),
	}
	switch by {
	case domain.SplitByArea:
		out.Areas = ptr(each(t.Parts, func(p app.RateRow) AreaRate {
			return AreaRate{AreaPath: p.Path, AreaName: p.Name, Total: rateOf(m, p.Total), Months: each(p.Months, monthRateOf(m))}
		}))
	case domain.SplitByType, domain.SplitBySource:
		out.Parts = ptr(each(t.Parts, func(p app.RateRow) PartRate {
			return PartRate{Code: p.Code, Name: p.Name, Total: rateOf(m, p.Total), Months: each(p.Months, monthRateOf(m))}
		}))
	}
	return GetRates200JSONResponse(out), nil
}

func monthRateOf(m rate.Measure) func(app.MonthCount) MonthRate {
	return func(x app.MonthCount) MonthRate {
		return MonthRate{Month: strings.TrimSuffix(x.Month.String(), "-01"), Rate: rateOf(m, x.Counts)}
	}
}

// level is the confidence of Wilson's interval.
const level = 0.95

func rateOf(m rate.Measure, c rate.Counts) Rate {
	r, x := rate.R1(c), rate.R1x(c)
	out := Rate{
		Numerator: r.Numerator, Denominator: r.Denominator, Value: r.Value, Display: r.Display(), Exclusions: exclusions(m, c.Excluded),
		WithoutWithdrawn: RateBeside{Numerator: x.Numerator, Denominator: x.Denominator, Value: x.Value, Display: x.Display()},
	}
	if r.Interval != nil {
		out.Interval = &RateInterval{Low: r.Interval.Low, High: r.Interval.High, Level: level}
	}
	return out
}

func exclusions(m rate.Measure, e rate.Excluded) []RateExclusion {
	counts := map[string]int64{
		rate.NotAccepted.Code: e.NotAccepted, rate.WithdrawnBefore.Code: e.WithdrawnBefore, rate.Void.Code: e.Void,
		rate.Imported.Code: e.Imported, rate.Transferred.Code: e.Transferred,
	}
	return each(m.Excludes, func(g rate.Ground) RateExclusion {
		return RateExclusion{Name: g.Code, Label: g.Name, Count: counts[g.Code]}
	})
}
