package api

import "baimi/domain"

func areaOf(a domain.Area) Area {
	return Area{Id: int32(a.ID), Path: a.Path, Level: int32(a.Level), ParentId: int32Of(a.Parent), Code: a.Code, Name: a.Name}
}

func orgOf(o domain.Org) Organisation {
	return Organisation{
		Id: int32(o.ID), Kind: OrganisationKind(o.Kind), CommitteeType: word[CommitteeType](o.CommitteeType), Name: o.Name,
		ShortName: o.ShortName, ParentId: int32Of(o.Parent), CommitteeId: int32Of(o.Committee),
		AreaId: int32(o.Area), AreaPath: o.AreaPath, AreaName: o.AreaName,
	}
}

func staffOf(x domain.Staff) Staff {
	return Staff{
		Person: PersonName{Id: int64(x.Person), Name: x.Name}, Role: Role(x.Role), RoleName: x.Role.Name(),
		Organisation: OrganisationName{Id: int32(x.Org), Name: x.OrgName}, Engagement: word[Engagement](x.Engagement), FullTime: x.FullTime,
	}
}

func pointOf(p domain.Point) Point {
	return Point{
		Organisation: orgOf(p.Org), Address: p.Address, Hours: p.Hours, Longitude: p.Longitude, Latitude: p.Latitude,
		AccuracyMetres: int32Of(p.AccuracyM), Status: PointStatus(p.Status.Status), Keepers: each(p.Keepers, staffOf),
	}
}

func pointDetailOf(p domain.Point, history []domain.PointStatus) PointDetail {
	return PointDetail{Point: pointOf(p), History: each(history, func(h domain.PointStatus) PointStatusSpan {
		return PointStatusSpan{Status: PointStatus(h.Status), From: h.ValidFrom, To: h.ValidTo, Reason: h.Reason}
	})}
}
