package sheets

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

const notXLSX = "文件不能作为Excel工作簿（.xlsx）打开，可能已经损坏，请在Excel中打开后重新保存"

// readXLSX reads the first worksheet.
func readXLSX(file []byte) (s Sheet, err error) {
	if err := weigh(file); err != nil {
		return s, err
	}
	defer func() { // a library that meets a broken file must not take the service with it
		if p := recover(); p != nil {
			err = unreadable(notXLSX)
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped,
	})
	if err != nil {
		return s, unreadable(notXLSX)
	}
	defer book.Close() //nolint:errcheck // only temporary files, and there are none below the limit
	names := book.GetSheetList()
	if len(names) == 0 {
		return s, unreadable(notXLSX)
	}
	props, err := book.GetWorkbookProps()
	if err != nil {
		return s, unreadable(notXLSX)
	}
	out := &Sheet{Format: XLSX, Date1904: props.Date1904 != nil && *props.Date1904}
	if err := out.readRows(book, names[0]); err != nil {
		return s, err
	}
	return out.done()
}

// weigh unpacks an XLSX into nothing: what it says about its own size is not believed.
func weigh(file []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return unreadable(notXLSX)
	}
	if len(archive.File) > maxEntries {
		return unreadable("文件里包含的内容太多，不像是普通的表格")
	}
	left := int64(maxUnzipped)
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			return unreadable(notXLSX)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
		if closed := r.Close(); err == nil {
			err = closed
		}
		if left -= n; left < 0 {
			return unreadable("文件解开后超过%dMB，请分成几个文件", maxUnzipped>>20)
		}
		if err != nil {
			return unreadable(notXLSX)
		}
	}
	return nil
}

func (s *Sheet) readRows(book *excelize.File, name string) error {
	rows, err := book.Rows(name)
	if err != nil {
		return unreadable(notXLSX)
	}
	defer rows.Close() //nolint:errcheck // read to its end or given up
	cells := 0
	for no := 1; rows.Next(); no++ {
		texts, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return unreadable(notXLSX)
		}
		for len(texts) > 0 && texts[len(texts)-1] == "" {
			texts = texts[:len(texts)-1]
		}
		if len(texts) > maxColumns {
			return unreadable("第%d行超过%d列，请删去多余的列", no, maxColumns)
		}
		if cells += len(texts); cells > maxCells {
			return unreadable("文件太大，请分成几个文件")
		}
		row := Row{No: no, Cells: make([]Cell, len(texts))}
		for i, text := range texts {
			if row.Cells[i], err = xlsxCell(book, name, no, i+1, text); err != nil {
				return err
			}
		}
		if err := s.add(row); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return unreadable(notXLSX)
	}
	return nil
}

// xlsxCell asks for a cell's type only where it matters: a text of many digits is taken as it stands, a number of many
// digits is not what was typed.
func xlsxCell(book *excelize.File, sheet string, row, column int, text string) (Cell, error) {
	if len(text) <= 15 && !scientific.MatchString(text) || !numeric.MatchString(text) {
		return cellOf(text), nil
	}
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return Cell{}, fmt.Errorf("name a cell: %w", err)
	}
	kind, err := book.GetCellType(sheet, at)
	if err != nil {
		return Cell{}, errors.Join(unreadable(notXLSX), err)
	}
	switch kind {
	case excelize.CellTypeNumber, excelize.CellTypeUnset, excelize.CellTypeFormula:
		return numberOf(text), nil
	}
	return cellOf(text), nil
}
