package api

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"slices"

	"baimi/app"
	"baimi/app/forms"
	"baimi/domain"
)

// matter is what the forms of a case are filled in from.
func (s *server) matter(ctx context.Context, c *domain.Case) (forms.Matter, error) {
	names, err := s.Names.OfCase(ctx, c)
	return forms.Matter{
		Case: c, Committee: names.Orgs[c.Committee], TypeName: names.Types[c.Type], Names: names.People, Orgs: names.Orgs, Rooms: names.Rooms,
		Label: formLabel, VerifyAt: VerifyAt(s.cfg.PublicURL),
	}, err
}

// VerifyAt is where residents verify an agreement; "" when nobody said where they reach the service.
func VerifyAt(publicURL string) string {
	if publicURL == "" {
		return ""
	}
	return publicURL + "/v"
}

// AgreementPages counts the pages on which an agreement is printed, and names the committee.
func AgreementPages(names *app.NameBook, publicURL string) app.Pages {
	return func(ctx context.Context, c *domain.Case, no int) (int, string, error) {
		n, err := names.OfCase(ctx, c)
		if err != nil {
			return 0, "", err
		}
		k, _ := forms.Find("agreement")
		m := forms.Matter{
			Case: c, Committee: n.Orgs[c.Committee], TypeName: n.Types[c.Type], Names: n.People, Orgs: n.Orgs, Label: formLabel, VerifyAt: VerifyAt(publicURL),
		}
		pages, err := forms.PageCount(k.Make(m, no))
		return pages, m.Committee, err
	}
}

func formLabel(dictionary, code string) string { return app.ReasonLabel(code, dictionary) }

// printable opens a case for what pick finds in it.
func (s *server) printable(ctx context.Context, caseID, form string, pick func(m forms.Matter) error) (forms.Matter, error) {
	id, err := domain.ParseCaseID(caseID)
	if err != nil {
		return forms.Matter{}, err
	}
	c, err := s.Cases.Print(ctx, actor(ctx), id, form, func(c *domain.Case) error { return pick(forms.Matter{Case: c, Label: formLabel}) })
	if err != nil {
		return forms.Matter{}, err
	}
	return s.matter(ctx, c)
}

// ListForms lists what a case can fill in.
func (s *server) ListForms(ctx context.Context, r ListFormsRequestObject) (ListFormsResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Forms(ctx, actor(ctx), id)
	if err != nil {
		return nil, err
	}
	m, err := s.matter(ctx, c)
	if err != nil {
		return nil, err
	}
	items := []FormOfCase{}
	for _, k := range forms.Kinds() {
		for _, no := range k.Numbers(m) {
			items = append(items, FormOfCase{
				Form: Form(k.Code), FormNo: k.FormNo, Name: k.Name, No: int32(no), On: k.On(m, no),
			})
		}
	}
	return ListForms200JSONResponse{Items: items}, nil
}

