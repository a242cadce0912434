-- What the last checks of the store found: of its small tables alone, and of the whole.
-- core/store/README.md describes it.

-- checked_us NULL: never. due_us: a whole check has been due since (after an unclean end); NULL: none is.
CREATE TABLE integrity_check(
  scope TEXT PRIMARY KEY,
  checked_us INTEGER,
  found TEXT NOT NULL DEFAULT '',
  due_us INTEGER
) WITHOUT ROWID;
INSERT INTO integrity_check(scope) VALUES('quick'), ('full');
