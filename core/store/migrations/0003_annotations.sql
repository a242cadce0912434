-- What people write at times, and devices whose readings hold until the next one.
-- core/store/README.md describes them.

-- to_us NULL: a moment. device_id and quantity_id NULL: about all of them.
CREATE TABLE annotation(
  id INTEGER PRIMARY KEY,
  from_us INTEGER NOT NULL,
  to_us INTEGER,
  text TEXT NOT NULL,
  device_id INTEGER,
  quantity_id INTEGER
);

-- Devices that record only changes: a value holds until the next one.
CREATE TABLE device_holds(device_id INTEGER PRIMARY KEY);

-- Ids of devices may come again.
CREATE TRIGGER device_gone AFTER DELETE ON device BEGIN
  UPDATE annotation SET device_id = NULL WHERE device_id = old.id;
  DELETE FROM device_holds WHERE device_id = old.id;
END;
