// Package rate computes the success rates of mediation (调解成功率): what each counts, how sure it is, how it is shown.
//
// No other package divides successes by anything. Published figures differ mostly by their unstated denominators, so here
// every rate carries its measure, its numerator and denominator, what was left out, and an interval (ruling P7, domain.md
// 4.3; features.md section 4, ideas 1 and 2).
package rate
