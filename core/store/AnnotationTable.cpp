// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/AnnotationTable.h"

namespace meteorograph {

std::vector<Annotation> readAnnotations(Database &database) {
  std::vector<Annotation> all;
  Statement rows = database.prepareOnce(
      "SELECT id, from_us, to_us, text, device, quantity_id FROM annotation ORDER BY from_us, id");
  while (rows.next())
    all.push_back({rows.integer(0), rows.time(1), rows.time(2), std::string(rows.text(3)),
                   std::string(rows.text(4)), rows.integer(5)});
  return all;
}

namespace {

void bindFields(Statement &statement, const Annotation &annotation) {
  statement.bind(2, annotation.from_us).bindTime(3, annotation.to_us);
  statement.bind(4, std::string_view(annotation.text));
  if (annotation.device.empty())
    statement.bindNull(5);
  else
    statement.bind(5, std::string_view(annotation.device));
  if (annotation.quantity == 0)
    statement.bindNull(6);
  else
    statement.bind(6, annotation.quantity);
}

} // namespace

bool addAnnotation(Database &database, const Annotation &annotation) {
  Statement add = database.prepareOnce("INSERT INTO annotation(id, from_us, to_us, text, device, quantity_id)"
                                       " VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  add.bindNull(1);
  bindFields(add, annotation);
  return add.run();
}

bool changeAnnotation(Database &database, const Annotation &annotation) {
  Statement change = database.prepareOnce("UPDATE annotation SET from_us = ?2, to_us = ?3, text = ?4,"
                                          " device = ?5, quantity_id = ?6 WHERE id = ?1");
  change.bind(1, annotation.id);
  bindFields(change, annotation);
  return change.run();
}

bool removeAnnotation(Database &database, std::int64_t id) {
  Statement remove = database.prepareOnce("DELETE FROM annotation WHERE id = ?");
  return remove.bind(1, id).run();
}

bool sayOfOther(Database &database, const std::string &from, const std::string &into) {
  for (const char *sql : {"UPDATE annotation SET device = ?2 WHERE device = ?1",
                          "UPDATE OR REPLACE device_holds SET device = ?2 WHERE device = ?1"})
    if (!database.prepareOnce(sql).bind(1, std::string_view(from)).bind(2, std::string_view(into)).run())
      return false;
  return true;
}

std::set<DeviceId> readHolding(Database &database) {
  std::set<DeviceId> all;
  Statement rows =
      database.prepareOnce("SELECT d.id FROM device_holds h CROSS JOIN device d ON d.name = h.device");
  while (rows.next())
    all.insert(rows.integer(0));
  return all;
}

bool saveHolding(Database &database, const std::string &device, bool holds) {
  Statement save = database.prepareOnce(holds ? "INSERT OR IGNORE INTO device_holds(device) VALUES(?)"
                                              : "DELETE FROM device_holds WHERE device = ?");
  return save.bind(1, std::string_view(device)).run();
}

} // namespace meteorograph
