package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// errPlain refuses a password over a connection that others may read.
func errPlain() error {
	return domain.Errorf(codeTLSRequired,
		"当前连接没有加密，浏览器不会保存登录信息。请使用 https:// 地址；管理员可配置证书，或以 --tls=self 启动；经反向代理访问的，请配置受信任的代理地址")
}

// UsePasswordCode sets a password by a one-time code.
func (s *server) UsePasswordCode(ctx context.Context, r UsePasswordCodeRequestObject) (UsePasswordCodeResponseObject, error) {
	info := infoOf(ctx)
	if !info.encrypted {
		return nil, errPlain()
	}
	err := s.UseCases.SignIn.UseCode(ctx, app.CodeInput{Login: r.Body.Login, Code: r.Body.Code, Password: r.Body.NewPassword, From: info.from})
	if err != nil {
		return nil, err
	}
	return UsePasswordCode204Response{}, nil
}

// ListAccounts lists accounts.
func (s *server) ListAccounts(ctx context.Context, r ListAccountsRequestObject) (ListAccountsResponseObject, error) {
	after, err := readOrgCursor(cursorAccounts, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	f := domain.AccountFilter{
		Area: text(r.Params.Area), Name: text(r.Params.Q), After: domain.AccountID(after), Size: pageSize(r.Params.PageSize),
	}
	if r.Params.Organisation != nil {
		f.Org = domain.OrgID(*r.Params.Organisation)
	}
	rows, next, err := s.Staffing.List(ctx, actor(ctx), f)
	if err != nil {
		return nil, err
	}
	return ListAccounts200JSONResponse{Items: each(rows, staffAccountOf), NextCursor: writeOrgCursor(cursorAccounts, domain.OrgID(next))}, nil
}

// CreateAccount makes a person with a sign-in.
func (s *server) CreateAccount(ctx context.Context, r CreateAccountRequestObject) (CreateAccountResponseObject, error) {
	in := app.NewAccountInput{Name: text(&r.Body.Name), Login: r.Body.Login}
	if r.Body.Role != nil {
		in.Role = new(roleInputOf(*r.Body.Role))
	}
	c, err := s.Staffing.Create(ctx, actor(ctx), in)
	if err != nil {
		return nil, err
	}
	return CreateAccount201JSONResponse(staffAccountOf(c)), nil
}

// GiveRole gives a further role.
func (s *server) GiveRole(ctx context.Context, r GiveRoleRequestObject) (GiveRoleResponseObject, error) {
	c, err := s.Staffing.GiveRole(ctx, actor(ctx), domain.AccountID(r.AccountId), roleInputOf(*r.Body))
	if err != nil {
		return nil, err
	}
	return GiveRole200JSONResponse(staffAccountOf(c)), nil
}

// SetAccountOpen stops or opens an account.
func (s *server) SetAccountOpen(ctx context.Context, r SetAccountOpenRequestObject) (SetAccountOpenResponseObject, error) {
	c, err := s.Staffing.SetOpen(ctx, actor(ctx), domain.AccountID(r.AccountId), r.Body.Open)
	if err != nil {
		return nil, err
	}
	return SetAccountOpen200JSONResponse(staffAccountOf(c)), nil
}

// IssueResetCode gives out a code face to face.
func (s *server) IssueResetCode(ctx context.Context, r IssueResetCodeRequestObject) (IssueResetCodeResponseObject, error) {
	slip, err := s.Staffing.ResetCode(ctx, actor(ctx), domain.AccountID(r.AccountId))
	if err != nil {
		return nil, err
	}
	return IssueResetCode201JSONResponse(activationSlipOf(slip)), nil
}

// ListAccountEvents is the log of accounts.
func (s *server) ListAccountEvents(ctx context.Context, r ListAccountEventsRequestObject) (ListAccountEventsResponseObject, error) {
	p, err := page(cursorAccountEvents, r.Params.PageSize, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	var account domain.AccountID
	if r.Params.Account != nil {
		account = domain.AccountID(*r.Params.Account)
	}
	rows, next, err := s.Staffing.Events(ctx, actor(ctx), account, p)
	if err != nil {
		return nil, err
	}
	var people []domain.PersonID
	for _, e := range rows {
		if e.Person != nil {
			people = append(people, *e.Person)
		}
	}
	names, err := s.Names.OfStaff(ctx, people)
	if err != nil {
		return nil, err
	}
	items := each(rows, func(e domain.AccountEvent) AccountEvent {
		return AccountEvent{
			Id: e.ID.String(), At: e.At, AccountId: int64(e.Account), Kind: AccountEventKind(e.Kind), KindName: e.Kind.Name(),
			Person: personName(names, e.Person), RoleName: e.Role.Name(), Via: AccountEventVia(e.Via), AssignmentId: int64Of(e.About),
			OnDay: e.OnDay, Reason: some(e.Reason), RequestId: e.Request,
		}
	})
	return ListAccountEvents200JSONResponse{Items: items, NextCursor: writeCursor(cursorAccountEvents, next)}, nil
}

func roleInputOf(r NewRole) app.RoleInput {
	in := app.RoleInput{Org: domain.OrgID(r.OrganisationId), Role: domain.Role(r.Role), FullTime: r.FullTime, From: r.From, To: r.To}
	if r.Engagement != nil {
		in.Engagement = ptr(string(*r.Engagement))
	}
	return in
}

func staffAccountOf(c domain.StaffAccount) StaffAccount {
	state := c.State()
	return StaffAccount{
		Id: int64(c.ID), Login: c.Login, Person: PersonName{Id: int64(c.Person), Name: c.PersonName}, State: AccountState(state),
		StateName: app.ReasonLabel(string(state), "accountState"), LastUsedAt: c.LastUsedAt, DisabledAt: c.DisabledAt,
		Assignments: each(c.Assignments, datedPostOf),
	}
}

func datedPostOf(x domain.Assignment) DatedPost {
	return DatedPost{
		Id: int64(x.ID), Role: Role(x.Role), RoleName: x.Role.Name(), AreaPath: x.OrgArea,
		Organisation: OrganisationName{Id: int32(x.Org), Name: x.OrgName}, From: x.ValidFrom, To: x.ValidTo,
	}
}

// RecordDeparture hands over what somebody leaves behind and ends the post.
func (s *server) RecordDeparture(ctx context.Context, r RecordDepartureRequestObject) (RecordDepartureResponseObject, error) {
	in := app.DepartureInput{
		Assignment: domain.AssignmentID(r.Body.AssignmentId), DryRun: r.Body.DryRun,
		Away: domain.Away{Kind: domain.DepartureKind(r.Body.Reason), On: r.Body.On, BackOn: r.Body.BackOn},
	}
	if r.Body.SuccessorId != nil {
		in.Successor = domain.PersonID(*r.Body.SuccessorId)
	}
	if r.Body.Successors != nil {
		in.Successors = map[domain.CaseID]domain.PersonID{}
		for _, x := range *r.Body.Successors {
			id, err := domain.ParseCaseID(x.CaseId)
			if err != nil {
				return nil, err
			}
			in.Successors[id] = domain.PersonID(x.SuccessorId)
		}
	}
	result, err := s.Staffing.Depart(ctx, actor(ctx), in)
	if err != nil {
		return nil, err
	}
	people := []domain.PersonID{result.Person}
	for _, c := range result.Cases {
		people = append(people, c.Mediators...)
	}
	names, err := s.Names.OfStaff(ctx, people)
	if err != nil {
		return nil, err
	}
	return RecordDeparture200JSONResponse{
		Person: *personName(names, &result.Person), DryRun: in.DryRun, Hidden: int32(result.Hidden), Closed: result.Closed,
		SessionsEnded: int32(result.Sessions), TokensRevoked: int32(result.Tokens), AccountDisabled: result.Disabled,
		Cases: each(result.Cases, func(h app.HandOver) HandedCase { return handedOf(h, names) }),
	}, nil
}

func handedOf(h app.HandOver, n app.Names) HandedCase {
	out := HandedCase{
		CaseId: h.Case.String(), DemandNo: h.DemandNo.Print(), Status: CaseStatus(h.Status), StatusName: h.Status.Name(), Type: h.Type,
		TypeName: n.Types[h.Type], Overdue: int32(h.Alerts), Sessions: int32(h.Meetings), Handed: h.Refusal == nil,
		Mediators: each(h.Mediators, func(p domain.PersonID) PersonName { return *personName(n, &p) }),
	}
	if h.Refusal != nil {
		_, detail, _ := describe(h.Refusal)
		out.Refusal = &detail
	}
	return out
}
