package app

import (
	"context"
	"net/netip"

	"baimi/domain"
	"baimi/domain/calendar"
)

// VerifyStore is what verifying an agreement needs.
type VerifyStore interface {
	Tx
	Counties(ctx context.Context) ([]domain.CountyInfo, error)
	AgreementByCode(ctx context.Context, scope domain.Scope, code domain.VerificationCode) (domain.CaseID, int, error)
	Case(ctx context.Context, scope domain.Scope, id domain.CaseID) (*domain.Case, error)
}

// Pages counts the pages on which an agreement is printed, and names the committee whose seal it bears.
type Pages func(ctx context.Context, c *domain.Case, agreement int) (pages int, committee string, err error)

// Verify answers whoever holds an agreement on paper. It knows nobody: what it tells names no party and nothing of the case.
type Verify struct {
	store   VerifyStore
	clock   Clock
	pages   Pages
	limiter *Limiter
}

// NewVerify makes the use case.
func NewVerify(store VerifyStore, clock Clock, pages Pages) *Verify {
	return &Verify{store: store, clock: clock, pages: pages, limiter: NewLimiter()}
}

// Verification is what is told of an agreement; of one in a case of restricted reading nothing but the standing.
type Verification struct {
	Code        domain.VerificationCode
	Standing    domain.Standing
	Committee   string
	AgreedOn    *calendar.Date
	EffectiveOn *calendar.Date
	EndedOn     *calendar.Date // of one that is not valid any more
	Pages       int
}

// verifications is how many an address may ask for in a minute. Nobody types faster, and a code has 64 random bits.
const verifications = 30

// Look tells how the agreement of a code stands. A code that is none and one that nobody has look alike: not found.
func (u *Verify) Look(ctx context.Context, from netip.Addr, typed string) (Verification, error) {
	var out Verification
	err := u.find(ctx, from, typed, func(ctx context.Context, c *domain.Case, g domain.Agreement) error {
		out = Verification{Code: *g.Code, Standing: c.PublicStanding(g)}
		if out.Standing == domain.StandingRestricted {
			return nil
		}
		out.AgreedOn, out.EffectiveOn = g.AgreedOn, g.EffectiveOn
		if out.Standing == domain.StandingSuperseded || out.Standing == domain.StandingWithdrawn {
			out.EndedOn = g.EndedOn
		}
		var err error
		out.Pages, out.Committee, err = u.pages(ctx, c, g.No)
		return err
	})
	return out, err
}

// Compare tells whether a text is what the agreement of a code says.
func (u *Verify) Compare(ctx context.Context, from netip.Addr, typed, text string) (same bool, err error) {
	err = u.find(ctx, from, typed, func(_ context.Context, c *domain.Case, g domain.Agreement) error {
		switch {
		case c.PublicStanding(g) == domain.StandingRestricted:
			return domain.Errorf(domain.CodeGuard, "本协议查阅受限，请持协议原件到出具协议的人民调解委员会核对")
		case !g.Text.Given():
			return domain.Errorf(domain.CodeGuard, "本协议未生效，没有可以比对的文本")
		case (&g.Text).IsErased():
			return domain.Errorf(domain.CodeGuard, "本协议的文本已依法删除，不能比对")
		}
		same = domain.SameText(g.Text.Reveal(), text)
		return nil
	})
	return same, err
}

func (u *Verify) find(ctx context.Context, from netip.Addr, typed string, tell func(ctx context.Context, c *domain.Case, g domain.Agreement) error) error {
	if room := u.limiter.Take("verify", Network(from), verifications, u.clock.now()); !room.OK {
		return &Throttled{
			Refusal: domain.Errorf(domain.CodeThrottled, "查询过于频繁，请%d秒后再试", int(room.After.Seconds())), After: room.After,
		}
	}
	code, err := domain.ParseVerificationCode(typed)
	if err != nil {
		return noSuchCode()
	}
	counties, err := u.store.Counties(ctx)
	if err != nil {
		return err
	}
	for _, county := range counties {
		if county.ID != domain.County(code.County()) {
			continue
		}
		scope := domain.SystemScope(county.ID, county.AreaPath)
		return u.store.InTx(ctx, scope, func(ctx context.Context) error {
			id, no, err := u.store.AgreementByCode(ctx, scope, code)
			if domain.CodeOf(err) == domain.CodeNotFound {
				return noSuchCode()
			}
			if err != nil {
				return err
			}
			c, err := u.store.Case(ctx, scope, id)
			if err != nil {
				return err
			}
			return tell(ctx, c, c.Agreements[no-1])
		})
	}
	return noSuchCode()
}

func noSuchCode() error {
	return domain.Errorf(domain.CodeNotFound, "没有查到这个核验码，请对照协议书逐位核对")
}
