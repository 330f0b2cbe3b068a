package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

func (c *command) newArea() *cobra.Command {
	area := &cobra.Command{Use: "area", Short: "区划 / areas", Args: cobra.ArbitraryArgs, RunE: group, SuggestionsMinimumDistance: 2}
	area.AddCommand(c.newAreaMerge())
	return area
}

func (c *command) newAreaMerge() *cobra.Command {
	var in app.MergerInput
	var on string
	var county int16
	cmd := &cobra.Command{
		Use:   "merge",
		Short: "登记区划撤并 / merge areas into another of the same level",
		Long: `Areas become part of another of the same level from a day on. What lies below them and the organisations in them
move with them. Cases keep the area they were registered under: its figures stay readable and add up under the
successor, and its cases are overseen from there. Enter a merger on its day or later; back up first, it cannot be undone.`,
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringSliceVar(&in.From, "from", nil, "codes of the areas that end, with commas between")
	cmd.Flags().StringVar(&in.Into, "into", "", "code of the area they become part of")
	cmd.Flags().StringVar(&in.Name, "name", "", "its name, if it is made by the merger")
	cmd.Flags().StringVar(&on, "on", "", "the day, as 2026-11-22")
	cmd.Flags().StringVar(&in.Source, "source", "", "the document that orders it")
	cmd.Flags().Int16Var(&county, "county", 0, "number of the county, where several are served")
	for _, name := range []string{"from", "into", "on", "source"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // the flags are defined above
		}
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		var err error
		if in.On, err = calendar.ParseDate(on); err != nil {
			return errors.New("--on: right is 2026-11-22")
		}
		return c.withStore(cmd.Context(), func(ctx context.Context, w *workspace) error {
			info, err := theCounty(ctx, w, domain.County(county))
			if err != nil {
				return err
			}
			m, err := app.NewMergers(w.store, now).Merge(ctx, domain.SystemActor(info.ID), in)
			if err != nil {
				return refusal(err)
			}
			fmt.Fprintf(c.env.stdout, "已登记 / merged: %d 个区域 / areas, %d 个下级区域 / below them, %d 个机构 / organisations\n",
				len(m.FromAreas), m.AreasMoved, m.OrgsMoved)
			return nil
		})
	}
	return cmd
}

// theCounty is the one that is served, or the one asked for.
func theCounty(ctx context.Context, w *workspace, id domain.County) (domain.CountyInfo, error) {
	counties, err := w.store.Counties(ctx)
	if err != nil {
		return domain.CountyInfo{}, err
	}
	for _, info := range counties {
		if info.ID == id || id == 0 && len(counties) == 1 {
			return info, nil
		}
	}
	if len(counties) == 0 {
		return domain.CountyInfo{}, errors.New("还没有县（市、区），请先导入区划 / there is no county yet: `baimi import areas FILE` first")
	}
	return domain.CountyInfo{}, errors.New("请用 --county 指定县（市、区） / name the county with --county")
}

// refusal tells every wrong field of an input on a line of its own.
func refusal(err error) error {
	var e *domain.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return err
	}
	text := e.Message
	for _, f := range e.Fields {
		text += "\n  " + f.Pointer + "  " + f.Message
	}
	return errors.New(text)
}
