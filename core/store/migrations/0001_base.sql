-- The store's first schema. Times ending in _us are microseconds UTC since 1970, those ending in
-- _s are seconds. core/store/README.md describes every table.

CREATE TABLE totals(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  revision INTEGER NOT NULL,
  records INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  readings INTEGER NOT NULL,
  late INTEGER NOT NULL,
  silver_rows INTEGER NOT NULL,
  next_bronze_id INTEGER NOT NULL
);
INSERT INTO totals VALUES(1, 0, 0, 0, 0, 0, 0, 0, 0, 1);

CREATE TABLE source(
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  added_us INTEGER NOT NULL,
  following INTEGER NOT NULL,
  mapping TEXT,
  leave_out_duplicates INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE file(
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  generation INTEGER NOT NULL,
  active INTEGER NOT NULL,
  state INTEGER NOT NULL,
  device INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  ctime_ns INTEGER NOT NULL,
  head_bytes INTEGER NOT NULL,
  head_hash INTEGER NOT NULL,
  chain_hash INTEGER NOT NULL,
  rest_hash INTEGER NOT NULL,
  "offset" INTEGER NOT NULL,
  line INTEGER NOT NULL,
  pending_bytes INTEGER NOT NULL,
  tail_bytes INTEGER NOT NULL,
  tail_hash INTEGER NOT NULL,
  tail_first_id INTEGER,
  tail_last_id INTEGER,
  tail_records INTEGER NOT NULL DEFAULT 0,
  tail_accepted INTEGER NOT NULL DEFAULT 0,
  tail_quarantined INTEGER NOT NULL DEFAULT 0,
  tail_skipped INTEGER NOT NULL DEFAULT 0,
  recheck INTEGER NOT NULL,
  parser_state TEXT NOT NULL,
  mapping TEXT NOT NULL,
  own_mapping INTEGER NOT NULL,
  format TEXT NOT NULL,
  error TEXT NOT NULL,
  records INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0,
  quarantined INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  readings INTEGER NOT NULL DEFAULT 0,
  late INTEGER NOT NULL DEFAULT 0,
  first_bronze_id INTEGER,
  last_bronze_id INTEGER
);
CREATE UNIQUE INDEX file_by_path ON file(path) WHERE active = 1;
CREATE INDEX file_retired ON file(path, generation) WHERE active = 0;
CREATE INDEX file_by_inode ON file(inode) WHERE active = 1;
CREATE INDEX file_by_head ON file(head_hash);
CREATE INDEX file_pending ON file(pending_bytes) WHERE pending_bytes > 0;

-- Sums over the rows of file that lie in one folder (path ends with '/'), kept by triggers, so that
-- nobody has to look at each of a hundred thousand files to say how many a source has.
CREATE TABLE folder(
  path TEXT PRIMARY KEY,
  active INTEGER NOT NULL,
  files INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  readings INTEGER NOT NULL,
  quarantined INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER file_added AFTER INSERT ON file BEGIN
  INSERT INTO folder VALUES(rtrim(new.path, replace(new.path, '/', '')), new.active, new.state <> 5,
    new.state = 3, new.readings, new.quarantined)
    ON CONFLICT(path) DO UPDATE SET active = active + excluded.active, files = files + excluded.files,
    failed = failed + excluded.failed, readings = readings + excluded.readings,
    quarantined = quarantined + excluded.quarantined;
END;
CREATE TRIGGER file_changed AFTER UPDATE OF path, active, state, readings, quarantined ON file
WHEN (old.path, old.active, old.state, old.readings, old.quarantined)
  IS NOT (new.path, new.active, new.state, new.readings, new.quarantined) BEGIN
  UPDATE folder SET active = active - old.active, files = files - (old.state <> 5),
    failed = failed - (old.state = 3), readings = readings - old.readings,
    quarantined = quarantined - old.quarantined WHERE path = rtrim(old.path, replace(old.path, '/', ''));
  INSERT INTO folder VALUES(rtrim(new.path, replace(new.path, '/', '')), new.active, new.state <> 5,
    new.state = 3, new.readings, new.quarantined)
    ON CONFLICT(path) DO UPDATE SET active = active + excluded.active, files = files + excluded.files,
    failed = failed + excluded.failed, readings = readings + excluded.readings,
    quarantined = quarantined + excluded.quarantined;
END;
CREATE TRIGGER file_forgotten AFTER DELETE ON file BEGIN
  UPDATE folder SET active = active - old.active, files = files - (old.state <> 5),
    failed = failed - (old.state = 3), readings = readings - old.readings,
    quarantined = quarantined - old.quarantined WHERE path = rtrim(old.path, replace(old.path, '/', ''));
END;

CREATE TABLE device(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  readings INTEGER NOT NULL DEFAULT 0,
  late INTEGER NOT NULL DEFAULT 0,
  first_us INTEGER,
  newest_us INTEGER,
  watermark_us INTEGER,
  cadence_us INTEGER NOT NULL DEFAULT 0
);

-- Names of devices that were renamed or merged, as files go on to use them.
CREATE TABLE device_alias(
  name TEXT PRIMARY KEY,
  device_id INTEGER NOT NULL
) WITHOUT ROWID;

-- A limit that is NULL (flat_us: 0) is not checked. retired = 1: no reading holds it any more.
CREATE TABLE quantity(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  unit TEXT NOT NULL,
  column_name TEXT NOT NULL UNIQUE,
  low REAL,
  high REAL,
  spike REAL,
  flat_us INTEGER NOT NULL DEFAULT 0,
  retired INTEGER NOT NULL DEFAULT 0
);

-- A column for each quantity is added behind these when the quantity is first seen. flags: 1 late,
-- 2 of a local hour that came twice, 4 of one that never was, 8 a duplicate that silver leaves out.
CREATE TABLE bronze(
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  "offset" INTEGER NOT NULL,
  device_id INTEGER NOT NULL,
  message_id INTEGER,
  event_time_us INTEGER NOT NULL,
  received_time_us INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  rescued TEXT
);

-- Readings of one device and one hour (epoch hours) lie together, first_id to last_id, for each
-- commit that brought some: the way from a device and a time to its readings. Their times lie in
-- [first_us, last_us].
CREATE TABLE bronze_run(
  device_id INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  first_us INTEGER NOT NULL,
  last_us INTEGER NOT NULL,
  PRIMARY KEY(device_id, hour, first_id)
) WITHOUT ROWID;

-- Four columns for each quantity are added behind these: NAME_count, _sum, _min, _max.
CREATE TABLE silver(device_id INTEGER NOT NULL, start_s INTEGER NOT NULL, late INTEGER NOT NULL,
  PRIMARY KEY(device_id, start_s)) WITHOUT ROWID;
CREATE TABLE rollup_10s(device_id INTEGER NOT NULL, start_s INTEGER NOT NULL, late INTEGER NOT NULL,
  PRIMARY KEY(device_id, start_s)) WITHOUT ROWID;
CREATE TABLE rollup_60s(device_id INTEGER NOT NULL, start_s INTEGER NOT NULL, late INTEGER NOT NULL,
  PRIMARY KEY(device_id, start_s)) WITHOUT ROWID;
CREATE TABLE rollup_600s(device_id INTEGER NOT NULL, start_s INTEGER NOT NULL, late INTEGER NOT NULL,
  PRIMARY KEY(device_id, start_s)) WITHOUT ROWID;
CREATE TABLE rollup_3600s(device_id INTEGER NOT NULL, start_s INTEGER NOT NULL, late INTEGER NOT NULL,
  PRIMARY KEY(device_id, start_s)) WITHOUT ROWID;
CREATE TABLE rollup_1d(device_id INTEGER NOT NULL, start_s INTEGER NOT NULL, late INTEGER NOT NULL,
  PRIMARY KEY(device_id, start_s)) WITHOUT ROWID;

CREATE TABLE quarantine(
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  "offset" INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  tail INTEGER NOT NULL
);
CREATE INDEX quarantine_by_file ON quarantine(file_id);

-- How many records are in quarantine for each reason, kept by triggers.
CREATE TABLE quarantine_reason(reason TEXT PRIMARY KEY, records INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER quarantine_added AFTER INSERT ON quarantine BEGIN
  INSERT INTO quarantine_reason VALUES(new.reason, 1) ON CONFLICT(reason) DO UPDATE SET records = records + 1;
END;
CREATE TRIGGER quarantine_taken_back AFTER DELETE ON quarantine BEGIN
  UPDATE quarantine_reason SET records = records - 1 WHERE reason = old.reason;
END;

CREATE TABLE event(
  id INTEGER PRIMARY KEY,
  time_us INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL
);

-- Made anew with each quantity; see goldTerm() in core/store/Schema.cpp.
CREATE VIEW gold AS SELECT 0 AS start_s, '' AS device, '' AS quantity, 0.0 AS mean, 0.0 AS ma_8,
  0.0 AS ma_15s, 0.0 AS ma_60s WHERE 0;
