package domain

// Holder is an account with the roles its person holds on a day.
type Holder struct {
	Account     Account
	Assignments []Assignment
}
