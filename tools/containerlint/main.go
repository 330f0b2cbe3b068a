// Containerlint checks the Dockerfile with BuildKit's own checker, the one
// behind "docker build --check", and the compose file with the loader behind
// "docker compose config". Neither needs a container engine nor the network:
// base images are not fetched, so what a base image itself holds (its user,
// its working folder) is not known here.
//
//	containerlint Dockerfile docker-compose.yml
//
// Beside their own rules it keeps three of ours, because no linter knows them:
// images are pinned by tag, the service does not run as root, and no compose
// value holds a password.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/distribution/reference"
	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/opencontainers/go-digest"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: containerlint DOCKERFILE COMPOSEFILE")
		os.Exit(2)
	}
	ctx := context.Background()
	err := errors.Join(
		lintDockerfile(ctx, os.Args[1]),
		lintCompose(ctx, os.Args[2]),
	)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// bareImages answers for every base image as if it were empty: the check is
// of our file, and must not depend on a registry.
type bareImages struct{}

func (bareImages) ResolveImageConfig(
	_ context.Context, ref string, _ sourceresolver.Opt,
) (string, digest.Digest, []byte, error) {
	config := []byte(`{"architecture":"amd64","os":"linux","rootfs":{"type":"layers"},` +
		`"config":{"Env":["PATH=/usr/local/bin:/usr/bin:/bin"]}}`)
	return ref, digest.FromBytes(config), config, nil
}

func lintDockerfile(ctx context.Context, name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	source := llb.NewSourceMap(nil, name, "Dockerfile", text)
	source.Definition = &llb.Definition{} // the checker expects one
	results, err := dockerfile2llb.DockerfileLint(ctx, text, dockerfile2llb.ConvertOpt{
		Config:       dockerui.Config{},
		SourceMap:    source,
		MetaResolver: bareImages{},
	})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var problems []error
	if results.Error != nil {
		problems = append(problems, fmt.Errorf("%s: %s", name, results.Error.Message))
	}
	for _, w := range results.Warnings {
		line := int32(0)
		if r := w.Location.GetRanges(); len(r) > 0 {
			line = r[0].Start.Line
		}
		problems = append(problems, fmt.Errorf("%s:%d: %s: %s", name, line, w.RuleName, w.Detail))
	}
	return errors.Join(append(problems, ourDockerfileRules(name, text))...)
}

// ourDockerfileRules: every base image has a tag other than latest, and the
// last stage names a user that is not root, and a health check.
func ourDockerfileRules(name string, text []byte) error {
	file, err := parser.Parse(strings.NewReader(string(text)))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	stages, _, err := instructions.Parse(file.AST, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var problems []error
	earlier := map[string]bool{"scratch": true}
	for _, s := range stages {
		if !earlier[s.BaseName] {
			problems = append(problems, pinned(name, s.BaseName))
		}
		earlier[s.Name] = true
	}
	user, healthy := "", false
	for _, c := range stages[len(stages)-1].Commands {
		switch c := c.(type) {
		case *instructions.UserCommand:
			user = c.User
		case *instructions.HealthCheckCommand:
			healthy = true
		}
	}
	if user == "" || user == "root" || user == "0" || strings.HasPrefix(user, "0:") {
		problems = append(problems, fmt.Errorf("%s: the last stage runs as root (USER %q)", name, user))
	}
	if !healthy {
		problems = append(problems, fmt.Errorf("%s: the last stage has no HEALTHCHECK", name))
	}
	return errors.Join(problems...)
}

func pinned(where, image string) error {
	named, err := reference.ParseNormalizedNamed(image)
	if err != nil {
		return fmt.Errorf("%s: image %q: %w", where, image, err)
	}
	if tagged, ok := named.(reference.Tagged); !ok || tagged.Tag() == "latest" {
		return fmt.Errorf("%s: image %q is not pinned by a tag", where, image)
	}
	return nil
}

func lintCompose(ctx context.Context, name string) error {
	project, err := loader.LoadWithContext(ctx, types.ConfigDetails{
		WorkingDir:  filepath.Dir(name),
		ConfigFiles: []types.ConfigFile{{Filename: name}},
		Environment: types.Mapping{},
	}, func(o *loader.Options) { o.SetProjectName("baimi", true) })
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var problems []error
	for _, s := range project.Services {
		where := name + ": service " + s.Name
		switch {
		case s.Build != nil: // its own Dockerfile is checked above
		default:
			problems = append(problems, pinned(where, s.Image))
		}
		if s.Privileged {
			problems = append(problems, fmt.Errorf("%s is privileged", where))
		}
		for key, value := range s.Environment {
			problems = append(problems, plainSecret(where, key, value))
		}
	}
	return errors.Join(problems...)
}

// plainSecret: a password, key or database URL reaches a container as a file.
func plainSecret(where, key string, value *string) error {
	secret := strings.Contains(key, "PASSWORD") || strings.HasSuffix(key, "_URL") || strings.Contains(key, "TOKEN")
	if secret && !strings.HasSuffix(key, "_FILE") && value != nil && *value != "" {
		return fmt.Errorf("%s: %s holds its value in plain text; use %s_FILE", where, key, key)
	}
	return nil
}
