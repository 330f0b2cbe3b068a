package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"baimi/app"
	"baimi/app/imports"
	"baimi/app/sheets"
	"baimi/domain"
	"baimi/domain/calendar"
)

// importFlags is what `import` is told beside the file.
type importFlags struct {
	dry       bool
	out       string
	passwords string
	as        string
	county    int16
	committee int32
}

func (c *command) newImport() *cobra.Command {
	var in importFlags
	codes, titles := imports.Kinds()
	kinds := make([]string, len(codes))
	for i := range codes {
		kinds[i] = fmt.Sprintf("  %-14s %s", codes[i], titles[i])
	}
	cmd := &cobra.Command{
		Use:   "import KIND FILE",
		Short: "导入区划、机构、受理点、人员、历史台账、其他系统的案件 / bring in a file of areas, organisations, points, people, past files or cases of another system",
		Long: `Brings in an XLSX or CSV file (UTF-8 or GBK). Kinds, in the order in which a new county needs them:

` + strings.Join(kinds, "\n") + `

Good rows are written, bad ones go to a copy of the file with a column “问题”. The same file twice adds nothing. The first
file of areas makes the county, of its row of level 县（市、区）. Get empty forms by "baimi import template KIND".`,
		Args: cobra.ExactArgs(2),
	}
	cmd.Flags().BoolVar(&in.dry, "dry-run", false, "check every row and write nothing")
	cmd.Flags().StringVar(&in.out, "out", "", "where the file with the bad rows goes (default FILE with -问题)")
	cmd.Flags().StringVar(&in.passwords, "passwords", "", "people: make a password for each new sign-in and write them to this new file")
	cmd.Flags().StringVar(&in.as, "as", "", "ledger, gb31000, ministry: the sign-in name of the bureau's officer who answers for it")
	cmd.Flags().Int16Var(&in.county, "county", 0, "number of the county, where several are served (1 to 9999)")
	cmd.Flags().Int32Var(&in.committee, "committee", 0, "gb31000, ministry: number of the committee that takes cases whose own is not known here")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.importFile(cmd.Context(), domain.ImportKind(args[0]), args[1], in)
	}
	cmd.AddCommand(c.newImportTemplate())
	return cmd
}

func (c *command) newImportTemplate() *cobra.Command {
	return &cobra.Command{
		Use:   "template KIND [FILE]",
		Short: "生成填写模板 / write an empty form to fill in",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			form, err := imports.Template(domain.ImportKind(args[0]))
			if err != nil {
				return err
			}
			path := args[0] + ".xlsx"
			if len(args) == 2 {
				path = args[1]
			}
			if err := writeNew(path, form, 0o644); err != nil {
				return err
			}
			fmt.Fprintln(c.env.stdout, path)
			return nil
		},
	}
}

