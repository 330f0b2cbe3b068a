// Package imports brings in files: areas, organisations, points and people of a county. Each kind is defined once, by its
// columns; the template that people fill in, the checks and what is written all follow from that. A file is checked whole
// before anything is written; every bad row goes back in the same file with what is wrong with it, and the same file
// brought in twice adds nothing.
package imports
