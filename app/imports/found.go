package imports

import (
	"context"
	"slices"

	"baimi/app/sheets"
	"baimi/domain"
	"baimi/domain/calendar"
)

// Found makes a county of the row of level 县（市、区） in a file of areas: the first thing that a real installation needs.
// Everything else is then brought in like any other file. With dry it only checks whether it could.
func (u *Imports) Found(ctx context.Context, number domain.County, file []byte, dry bool) (domain.CountyInfo, error) {
	var info domain.CountyInfo
	sheet, err := sheets.Read(file)
	if err != nil {
		return info, err
	}
	rows, err := areas.read(sheet, calendar.DateOf(u.now()))
	if err != nil {
		return info, err
	}
	tops := slices.DeleteFunc(rows, func(r *row) bool { return r.values["level"] != "0" })
	if len(tops) != 1 || !tops[0].ok() || tops[0].values["parent"] != "" {
		return info, invalidFile("第一次导入区划时，表里应有且只有一行级别为“县（市、区）”，填写代码、名称、启用日期，不填上级代码")
	}
	top := tops[0]
	code := top.values["code"]
	if len(code) != 6 {
		return info, invalidFile("第%d行：县（市、区）的区划代码应为6位数字", top.no)
	}
	info = domain.CountyInfo{ID: number, AreaPath: code, Name: top.values["name"]}
	if dry {
		return info, nil
	}
	err = u.store.InTx(ctx, domain.SystemScope(number, code), func(ctx context.Context) error {
		if err := u.store.AddCounty(ctx, info); err != nil {
			return err
		}
		_, err := u.store.AddArea(ctx, domain.NewArea{
			County: number, Path: code, Level: domain.LevelCounty, Name: info.Name, Code: code, Source: sourceOf(top), From: top.date("from"),
		})
		return err
	})
	return info, err
}

// CheckFirst checks a file of areas for a county that is not there yet, and writes nothing.
func (u *Imports) CheckFirst(county domain.CountyInfo, file []byte) (domain.ImportRun, []byte, error) {
	run := domain.ImportRun{County: county.ID, Kind: domain.ImportAreas, Dry: true, State: domain.ImportDone}
	sheet, err := sheets.Read(file)
	if err != nil {
		return run, nil, err
	}
	today := calendar.DateOf(u.now())
	rows, err := areas.read(sheet, today)
	if err != nil {
		return run, nil, err
	}
	top := domain.AreaRecord{ID: 1, Path: county.AreaPath, Code: county.AreaPath, Name: county.Name}
	for _, r := range rows {
		if r.values["level"] == "0" && r.ok() {
			top.ValidFrom, top.CodeFrom = r.date("from"), r.date("from")
		}
	}
	areas.plan(newPlanner(domain.SystemActor(county.ID), today, domain.DirectoryRecords{Areas: []domain.AreaRecord{top}}), rows)
	run.Format = string(sheet.Format)
	run.Rows, run.Done = len(rows), len(rows)
	run.Added, run.Changed, run.Same, run.Bad = count(rows, added), count(rows, changed), count(rows, same), count(rows, bad)
	back, err := areas.back(sheet, rows)
	run.HasErrors = len(back) > 0
	return run, back, err
}
