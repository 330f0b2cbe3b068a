package api

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/go-playground/locales/zh"
	ut "github.com/go-playground/universal-translator"
	"github.com/go-playground/validator/v10"
	translations "github.com/go-playground/validator/v10/translations/zh"
	"github.com/labstack/echo/v4"

	"baimi/domain"
)

// checker checks what a schema cannot say and the domain does not: the validate tags that openapi.yaml puts on the
// generated structs. What the domain checks is left to it, so that it can name every wrong field at once.
type checker struct {
	v  *validator.Validate
	tr ut.Translator
}

func newChecker() (*checker, error) {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		return name
	})
	locale := zh.New()
	tr, _ := ut.New(locale, locale).GetTranslator("zh")
	c := &checker{v: v, tr: tr}
	if err := translations.RegisterDefaultTranslations(v, tr); err != nil {
		return nil, fmt.Errorf("messages of the checker: %w", err)
	}
	notBlank := func(fl validator.FieldLevel) bool {
		return strings.TrimSpace(domain.CleanText(fl.Field().String())) != ""
	}
	if err := v.RegisterValidation("notblank", notBlank); err != nil {
		return nil, fmt.Errorf("checker: %w", err)
	}
	for tag, message := range map[string]string{"notblank": "不能为空", "unique": "有重复的项", "nefield": "不能与原来的相同"} {
		add := func(t ut.Translator) error { return t.Add(tag, message, true) }
		say := func(t ut.Translator, _ validator.FieldError) string {
			text, err := t.T(tag)
			if err != nil {
				return message
			}
			return text
		}
		if err := v.RegisterTranslation(tag, tr, add, say); err != nil {
			return nil, fmt.Errorf("messages of the checker: %w", err)
		}
	}
	return c, nil
}

// strict is the middleware of the strict server: every body passes it, decoded.
func (x *checker) strict(next StrictHandlerFunc, _ string) StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		body := reflect.ValueOf(request).FieldByName("Body")
		if body.IsValid() && body.Kind() == reflect.Pointer && !body.IsNil() {
			if err := x.check(body.Interface()); err != nil {
				return nil, err
			}
		}
		return next(c, request)
	}
}

func (x *checker) check(body any) error {
	err := x.v.Struct(body)
	if err == nil {
		return nil
	}
	found, ok := err.(validator.ValidationErrors) //nolint:errorlint // returned as it is by Struct
	if !ok {
		return fmt.Errorf("check a body: %w", err)
	}
	fields := make([]domain.FieldError, 0, len(found))
	for _, f := range found {
		_, path, _ := strings.Cut(f.Namespace(), ".")
		pointer := "/" + strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(path)
		label := x.label(body, f)
		fields = append(fields, domain.FieldError{Pointer: pointer, Code: f.Tag(), Message: label + f.Translate(x.tr)})
	}
	return &domain.Error{Code: domain.CodeInvalid, Message: "有内容需要改正", Fields: fields}
}

// label is the Chinese name that the document gives a field, from the struct the tag stands in.
func (x *checker) label(body any, f validator.FieldError) string {
	t := reflect.TypeOf(body).Elem()
	var tag string
	for _, step := range strings.Split(f.StructNamespace(), ".")[1:] {
		name, _, _ := strings.Cut(step, "[")
		field, ok := t.FieldByName(name)
		if !ok {
			return ""
		}
		tag = field.Tag.Get("label")
		for t = field.Type; t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice; {
			t = t.Elem()
		}
	}
	return tag
}
