package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"baimi/app"
	"baimi/domain"
)

type callerKey struct{}

// caller is who asks. Only this package carries it in a context, because the generated code hands nothing else over;
// use cases get it as an argument.
func caller(ctx context.Context) app.Caller {
	c, ok := ctx.Value(callerKey{}).(app.Caller)
	if !ok {
		panic("api: a handler behind sign-in was reached without one")
	}
	return c
}

func actor(ctx context.Context) domain.Actor { return caller(ctx).Actor }

// authenticate finds out who asks, before anything of the request is read.
func (s *server) authenticate(op operation) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.Response().Header().Set("Cache-Control", "no-store")
			c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
			r := c.Request()
			if op.public {
				if err := s.countAddress(c); err != nil {
					return err
				}
				c.SetRequest(r.WithContext(context.WithValue(r.Context(), requestInfoKey{}, s.infoOf(c))))
				return next(c)
			}
			who, err := s.who(r)
			if err != nil {
				// who cannot be told because the database is away is not somebody who tries his luck
				if domain.CodeOf(err) == domain.CodeUnauthenticated {
					if over := s.countAddress(c); over != nil {
						return over
					}
				}
				return err
			}
			if err := s.countCaller(c, who); err != nil {
				return err
			}
			if err := allowed(op, who); err != nil {
				return err
			}
			who.Actor.Request = requestID(c)
			ctx := context.WithValue(r.Context(), callerKey{}, who)
			c.SetRequest(r.WithContext(context.WithValue(ctx, requestInfoKey{}, s.infoOf(c))))
			return next(c)
		}
	}
}

// who reads the token or else the session. A request with both is the token's: a browser sends cookies unasked.
func (s *server) who(r *http.Request) (app.Caller, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, secret, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return app.Caller{}, domain.Errorf(domain.CodeUnauthenticated, "只接受 Bearer 令牌")
		}
		return s.UseCases.SignIn.ByToken(r.Context(), strings.TrimSpace(secret))
	}
	cookie, err := r.Cookie(cookieName)
	if err != nil || cookie.Value == "" {
		return app.Caller{}, domain.Errorf(domain.CodeUnauthenticated, "请先登录")
	}
	return s.UseCases.SignIn.BySession(r.Context(), cookie.Value)
}

func allowed(op operation, who app.Caller) error {
	switch {
	case who.Session == nil && !op.schemes["token"]:
		return domain.Errorf(domain.CodeForbidden, "此操作不能使用令牌，请登录后办理")
	case op.reads && !who.Reads():
		return domain.Errorf(domain.CodeForbidden, "该令牌没有查看权限")
	case !op.reads && !who.Writes():
		return domain.Errorf(domain.CodeForbidden, "该令牌只能查看，不能办理")
	}
	return nil
}
