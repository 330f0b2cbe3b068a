package api

import (
	"context"
	"strconv"
	"strings"

	"baimi/app"
	"baimi/app/forms"
	"baimi/domain"
	"baimi/domain/calendar"
)

// GetManifest tells what the file held each time it was locked.
func (s *server) GetManifest(ctx context.Context, r GetManifestRequestObject) (GetManifestResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Attachments.Manifest(ctx, actor(ctx), id)
	if err != nil {
		return nil, err
	}
	names, err := s.Names.OfCase(ctx, c)
	if err != nil {
		return nil, err
	}
	items := each(c.Archived, func(x domain.ArchivedDocument) ArchivedDocument { return archivedOf(c, x, names) })
	return GetManifest200JSONResponse{Items: items}, nil
}

func archivedOf(c *domain.Case, x domain.ArchivedDocument, n app.Names) ArchivedDocument {
	out := ArchivedDocument{
		Filing: int32(x.Filing), Document: x.Document, Name: x.Document, AttachmentNo: int32Of(x.AttachmentNo), Digest: Digest(x.Digest), DatedOn: x.DatedOn,
		ArchivedOn: x.ArchivedOn, Signers: each(x.Signers, func(w string) DocumentSigner { return signerOf(c, w, n) }),
	}
	if k, ok := forms.Find(x.Document); ok {
		out.Name = k.Name
	}
	if x.DocumentNo > 0 {
		out.DocumentNo = ptr(int32(x.DocumentNo))
	}
	for _, a := range c.Attachments {
		if x.AttachmentNo != nil && a.No == *x.AttachmentNo {
			out.Name = a.Kind.Name() + "：" + a.Title.Reveal()
		}
	}
	return out
}

// signerOf reads a signer's word: who, his number, how, on which day.
func signerOf(c *domain.Case, word string, n app.Names) DocumentSigner {
	parts := strings.Split(word, "_")
	out := DocumentSigner{Who: DocumentSignerWho(parts[0])}
	if len(parts) < 3 {
		return out
	}
	no, _ := strconv.ParseInt(parts[1], 10, 64)
	switch parts[0] {
	case "party":
		for _, p := range c.Parties {
			if int64(p.No) == no {
				out.Name = p.Name.Reveal()
			}
		}
	case "committee":
		out.Name = n.Orgs[domain.OrgID(no)]
	default:
		out.Name = n.People[domain.PersonID(no)]
	}
	if len(parts) > 3 {
		out.Method = ptr(strings.Join(parts[2:len(parts)-1], "_"))
	}
	if d := parts[len(parts)-1]; len(d) == 8 {
		if on, err := calendar.ParseDate(d[:4] + "-" + d[4:6] + "-" + d[6:]); err == nil {
			out.On = &on
		}
	}
	return out
}
