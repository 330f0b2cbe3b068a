package domain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"baimi/domain"
)

// photo is a picture that was brought; each mark is another one.
func photo(mark byte) domain.NewAttachment {
	return domain.NewAttachment{Kind: domain.AttachmentPhoto, Title: "院墙现状", File: domain.StoredFile{
		ID: uuid.New(), Media: "image/jpeg", Size: 1000, Digest: domain.Digest(strings.Repeat(fmt.Sprintf("%02x", mark), 32)),
		Rendition: &domain.Rendition{Media: "image/jpeg", Size: 900, Digest: domain.Digest(strings.Repeat("ab", 32)), Pages: 1},
	}}
}

func TestAFileIsAttachedWithWhatItIs(t *testing.T) {
	c := at(t, domain.StatusMediating)
	paper := photo(1)
	paper.Kind, paper.Title, paper.DatedOn = domain.AttachmentIdentity, "", today.AddDays(1)
	wantFields(t, c.Attach(act(own), paper), "/title", "/partyNo", "/datedOn")
	paper.Title, paper.PartyNo, paper.DatedOn = "身份证", 9, today
	wantFields(t, c.Attach(act(own), paper), "/partyNo")
	paper.Kind = "selfie"
	wantFields(t, c.Attach(act(own), paper), "/kind", "/partyNo")
	paper.Kind, paper.PartyNo = domain.AttachmentIdentity, 1
	must(t, c.Attach(act(own), paper))
	x := c.Attachments[0]
	if x.No != 1 || x.Title.Reveal() != "身份证" || *x.PartyNo != 1 || x.Digest != paper.File.Digest || *x.Pages != 1 || !x.Filed() {
		t.Errorf("%+v", x)
	}
	if e := c.NewEvents[len(c.NewEvents)-1]; !strings.Contains(e.Data, string(x.Digest)) || strings.Contains(e.Data, "身份证") {
		t.Errorf("event %s", e.Data)
	}
	wantCode(t, c.Attach(act(own), paper), domain.CodeExists)
	paper.PartyNo = 2 // the same paper may be of two people
	must(t, c.Attach(act(own), paper))
	none := photo(2)
	none.File.ID = uuid.Nil
	if err := c.Attach(act(own), none); err == nil || domain.CodeOf(err) != "" {
		t.Errorf("a file that was never stored: %v", err)
	}
}

func TestAWithdrawnFileStaysReadable(t *testing.T) {
	c := at(t, domain.StatusMediating)
	must(t, c.Attach(act(own), photo(1)))
	wantFields(t, c.WithdrawAttachment(act(own), 1), "/reason")
	wantCode(t, c.WithdrawAttachment(because(own, "unclear"), 2), domain.CodeNotFound)
	must(t, c.WithdrawAttachment(because(own, "unclear"), 1))
	wantCode(t, c.WithdrawAttachment(because(own, "unclear"), 1), domain.CodeGuard)
	if x, err := c.Attachment(own, 1); err != nil || x.Filed() || *x.WithdrawnReason != "unclear" {
		t.Errorf("%+v %v", x, err)
	}
	must(t, c.Attach(act(own), photo(1))) // what was withdrawn may come again
}

// An erasure takes the files of the person, or with the texts those that are nobody's in particular.
func TestAnErasureTakesFiles(t *testing.T) {
	for what, want := range map[string][]int{"party": {1}, "texts": {2}} {
		c := at(t, domain.StatusMediating)
		mine := photo(1)
		mine.Kind, mine.PartyNo = domain.AttachmentIdentity, 1
		must(t, c.Attach(act(own), mine))
		must(t, c.Attach(act(own), photo(2)))
		withdrawn(t, c)
		in := domain.Erasing{PartyNo: 1, Ground: domain.GroundUnlawful}
		if what == "texts" {
			in = domain.Erasing{Texts: true, Ground: domain.GroundUnlawful}
		}
		must(t, c.Erase(act(bureau), in, c.NewEvents))
		var erased []int
		for _, x := range c.Attachments {
			if x.ErasedOn != nil {
				erased = append(erased, x.No)
				if !strings.Contains(x.Title.Reveal(), "已删除") {
					t.Errorf("%s: title %s", what, x.Title.Reveal())
				}
				_, err := c.Attachment(bureau, x.No)
				wantCode(t, err, domain.CodeGone)
			}
		}
		if !slices.Equal(erased, want) {
			t.Errorf("%s: erased %v, want %v", what, erased, want)
		}
		refs := c.Erasures[0].Refs
		for i, id := range refs {
			if slices.Contains(refs[:i], id) {
				t.Errorf("%s: %s is named twice", what, id)
			}
		}
	}
}

func withdrawn(t *testing.T, c *domain.Case) {
	t.Helper()
	must(t, c.Withdraw(because(own, "other"), today))
}
