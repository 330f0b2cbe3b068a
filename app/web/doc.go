// Package web serves the staff's pages: the workbench, written in TypeScript below src/, built by Vite into dist/ and
// embedded from there. The pages use the public interface and nothing else; here is no rule of the field.
package web
