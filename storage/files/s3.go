package files

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"gocloud.dev/blob"
	"gocloud.dev/blob/s3blob"
)

// S3 says which bucket of a store that speaks S3 holds the objects.
type S3 struct {
	Bucket    string
	Endpoint  string // "" asks Amazon itself
	Region    string
	AccessKey string
	SecretKey string
	Prefix    string // before every name, so that several installations share a bucket
}

// Check tells what is wrong with the settings, in words that say what to set.
func (x S3) Check() error {
	var faults []error
	if x.Bucket == "" {
		faults = append(faults, errors.New("no bucket is named"))
	}
	if x.AccessKey == "" || x.SecretKey == "" {
		faults = append(faults, errors.New("the access key or its secret is missing"))
	}
	if x.Endpoint != "" {
		if u, err := url.Parse(x.Endpoint); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" {
			faults = append(faults, errors.New("the endpoint is no address such as https://s3.example.gov.cn"))
		}
	}
	return errors.Join(faults...)
}

// OpenS3 opens a bucket, which must be there. Endpoints of one's own are asked by path, because a bucket there rarely has a
// name of its own in the DNS.
func OpenS3(ctx context.Context, x S3) (*Store, error) {
	if err := x.Check(); err != nil {
		return nil, fmt.Errorf("file store over S3: %w", err)
	}
	o := s3.Options{
		Region:      x.Region,
		Credentials: credentials.NewStaticCredentialsProvider(x.AccessKey, x.SecretKey, ""),
		// what is sent is encrypted with its own tag; older stores refuse the newer checksums
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenRequired,
		ResponseChecksumValidation: aws.ResponseChecksumValidationWhenRequired,
	}
	if o.Region == "" {
		o.Region = "us-east-1"
	}
	where := "S3 bucket " + x.Bucket
	if x.Endpoint != "" {
		o.BaseEndpoint, o.UsePathStyle = &x.Endpoint, true
		where += " at " + x.Endpoint
	}
	bucket, err := s3blob.OpenBucket(ctx, s3.New(o), x.Bucket, nil)
	if err != nil {
		return nil, fmt.Errorf("file store over S3: %w", err)
	}
	if x.Prefix != "" {
		bucket = blob.PrefixedBucket(bucket, strings.TrimSuffix(x.Prefix, "/")+"/")
	}
	there, err := bucket.IsAccessible(ctx)
	if err == nil && !there {
		err = errors.New("there is no such bucket")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s cannot be reached: %w", where, err), bucket.Close())
	}
	return &Store{bucket: bucket, where: where}, nil
}
