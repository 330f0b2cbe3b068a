// Package forms makes the official documents of a mediation file (人民调解文书, 司法部 2010 格式): each form is built once as
// blocks from what is stored of a case, and drawn as PDF, with its fonts inside, or as DOCX that a clerk can edit. What is
// not known is left blank for the pen. The same case on the same day gives the same bytes.
package forms
