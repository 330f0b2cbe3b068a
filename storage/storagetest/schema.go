package storagetest

import "baimi/migrations"

// migrated is the schema that every test outside this package gets.
var migrated = schema{fingerprint: migrations.Fingerprint, up: migrations.Up}
