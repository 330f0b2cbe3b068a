// Package demo makes a city to try Baimi in: the towns of Jianyang with made-up villages, intake points, committees and people,
// and two years of disputes. Every dispute is played through the domain's own methods in memory and stored finished, so that
// 20,000 of them take a minute and are what the service would have recorded, event by event.
package demo
