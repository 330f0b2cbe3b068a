// Package notify carries messages out of the machine.
package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"baimi/domain/ledger"
)

// Checkpoints takes signed checkpoints of the event log away from the machine that could rewrite them. Both ways may be
// set; sending the same checkpoint again does no harm.
type Checkpoints struct {
	Dir     string // a folder, best on another machine; "" for none
	Webhook string // an address that takes a POST of the note; "" for none
}

// Send delivers a note on every way that is set; an error means that it should be sent again.
func (c Checkpoints) Send(ctx context.Context, note string) error {
	signed, err := ledger.Peek(note)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	name := fmt.Sprintf("baimi-%d-%d", signed.County, signed.Size)
	var errs [2]error
	if c.Dir != "" {
		errs[0] = drop(c.Dir, name+".txt", note)
	}
	if c.Webhook != "" {
		errs[1] = c.post(ctx, name, note)
	}
	return errors.Join(errs[:]...)
}

// drop writes a file that is whole or not there. One of the same name must say the same: a checkpoint of a size is made
// once, so a different one is the very thing they are kept for.
func drop(dir, name, text string) error {
	path := filepath.Join(dir, name)
	have, err := os.ReadFile(path)
	switch {
	case err == nil && string(have) == text:
		return nil
	case err == nil:
		return fmt.Errorf("checkpoint %s is there with another content: the log was rewritten, or two logs share a folder", path)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("checkpoint: %w", err)
	}
	f, err := os.CreateTemp(dir, "."+name+"-*")
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("checkpoint: %w", err), os.Remove(f.Name()))
	}
	return syncDir(dir)
}

// syncDir makes the new name outlive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

const webhookTimeout = 10 * time.Second

func (c Checkpoints) post(ctx context.Context, key, note string) error {
	ctx, cancel := context.WithTimeout(ctx, webhookTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Webhook, bytes.NewReader([]byte(note)))
	if err != nil {
		return fmt.Errorf("checkpoint webhook: %w", err)
	}
	req.Header.Set("Content-Type", "text/plain; charset=utf-8")
	req.Header.Set("Idempotency-Key", key)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("checkpoint webhook: %w", withoutAddress(err))
	}
	defer res.Body.Close()
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("checkpoint webhook answered %d", res.StatusCode)
	}
	return nil
}

// withoutAddress keeps a secret in a webhook's address out of the log.
func withoutAddress(err error) error {
	s := err.Error()
	if i := strings.LastIndex(s, ": "); i >= 0 {
		s = s[i+2:]
	}
	return errors.New(s)
}
