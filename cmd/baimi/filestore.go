package main

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"baimi/storage/files"
)

// openFiles opens where the attachments lie: the folder, or the bucket that is named.
func openFiles(ctx context.Context, cfg Config) (*files.Store, error) {
	if cfg.S3.Bucket == "" {
		return files.OpenDir(cfg.filesDir())
	}
	return files.OpenS3(ctx, cfg.S3)
}

// checkS3 asks that a bucket is named with all it takes, or nothing of one.
func (c *Config) checkS3() error {
	if c.S3.Bucket == "" {
		if c.S3 != (files.S3{}) {
			return errors.New("BAIMI_S3_… does nothing without BAIMI_S3_BUCKET")
		}
		return nil
	}
	if c.S3.AccessKey == "" || c.S3.SecretKey == "" {
		return errors.New("BAIMI_S3_BUCKET needs BAIMI_S3_ACCESS_KEY and BAIMI_S3_SECRET_KEY")
	}
	return nil
}

// s3Word is a setter of a name without signs that would lead elsewhere.
func s3Word(at func(*Config) *string) setter {
	return func(c *Config, value string) error {
		if strings.ContainsAny(value, " /\\?#\t") || len(value) > 100 {
			return errors.New("it is no such name")
		}
		*at(c) = value
		return nil
	}
}

// s3Secret is a setter of the secret, of which the error shows nothing.
func s3Secret(c *Config, value string) error {
	if strings.ContainsAny(value, " \t") {
		return errors.New("it has a blank")
	}
	c.S3.SecretKey = value
	return nil
}

// s3Endpoint is a setter of a store's address.
func s3Endpoint(c *Config, value string) error {
	if err := (files.S3{Bucket: "x", AccessKey: "x", SecretKey: "x", Endpoint: value}).Check(); err != nil {
		return err
	}
	c.S3.Endpoint = value
	return nil
}

// checkFiles stores, reads and takes away a small object.
func (d *doctor) checkFiles(ctx context.Context, cfg Config) {
	const what = "附件 attachments"
	store, err := openFiles(ctx, cfg)
	if err == nil {
		defer store.Close() //nolint:errcheck // nothing is pending
		err = store.Probe(ctx, strings.ToLower(rand.Text()))
	}
	where := ""
	if store != nil {
		where = store.Where()
	}
	d.judge(what, err, "can be written and read: %s", where)
}
