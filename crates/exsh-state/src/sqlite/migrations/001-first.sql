-- The first shape of the state. Times are unix seconds (audit: milliseconds), thumbprints 20 bytes.
-- server_id 0 in connector and trust_entry means the whole organization: NULL would not be unique.

CREATE TABLE organization (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  name TEXT NOT NULL,
  domain TEXT NOT NULL
) STRICT;

CREATE TABLE server (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  fqdn TEXT NOT NULL COLLATE NOCASE UNIQUE,
  product TEXT NOT NULL,
  admin_display_version TEXT NOT NULL,
  edition TEXT NOT NULL,
  roles TEXT NOT NULL,
  site TEXT NOT NULL,
  internal_transport BLOB,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;

-- What lists and filters need stands beside the DER, which comes last because most readers stop before it.
CREATE TABLE certificate (
  id INTEGER PRIMARY KEY,
  server_id INTEGER NOT NULL REFERENCES server (id),
  thumbprint BLOB NOT NULL CHECK (length(thumbprint) = 20),
  version INTEGER NOT NULL,
  services INTEGER NOT NULL,
  pending_request INTEGER NOT NULL,
  has_private_key INTEGER NOT NULL,
  exportable INTEGER NOT NULL,
  self_signed INTEGER NOT NULL,
  root TEXT NOT NULL,
  not_before INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  key_bits INTEGER NOT NULL,
  key_kind TEXT NOT NULL,
  serial TEXT NOT NULL,
  subject TEXT NOT NULL COLLATE NOCASE,
  issuer TEXT NOT NULL COLLATE NOCASE,
  friendly_name TEXT NOT NULL,
  domains TEXT NOT NULL,
  request_der BLOB,
  der BLOB NOT NULL,
  UNIQUE (server_id, thumbprint)
) STRICT;
CREATE INDEX certificate_order ON certificate (server_id);
CREATE INDEX certificate_subject ON certificate (server_id, subject);
CREATE INDEX certificate_services ON certificate (server_id) WHERE services <> 0;
CREATE INDEX certificate_pending ON certificate (server_id) WHERE pending_request = 1;

CREATE TABLE certificate_domain (
  server_id INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  certificate_id INTEGER NOT NULL,
  PRIMARY KEY (server_id, name, certificate_id)
) STRICT, WITHOUT ROWID;

-- Sealed by the key file before they come here.
CREATE TABLE private_key (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificate (id) ON DELETE CASCADE,
  sealed BLOB NOT NULL
) STRICT;

-- A text only the right key file opens; made with the first sealed key.
CREATE TABLE sealing (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  check_text BLOB NOT NULL
) STRICT;

CREATE TABLE assignment (
  server_id INTEGER NOT NULL REFERENCES server (id),
  endpoint TEXT NOT NULL,
  assigned BLOB,
  in_use BLOB,
  version INTEGER NOT NULL,
  PRIMARY KEY (server_id, endpoint)
) STRICT, WITHOUT ROWID;

CREATE TABLE windows_service (
  server_id INTEGER NOT NULL REFERENCES server (id),
  name TEXT NOT NULL COLLATE NOCASE,
  display_name TEXT NOT NULL,
  status TEXT NOT NULL,
  startup TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (server_id, name)
) STRICT, WITHOUT ROWID;

-- IMAP4, POP3, UM and UMCallRouter settings, one JSON document each.
CREATE TABLE settings (
  server_id INTEGER NOT NULL REFERENCES server (id),
  kind TEXT NOT NULL,
  document TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (server_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE connector (
  kind TEXT NOT NULL,
  server_id INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  fqdn TEXT,
  tls_certificate_name TEXT,
  role TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  bindings TEXT NOT NULL,
  address_spaces TEXT NOT NULL,
  source_servers TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (kind, server_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE trust_entry (
  kind TEXT NOT NULL,
  server_id INTEGER NOT NULL,
  thumbprint BLOB NOT NULL CHECK (length(thumbprint) = 20),
  subject TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  der BLOB NOT NULL,
  PRIMARY KEY (kind, server_id, thumbprint)
) STRICT;

CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  at_unix_ms INTEGER NOT NULL,
  who TEXT NOT NULL,
  cmdlet TEXT NOT NULL,
  server_id INTEGER,
  object TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT;