// PrintForm fills one in.
func (s *server) PrintForm(ctx context.Context, r PrintFormRequestObject) (PrintFormResponseObject, error) {
	k, ok := forms.Find(string(r.Form))
	if !ok {
		return nil, domain.NotFound("文书")
	}
	no := 0
	m, err := s.printable(ctx, r.CaseId, k.Code, func(m forms.Matter) error {
		if r.Params.No != nil {
			no = int(*r.Params.No)
		}
		numbers := k.Numbers(m)
		if no == 0 && len(numbers) > 0 {
			no = numbers[0] // when nobody says which
		}
		if !slices.Contains(numbers, no) {
			return domain.Errorf(domain.CodeGuard, "本案现在没有“%s”可以打印", k.Name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if f := r.Params.Format; f != nil && string(*f) == string(FormFormatDocx) {
		file, err := docxOf(k.Make(m, no), k.Title(m, no))
		return PrintForm200ApplicationvndOpenxmlformatsOfficedocumentWordprocessingmlDocumentResponse{file}, err
	}
	file, err := pdfOf(k.Make(m, no), k.Title(m, no))
	return PrintForm200ApplicationpdfResponse{file}, err
}

// PrintVolume binds the whole file, or the chosen forms of it.
func (s *server) PrintVolume(ctx context.Context, r PrintVolumeRequestObject) (PrintVolumeResponseObject, error) {
	m, err := s.printable(ctx, r.CaseId, "volume", func(m forms.Matter) error {
		if r.Params.Forms == nil {
			return nil
		}
		_, err := chosen(m, *r.Params.Forms)
		return err
	})
	if err != nil {
		return nil, err
	}
	if r.Params.Forms == nil {
		if m.Shown, err = s.Attachments.Shown(ctx, actor(ctx), m.Case); err != nil {
			return nil, err
		}
	}
	name, draw := "卷宗.pdf", func() ([]byte, error) { return forms.Volume(m) }
	if r.Params.Forms != nil {
		name, draw = "文书.pdf", func() ([]byte, error) {
			documents, err := chosen(m, *r.Params.Forms)
			if err != nil {
				return nil, err
			}
			return forms.PDF(documents...)
		}
	}
	b, err := draw()
	if err != nil {
		return nil, err
	}
	return PrintVolume200ApplicationpdfResponse{
		Body: bytes.NewReader(b), ContentLength: int64(len(b)), Headers: PrintVolume200ResponseHeaders{ContentDisposition: shown(name)},
	}, nil
}

// chosen are the documents of some forms that the case has.
func chosen(m forms.Matter, codes []Form) ([]forms.Document, error) {
	var documents []forms.Document
	for i, code := range codes {
		k, ok := forms.Find(string(code))
		if !ok {
			return nil, &domain.Error{Code: domain.CodeInvalid, Message: "有内容需要改正", Fields: []domain.FieldError{
				{Pointer: fmt.Sprintf("/query/forms/%d", i), Code: "form", Message: "没有这种文书"},
			}}
		}
		for _, no := range k.Numbers(m) {
			documents = append(documents, k.Make(m, no))
		}
	}
	if len(documents) == 0 {
		return nil, domain.Errorf(domain.CodeGuard, "本案现在没有所选的文书可以打印")
	}
	return documents, nil
}

// PrintBlankForm gives a form for the pen, with the committee of who asks.
func (s *server) PrintBlankForm(ctx context.Context, r PrintBlankFormRequestObject) (PrintBlankFormResponseObject, error) {
	k, ok := forms.Find(string(r.Form))
	if !ok || !k.Blank {
		return nil, domain.Errorf(domain.CodeGuard, "该文书没有空白样式，请在案件中打印")
	}
	m := forms.Matter{Case: &domain.Case{}, Label: formLabel}
	if id := actor(ctx).Committee; id != 0 {
		org, err := s.Directory.Org(ctx, id)
		if err != nil {
			return nil, err
		}
		m.Committee = org.Name
	}
	if f := r.Params.Format; f != nil && string(*f) == string(FormFormatDocx) {
		file, err := docxOf(k.Make(m, 0), k.Name+"（空白）")
		return PrintBlankForm200ApplicationvndOpenxmlformatsOfficedocumentWordprocessingmlDocumentResponse{file}, err
	}
	file, err := pdfOf(k.Make(m, 0), k.Name+"（空白）")
	return PrintBlankForm200ApplicationpdfResponse{file}, err
}

// pdfOf and docxOf draw a form as a file with a name of its own.
func pdfOf(d forms.Document, name string) (FormFileApplicationpdfResponse, error) {
	b, err := forms.PDF(d)
	return FormFileApplicationpdfResponse{
		Body: bytes.NewReader(b), ContentLength: int64(len(b)), Headers: FormFileResponseHeaders{ContentDisposition: shown(name + ".pdf")},
	}, err
}

// shown names a file that the browser may show, to be looked at before it is printed.
func shown(name string) *string {
	return ptr("inline; filename*=UTF-8''" + url.PathEscape(name))
}

type docxFile = FormFileApplicationvndOpenxmlformatsOfficedocumentWordprocessingmlDocumentResponse

func docxOf(d forms.Document, name string) (docxFile, error) {
	b, err := forms.DOCX(d)
	return docxFile{
		Body: bytes.NewReader(b), ContentLength: int64(len(b)), Headers: FormFileResponseHeaders{ContentDisposition: attachment(name + ".docx")},
	}, err
}