// writeNew writes a file that is not there yet.
func writeNew(path string, content []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

func (c *command) importFile(ctx context.Context, kind domain.ImportKind, path string, in importFlags) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Size() > sheets.MaxFile {
		return fmt.Errorf("%s: 文件不能超过%dMB / larger than %d MB", path, sheets.MaxFile>>20, sheets.MaxFile>>20)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var passwords *os.File
	if in.passwords != "" && !in.dry {
		// before anything is written: passwords that cannot be kept would be lost
		if passwords, err = os.OpenFile(in.passwords, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
			return err
		}
		defer passwords.Close() //nolint:errcheck // closed with its error by writePasswords
	}
	return c.withStore(ctx, func(ctx context.Context, w *workspace) error {
		collectSeldom(c.env.vars)
		use := imports.New(w.store, now, rand.Reader, nil)
		county, first, err := c.countyOf(ctx, w, use, kind, file, in)
		if err != nil {
			return refusal(err)
		}
		var run domain.ImportRun
		var back []byte
		var logins []string
		if first && in.dry {
			run, back, err = use.CheckFirst(county, file)
		} else {
			run, back, logins, err = runImport(ctx, w, use, county, in.as, imports.Upload{Kind: kind, Name: filepath.Base(path), File: file, Dry: in.dry, Committee: domain.OrgID(in.committee)})
		}
		if err != nil {
			return refusal(err)
		}
		if passwords != nil {
			if err := writePasswords(ctx, w, passwords, logins); err != nil {
				return err
			}
		}
		return c.report(run, back, path, in)
	})
}

// countyOf finds the county of an import, or makes it of the first file of areas.
func (c *command) countyOf(ctx context.Context, w *workspace, use *imports.Imports, kind domain.ImportKind, file []byte, in importFlags) (
	info domain.CountyInfo, first bool, err error,
) {
	counties, err := w.store.Counties(ctx)
	if err != nil {
		return info, false, err
	}
	number := domain.County(in.county)
	known := false
	for _, x := range counties {
		known = known || x.ID == number
	}
	if kind != domain.ImportAreas || known || len(counties) > 0 && number == 0 {
		info, err = theCounty(ctx, w, number)
		return info, false, err
	}
	if number == 0 {
		number = 1
	}
	if number < 1 || number > 9999 {
		return info, false, errors.New("--county: right is a number from 1 to 9999")
	}
	info, err = use.Found(ctx, number, file, in.dry)
	if err == nil && !in.dry {
		fmt.Fprintf(c.env.stdout, "已建立 / county %d: %s %s\n", info.ID, info.AreaPath, info.Name)
	}
	return info, true, err
}

func runImport(ctx context.Context, w *workspace, use *imports.Imports, county domain.CountyInfo, as string, up imports.Upload) (
	run domain.ImportRun, back []byte, logins []string, err error,
) {
	actor := domain.SystemActor(county.ID)
	actor.OrgArea = county.AreaPath
	if up.Kind.PastFiles() {
		if actor, err = bureauOfficer(ctx, w, county, as); err != nil {
			return run, nil, nil, err
		}
	}
	run, err = use.Start(ctx, actor, up)
	if err != nil {
		return run, nil, nil, err
	}
	run, logins, _, err = use.Work(ctx, county, run.ID)
	if err != nil || !run.HasErrors {
		return run, nil, logins, err
	}
	_, back, err = use.Errors(ctx, actor, run.ID)
	return run, back, logins, err
}

// bureauOfficer is in whose name a ledger is brought in at the machine: every file says who brought it.
func bureauOfficer(ctx context.Context, w *workspace, county domain.CountyInfo, login string) (domain.Actor, error) {
	if login == "" {
		return domain.Actor{}, errors.New("历史台账须用 --as 指明司法局工作人员的登录名 / a ledger needs --as: the sign-in name of an officer of the bureau")
	}
	account, err := w.store.AccountByLogin(ctx, strings.ToLower(login))
	if err != nil {
		return domain.Actor{}, fmt.Errorf("--as %s: %w", login, err)
	}
	held, err := w.store.Assignments(ctx, account.Person, calendar.DateOf(now()))
	if err != nil {
		return domain.Actor{}, err
	}
	for _, x := range held {
		if x.Role == domain.RoleBureauOfficer && x.County == county.ID {
			return x.Actor(account, domain.ViaSystem), nil
		}
	}
	return domain.Actor{}, fmt.Errorf("--as %s: %s不是司法局工作人员 / holds no role of the bureau", login, account.PersonName)
}

// report tells what became of the rows; bad ones are an error, so that a script notices.
func (c *command) report(run domain.ImportRun, back []byte, path string, in importFlags) error {
	word := "已导入 / brought in"
	if run.Dry {
		word = "只检查，未写入 / checked only, nothing written"
	}
	fmt.Fprintf(c.env.stdout, "%s: %d 行 / rows, 新增 / added %d, 更新 / changed %d, 相同 / the same %d, 有误 / bad %d\n",
		word, run.Rows, run.Added, run.Changed, run.Same, run.Bad)
	if run.Bad == 0 {
		return nil
	}
	out := in.out
	if out == "" {
		out = strings.TrimSuffix(path, filepath.Ext(path)) + "-问题." + run.Format
	}
	if err := os.WriteFile(out, back, 0o600); err != nil {
		return err
	}
	return fmt.Errorf("%d 行有误，见 %s 的“问题”列 / %d bad rows: see the column 问题 of %s", run.Bad, out, run.Bad, out)
}

// writePasswords makes a password for each new sign-in and writes them down, once.
func writePasswords(ctx context.Context, w *workspace, to *os.File, logins []string) error {
	lines := [][]string{{"登录名", "姓名", "密码"}}
	for _, login := range logins {
		account, err := w.store.AccountByLogin(ctx, login)
		if err != nil {
			return err
		}
		text := randomPassword()
		hash, err := app.HashPassword(text)
		if err != nil {
			return err
		}
		if err := w.store.SetPassword(ctx, account.ID, hash, now()); err != nil {
			return err
		}
		lines = append(lines, []string{login, account.PersonName, text})
	}
	err := sheets.WriteCSV(to, sheets.UTF8BOM, ',', lines)
	return errors.Join(err, to.Close())
}
