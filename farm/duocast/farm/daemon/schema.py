"""The tables of the journal's file. `event` is the truth; the others are made from it, or are the farm's own books."""

VERSION = 1
TABLES = """
CREATE TABLE IF NOT EXISTS writer (
    id INTEGER PRIMARY KEY CHECK (id = 1), epoch INTEGER NOT NULL, turn INTEGER NOT NULL
);
INSERT OR IGNORE INTO writer VALUES (1, 0, 0);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY, at REAL NOT NULL, wall REAL NOT NULL, job TEXT NOT NULL,
    task TEXT NOT NULL, attempt INTEGER NOT NULL, epoch INTEGER NOT NULL, kind TEXT NOT NULL,
    work TEXT NOT NULL, body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS event_by_work ON event (work, seq) WHERE work != '';
CREATE INDEX IF NOT EXISTS event_by_task ON event (task, work) WHERE task != '';
CREATE TABLE IF NOT EXISTS snapshot (
    seq INTEGER PRIMARY KEY, file TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS notice (
    seq INTEGER NOT NULL, job TEXT NOT NULL, user TEXT NOT NULL, last INTEGER NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (seq, job)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS notice_by_job ON notice (job, seq);
CREATE TABLE IF NOT EXISTS job (
    id TEXT PRIMARY KEY, seq INTEGER NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL,
    submission TEXT NOT NULL, submitted REAL NOT NULL, tasks INTEGER NOT NULL,
    targets TEXT NOT NULL, state TEXT NOT NULL, ended REAL, summary TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS job_by_user ON job (user, seq);
CREATE TABLE IF NOT EXISTS audit (
    id INTEGER PRIMARY KEY, wall REAL NOT NULL, user TEXT NOT NULL, token TEXT NOT NULL,
    action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS token (
    id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, user TEXT NOT NULL, scope TEXT NOT NULL,
    created REAL NOT NULL, expires REAL, revoked REAL
);
CREATE TABLE IF NOT EXISTS webhook (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, url TEXT NOT NULL, secret TEXT NOT NULL,
    events TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS delivery (
    hook TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL, ended TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (hook, seq, kind)
);
"""
"""`event.work` is the key of the work that an event tells of, where it tells of one: a task's log is found by it.
`writer.turn` counts transactions, so that one whose commit failed can be asked for; `epoch` names the one writer."""
