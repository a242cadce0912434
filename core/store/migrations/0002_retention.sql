-- Retention, the engine's progress, and how the store grew. core/store/README.md describes them.

-- What each layer is to keep (NULL: without limit), and what it has given up: everything before
-- horizon_s (NULL: nothing). rows_deleted counts its rows that went; too_late the readings that came
-- when their time had been given up already.
CREATE TABLE retention(
  layer INTEGER PRIMARY KEY CHECK(layer BETWEEN 0 AND 2),
  name TEXT NOT NULL,
  max_age_us INTEGER,
  max_bytes INTEGER,
  horizon_s INTEGER,
  rows_deleted INTEGER NOT NULL DEFAULT 0,
  too_late INTEGER NOT NULL DEFAULT 0
);
INSERT INTO retention(layer, name) VALUES(0, 'bronze'), (1, 'silver'), (2, 'rollups');

-- Files whose earlier readings could not be taken out of the windows any more, bronze having given
-- them up: what they bring of the time before is in the windows already.
CREATE TABLE file_frozen(
  file_id INTEGER PRIMARY KEY,
  before_s INTEGER NOT NULL
);

-- A bounded history of sizes, for the forecast.
CREATE TABLE size_sample(
  time_us INTEGER PRIMARY KEY,
  used_bytes INTEGER NOT NULL,
  bronze_rows INTEGER NOT NULL,
  silver_rows INTEGER NOT NULL
);

-- The last seconds in which something was committed, bounded. A row is one second.
CREATE TABLE progress(
  time_us INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  batches INTEGER NOT NULL,
  input_rows INTEGER NOT NULL,
  late_rows INTEGER NOT NULL,
  input_rows_per_second REAL NOT NULL,
  processed_rows_per_second REAL NOT NULL,
  batch_ms REAL NOT NULL,
  longest_batch_ms REAL NOT NULL,
  queued_rows INTEGER NOT NULL,
  watermark_us INTEGER,
  wal_bytes INTEGER NOT NULL
);
