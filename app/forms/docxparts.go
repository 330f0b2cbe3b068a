package forms

import (
	"archive/zip"
	"fmt"
	"io"
)

const (
	wordNS     = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relations  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageNS  = "http://schemas.openxmlformats.org/package/2006/"
	wordType   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relsType   = "application/vnd.openxmlformats-package.relationships+xml"
	coreType   = "application/vnd.openxmlformats-package.core-properties+xml"
	xmlProlog  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	pageOfWord = `<w:sectPr><w:footerReference w:type="default" r:id="foot"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>`
)

// writeParts writes the files of a DOCX package. Without times of the clock in it, the same text gives the same bytes.
func writeParts(out io.Writer, title, body string, pictures [][]byte) error {
	z := zip.NewWriter(out)
	links := ""
	for i, picture := range pictures {
		name := fmt.Sprintf("qr%d", i+1)
		links += `<Relationship Id="` + name + `" Type="` + relations + `/image" Target="media/` + name + `.png"/>`
		if err := writePart(z, "word/media/"+name+".png", picture); err != nil {
			return err
		}
	}
	for _, part := range []struct{ name, xml string }{
		{"[Content_Types].xml", `<Types xmlns="` + packageNS + `content-types"><Default Extension="rels" ContentType="` + relsType +
			`"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="` + wordType +
			`document.main+xml"/><Override PartName="/word/footer.xml" ContentType="` + wordType +
			`footer+xml"/><Override PartName="/docProps/core.xml" ContentType="` + coreType + `"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packageNS + `relationships"><Relationship Id="doc" Type="` + relations +
			`/officeDocument" Target="word/document.xml"/><Relationship Id="core" Type="` + packageNS +
			`relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="` + packageNS +
			`metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escaped(title) + `</dc:title></cp:coreProperties>`},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="` + packageNS + `relationships"><Relationship Id="foot" Type="` + relations +
			`/footer" Target="footer.xml"/>` + links + `</Relationships>`},
		{"word/footer.xml", `<w:ftr ` + wordNS + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>` +
			`<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`},
		{"word/document.xml", `<w:document ` + wordNS + ` xmlns:r="` + relations + `"><w:body>` + body + pageOfWord + `</w:body></w:document>`},
	} {
		if err := writePart(z, part.name, []byte(xmlProlog+part.xml)); err != nil {
			return err
		}
	}
	return z.Close()
}

func writePart(z *zip.Writer, name string, content []byte) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = f.Write(content)
	}
	return err
}
