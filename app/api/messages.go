package api

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"baimi/domain/calendar"
)

// schemaMessage says in Chinese what the schema asks for. It never repeats what was sent.
func schemaMessage(e *openapi3.SchemaError) string {
	s := e.Schema
	switch e.SchemaField {
	case "required":
		return "此项必填"
	case "nullable":
		return "不能为空值"
	case "minLength":
		if s.MinLength == 1 {
			return "不能为空"
		}
		return fmt.Sprintf("至少要有%d个字", s.MinLength)
	case "maxLength":
		return fmt.Sprintf("最多%d个字", *s.MaxLength)
	case "minItems":
		return fmt.Sprintf("至少要有%d项", s.MinItems)
	case "maxItems":
		return fmt.Sprintf("最多%d项", *s.MaxItems)
	case "uniqueItems":
		return "不能有重复的项"
	case "minProperties":
		return "请至少填写一项要更正的内容"
	case "minimum":
		return "不能小于" + number(*s.Min)
	case "maximum":
		return "不能大于" + number(*s.Max)
	case "enum":
		return "只能是下列之一：" + choices(s.Enum)
	case "type":
		return "应为" + typeName(s)
	case "format":
		return formatMessage(s.Format)
	}
	return "格式不正确"
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func choices(enum []any) string {
	names := make([]string, len(enum))
	for i, v := range enum {
		names[i] = fmt.Sprint(v)
	}
	return strings.Join(names, "、")
}

func typeName(s *openapi3.Schema) string {
	switch {
	case s.Type.Is(openapi3.TypeString):
		return "文字"
	case s.Type.Is(openapi3.TypeInteger):
		return "整数"
	case s.Type.Is(openapi3.TypeNumber):
		return "数字"
	case s.Type.Is(openapi3.TypeBoolean):
		return "true或false"
	case s.Type.Is(openapi3.TypeArray):
		return "列表"
	}
	return "一组内容"
}

func formatMessage(format string) string {
	switch format {
	case "date":
		return "应为2000年至2199年间的日期，例如2026-03-02"
	case "date-time":
		return "应为日期和时间，例如2026-03-02T09:30:00+08:00"
	case "int32", "int64":
		return "数字过大"
	}
	return "格式不正确"
}

var errDate = errors.New("no such day")

// legalDate takes the days that exist, in the years that file numbers and deadlines know.
func legalDate(s string) error {
	d, err := calendar.ParseDate(s)
	if err != nil || d.Year() < 2000 || d.Year() > 2199 {
		return errDate
	}
	return nil
}

// instant takes an RFC 3339 time of the same years.
func instant(s string) error {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 2000 || t.Year() > 2199 {
		return errDate
	}
	return nil
}
