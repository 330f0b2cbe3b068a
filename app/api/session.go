package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// SignIn opens a session.
func (s *server) SignIn(ctx context.Context, r SignInRequestObject) (SignInResponseObject, error) {
	info := infoOf(ctx)
	if !info.encrypted {
		return nil, errPlain()
	}
	in := app.SignInInput{Login: r.Body.Login, Password: r.Body.Password, From: info.from}
	if r.Body.AssignmentId != nil {
		in.Assignment = domain.AssignmentID(*r.Body.AssignmentId)
	}
	who, secret, err := s.UseCases.SignIn.SignIn(ctx, in)
	if err != nil {
		return nil, err
	}
	return SignIn200JSONResponse{Body: meOf(who), Headers: SignIn200ResponseHeaders{SetCookie: sessionCookie(secret, who.ExpiresAt)}}, nil
}

// GetMe tells who is signed in.
func (s *server) GetMe(ctx context.Context, _ GetMeRequestObject) (GetMeResponseObject, error) {
	return GetMe200JSONResponse(meOf(caller(ctx))), nil
}

// SignOut ends the session.
func (s *server) SignOut(ctx context.Context, _ SignOutRequestObject) (SignOutResponseObject, error) {
	if err := s.UseCases.SignIn.SignOut(ctx, caller(ctx)); err != nil {
		return nil, err
	}
	return SignOut204Response{Headers: SignOut204ResponseHeaders{SetCookie: noCookie()}}, nil
}

// SignOutEverywhere ends all sessions of the account.
func (s *server) SignOutEverywhere(ctx context.Context, r SignOutEverywhereRequestObject) (SignOutEverywhereResponseObject, error) {
	tokens := r.Params.Tokens != nil && *r.Params.Tokens
	if err := s.UseCases.SignIn.SignOutEverywhere(ctx, caller(ctx), tokens); err != nil {
		return nil, err
	}
	return SignOutEverywhere204Response{Headers: SignOutEverywhere204ResponseHeaders{SetCookie: noCookie()}}, nil
}

// SwitchAssignment goes on in another role.
func (s *server) SwitchAssignment(ctx context.Context, r SwitchAssignmentRequestObject) (SwitchAssignmentResponseObject, error) {
	who, err := s.UseCases.SignIn.Switch(ctx, caller(ctx), domain.AssignmentID(r.Body.AssignmentId))
	if err != nil {
		return nil, err
	}
	return SwitchAssignment200JSONResponse(meOf(who)), nil
}

// ChangePassword sets a new password.
func (s *server) ChangePassword(ctx context.Context, r ChangePasswordRequestObject) (ChangePasswordResponseObject, error) {
	err := s.UseCases.SignIn.ChangePassword(ctx, caller(ctx), infoOf(ctx).from, r.Body.OldPassword, r.Body.NewPassword)
	if err != nil {
		return nil, err
	}
	return ChangePassword204Response{}, nil
}

func meOf(who app.Caller) Me {
	a := who.Actor
	m := Me{
		AccountId: int64(a.Account), Login: who.Account.Login, PersonId: int64(a.Person), Name: a.PersonName,
		Assignments: each(who.Assignments, postOf), Via: MeVia(a.Via), Scopes: words[TokenScope](who.Scopes), ExpiresAt: &who.ExpiresAt,
	}
	for i, x := range who.Assignments {
		if x.ID == a.Assignment {
			m.Current = m.Assignments[i]
		}
	}
	return m
}

func postOf(x domain.Assignment) Post {
	return Post{
		Id: int64(x.ID), Role: Role(x.Role), RoleName: x.Role.Name(), AreaPath: x.OrgArea,
		Organisation: OrganisationName{Id: int32(x.Org), Name: x.OrgName}, CommitteeId: int32Of(x.Committee),
	}
}
