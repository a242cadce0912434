-- What people write at times, and devices whose readings hold until the next one.
-- core/store/README.md describes them.

-- to_us NULL: a moment. device and quantity_id NULL: about all of them. Ids never come again.
-- Devices are kept by name: their rows go when their files are taken out, and come with another id.
CREATE TABLE annotation(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  from_us INTEGER NOT NULL,
  to_us INTEGER,
  text TEXT NOT NULL,
  device TEXT,
  quantity_id INTEGER
);

-- Devices that record only changes: a value holds until the next one.
CREATE TABLE device_holds(device TEXT PRIMARY KEY) WITHOUT ROWID;
