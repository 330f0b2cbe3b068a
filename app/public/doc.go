// Package public is the residents' pages: made by the server, readable without JavaScript, on old phones and on paper. They know
// nobody and name nobody.
package public
