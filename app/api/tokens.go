package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// ListTokens lists the caller's tokens.
func (s *server) ListTokens(ctx context.Context, _ ListTokensRequestObject) (ListTokensResponseObject, error) {
	tokens, err := s.UseCases.SignIn.Tokens(ctx, caller(ctx))
	if err != nil {
		return nil, err
	}
	return ListTokens200JSONResponse{Items: each(tokens, tokenOf)}, nil
}

// CreateToken makes a token.
func (s *server) CreateToken(ctx context.Context, r CreateTokenRequestObject) (CreateTokenResponseObject, error) {
	in := app.NewTokenInput{Name: r.Body.Name, Scopes: words[string](r.Body.Scopes), ExpiresAt: r.Body.ExpiresAt}
	t, secret, err := s.UseCases.SignIn.CreateToken(ctx, caller(ctx), in)
	if err != nil {
		return nil, err
	}
	return CreateToken201JSONResponse{Token: tokenOf(t), Secret: secret}, nil
}

// RevokeToken ends a token.
func (s *server) RevokeToken(ctx context.Context, r RevokeTokenRequestObject) (RevokeTokenResponseObject, error) {
	if err := s.UseCases.SignIn.RevokeToken(ctx, caller(ctx), r.TokenId); err != nil {
		return nil, err
	}
	return RevokeToken204Response{}, nil
}

func tokenOf(t domain.Token) Token {
	return Token{
		Id: t.ID, Name: t.Name, Scopes: words[TokenScope](t.Scopes), CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, RevokedAt: t.RevokedAt,
	}
}
