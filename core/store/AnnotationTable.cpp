// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/AnnotationTable.h"

namespace meteorograph {

namespace {

/// 0 is stored as NULL.
void bindId(Statement &statement, int index, std::int64_t id) {
  if (id == 0)
    statement.bindNull(index);
  else
    statement.bind(index, id);
}

} // namespace

std::vector<Annotation> readAnnotations(Database &database) {
  std::vector<Annotation> all;
  Statement rows = database.prepareOnce(
      "SELECT id, from_us, to_us, text, device_id, quantity_id FROM annotation ORDER BY from_us, id");
  while (rows.next())
    all.push_back({rows.integer(0), rows.integer(1), rows.time(2), std::string(rows.text(3)), rows.integer(4),
                   rows.integer(5)});
  return all;
}

bool saveAnnotation(Database &database, Annotation &annotation) {
  Statement save = database.prepareOnce(
      "INSERT INTO annotation(id, from_us, to_us, text, device_id, quantity_id) VALUES(?, ?, ?, ?, ?, ?)"
      " ON CONFLICT(id) DO UPDATE SET from_us = excluded.from_us, to_us = excluded.to_us, text ="
      " excluded.text, device_id = excluded.device_id, quantity_id = excluded.quantity_id");
  bindId(save, 1, annotation.id);
  save.bind(2, annotation.from_us).bindTime(3, annotation.to_us);
  save.bind(4, std::string_view(annotation.text));
  bindId(save, 5, annotation.device);
  bindId(save, 6, annotation.quantity);
  const bool ok = save.run();
  if (ok && annotation.id == 0)
    annotation.id = sqlite3_last_insert_rowid(database.handle());
  return ok;
}

bool removeAnnotation(Database &database, std::int64_t id) {
  Statement remove = database.prepareOnce("DELETE FROM annotation WHERE id = ?");
  return remove.bind(1, id).run();
}

bool moveAnnotations(Database &database, DeviceId from, DeviceId into) {
  Statement move = database.prepareOnce("UPDATE annotation SET device_id = ?2 WHERE device_id = ?1");
  return move.bind(1, from).bind(2, into).run();
}

std::set<DeviceId> readHolding(Database &database) {
  std::set<DeviceId> all;
  Statement rows = database.prepareOnce("SELECT device_id FROM device_holds");
  while (rows.next())
    all.insert(rows.integer(0));
  return all;
}

bool saveHolding(Database &database, DeviceId device, bool holds) {
  Statement save = database.prepareOnce(holds ? "INSERT OR IGNORE INTO device_holds(device_id) VALUES(?)"
                                              : "DELETE FROM device_holds WHERE device_id = ?");
  return save.bind(1, device).run();
}

} // namespace meteorograph
