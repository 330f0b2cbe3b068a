package main

import (
	"slices"
)

// setting is one thing an installation may decide. Its name is the same in the environment and in the file.
type setting struct {
	name     string
	fallback string
	secret   bool   // may come from a file named in NAME_FILE; never printed
	help     string // what it does, in English
	right    string // what a right value looks like; completes an error
	set      func(c *Config, value string) error
}

// settings is the whole table: reading, checking, `config show` and the errors are made from it.
var settings = []setting{
	{
		name: "DATABASE_URL", secret: true,
		help:  "PostgreSQL as the service's own role. Without it a private PostgreSQL is started in the data folder.",
		right: "postgres://baimi_app:password@host:5432/baimi",
		set:   databaseURL(func(c *Config) *string { return &c.DatabaseURL }),
	},
	{
		name: "DATABASE_OWNER_URL", secret: true,
		help:  "PostgreSQL as the owner of the schema, for `baimi migrate`; another role than that of DATABASE_URL.",
		right: "postgres://baimi_owner:password@host:5432/baimi",
		set:   databaseURL(func(c *Config) *string { return &c.OwnerURL }),
	},
	{
		name: "BAIMI_LISTEN", fallback: "127.0.0.1:8080",
		help:  "Address to listen on. Port 0 takes any free port.",
		right: "host:port, such as 127.0.0.1:8080 or 0.0.0.0:8443",
		set:   listenAddress,
	},
	{
		name: "BAIMI_DATA_DIR", fallback: "./data",
		help: "Folder of the private PostgreSQL, the keys and the self-made certificate. As root, when user postgres " +
			"cannot enter the default, /var/lib/baimi is taken.",
		right: "a folder that the service may write into",
		set:   folder(func(c *Config) *string { return &c.DataDir }),
	},
	{
		name:  "BAIMI_KEYS_DIR",
		help:  "Folder of the keys of personal values; keys in the data folder when empty. A lost key is lost data.",
		right: "a folder that only the service may read",
		set:   folder(func(c *Config) *string { return &c.KeysDir }),
	},
	{
		name:  "BAIMI_BACKUP_DIR",
		help:  "Folder where backups lie; `baimi doctor` warns when the newest is older than a day.",
		right: "a folder",
		set:   folder(func(c *Config) *string { return &c.BackupDir }),
	},
	{
		name: "BAIMI_BACKUP_PASSPHRASE", secret: true,
		help:  "Seals the keys in a backup. Keep it apart from the backups.",
		right: "at least 12 characters",
		set:   backupPassphrase,
	},
	{
		name:  "BAIMI_CHECKPOINT_DIR",
		help:  "Folder, best on another machine, into which the daily signed checkpoint of the event log is written.",
		right: "a folder that the service may write into",
		set:   folder(func(c *Config) *string { return &c.CheckpointDir }),
	},
	{
		name: "BAIMI_CHECKPOINT_WEBHOOK", secret: true,
		help:  "Address to which the daily signed checkpoint is posted.",
		right: "https://host/path",
		set:   webAddress(func(c *Config) *string { return &c.CheckpointWebhook }),
	},
	{
		name:  "BAIMI_S3_BUCKET",
		help:  "Bucket of a store that speaks S3, which must be there, for the attachments. Without it they lie below the data folder.",
		right: "the name of a bucket, such as baimi-files",
		set:   s3Word(func(c *Config) *string { return &c.S3.Bucket }),
	},
	{
		name:  "BAIMI_S3_ENDPOINT",
		help:  "Address of that store; empty asks Amazon itself.",
		right: "https://host or http://host:port, without a path",
		set:   s3Endpoint,
	},
	{
		name:  "BAIMI_S3_REGION",
		help:  "Region of that store, where it has any.",
		right: "a name, such as cn-north-1",
		set:   s3Word(func(c *Config) *string { return &c.S3.Region }),
	},
	{
		name:  "BAIMI_S3_PREFIX",
		help:  "Put before every name in the bucket, so that others can use it too.",
		right: "a word, such as baimi",
		set:   s3Word(func(c *Config) *string { return &c.S3.Prefix }),
	},
	{
		name: "BAIMI_S3_ACCESS_KEY", secret: true,
		help:  "Access key of that store.",
		right: "the access key's id",
		set:   s3Word(func(c *Config) *string { return &c.S3.AccessKey }),
	},
	{
		name: "BAIMI_S3_SECRET_KEY", secret: true,
		help:  "Secret of that access key.",
		right: "the access key's secret, without blanks",
		set:   s3Secret,
	},
	{
		name: "BAIMI_TLS", fallback: "off",
		help:  "off: plain http; self: a certificate of its own, made at the first start; files: BAIMI_TLS_CERT and BAIMI_TLS_KEY.",
		right: "off, self or files",
		set:   oneOf(func(c *Config) *string { return &c.TLS }, tlsOff, tlsSelf, tlsFiles),
	},
	{
		name: "BAIMI_TLS_CERT", help: "Certificate with its chain, PEM; for BAIMI_TLS=files.",
		right: "a file that can be read",
		set:   readableFile(func(c *Config) *string { return &c.TLSCert }),
	},
	{
		name: "BAIMI_TLS_KEY", help: "Private key of the certificate, PEM; for BAIMI_TLS=files.",
		right: "a file that can be read",
		set:   readableFile(func(c *Config) *string { return &c.TLSKey }),
	},
	{
		name:  "BAIMI_TRUSTED_PROXIES",
		help:  "Reverse proxies whose X-Forwarded-For is believed. Empty believes nobody.",
		right: "addresses or networks with commas between, such as 10.0.0.2,192.168.0.0/24",
		set:   trustedProxies,
	},
	{
		name: "BAIMI_TRUSTED_ORIGINS",
		help: "Other sites whose pages may call the interface: of the same domain with the session, of others with a token. Empty " +
			"trusts none.",
		right: "origins with commas between, such as https://platform.example.gov.cn",
		set:   trustedOrigins,
	},
	{
		name: "BAIMI_PUBLIC_URL",
		help: "Where residents reach the service. Agreements are printed with a QR code that leads there; empty prints the code " +
			"alone.",
		right: "https://host, such as https://tiaojie.example.gov.cn",
		set:   publicURL,
	},
	{
		name: "BAIMI_RATE_ACCOUNT", fallback: "1200",
		help:  "Requests a minute that one account may make when signed in; 0 for any number.",
		right: rightRate,
		set:   rateLimit(func(c *Config) *int { return &c.Limits.Account }),
	},
	{
		name: "BAIMI_RATE_TOKEN", fallback: "3000",
		help:  "Requests a minute that all tokens of one account may make together; 0 for any number.",
		right: rightRate,
		set:   rateLimit(func(c *Config) *int { return &c.Limits.Token }),
	},
	{
		name: "BAIMI_RATE_ADDRESS", fallback: "600",
		help:  "Requests a minute from one address that do not say whose they are (signing in, wrong cookies and tokens); 0 for any number.",
		right: rightRate,
		set:   rateLimit(func(c *Config) *int { return &c.Limits.Address }),
	},
	{
		name: "BAIMI_MAX_CONNECTIONS", fallback: "16",
		help:  "Connections to the database at most.",
		right: "a number from 4 to 500",
		set:   maxConnections,
	},
	{
		name: "BAIMI_SESSION_IDLE", fallback: "8h",
		help:  "A sign-in ends after so long without a request.",
		right: "a duration from 1m to 24h, such as 8h",
		set:   duration(func(c *Config) *durationValue { return &c.SessionIdle }, minute, day),
	},
	{
		name: "BAIMI_SESSION_MAX", fallback: "12h",
		help:  "A sign-in ends after so long in any case.",
		right: "a duration from 5m to 720h, not shorter than BAIMI_SESSION_IDLE, such as 12h",
		set:   duration(func(c *Config) *durationValue { return &c.SessionMax }, 5*minute, 30*day),
	},
	{
		name: "BAIMI_EXPORT_KEEP", fallback: "72h",
		help:  "The file of an export can be fetched for so long; the record stays.",
		right: "a duration from 1h to 720h, such as 72h",
		set:   duration(func(c *Config) *durationValue { return &c.ExportKeep }, hour, 30*day),
	},
	{
		name: "BAIMI_ALERT_PEOPLE", fallback: "10",
		help:  "The director and the judicial office are told of a dispute from so many people on; 0 for never.",
		right: "a number from 0 to 10000",
		set:   alertPeople,
	},
	{
		name:  "BAIMI_ALERT_AMOUNT",
		help:  "They are told of a dispute from this sum on, in yuan. Empty for never.",
		right: "a sum, such as 500000",
		set:   alertAmount,
	},
	{
		name: "BAIMI_LOG_LEVEL", fallback: "info", help: "How much is logged.",
		right: "debug, info, warn or error",
		set:   logLevel,
	},
	{
		name: "BAIMI_LOG_FORMAT", fallback: "json", help: "How a line of the log looks.",
		right: "json or text",
		set:   oneOf(func(c *Config) *string { return &c.LogFormat }, logJSON, logText),
	},
	{
		name: "PG_BINDIR", help: "Folder with postgres and initdb for the private PostgreSQL; searched for when empty.",
		right: "a folder with postgres and initdb of version 15 or newer",
		set:   folder(func(c *Config) *string { return &c.PGBinDir }),
	},
}

// notSettings are names that look like settings and are read by others.
var notSettings = []string{"BAIMI_CONFIG", "BAIMI_VERSION"}

func findSetting(name string) (setting, bool) {
	i := slices.IndexFunc(settings, func(s setting) bool { return s.name == name })
	if i < 0 {
		return setting{}, false
	}
	return settings[i], true
}
