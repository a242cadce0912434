// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Recount.h"

#include <algorithm>

namespace meteorograph {

namespace {

bool takeOff(Database &database, const char *update, std::int64_t id, std::int64_t readings) {
  return database.prepareOnce(update).bind(1, id).bind(2, readings).run();
}

} // namespace

bool Recount::count(Database &database, File &file) {
  Statement rows = database.prepareOnce(
      "SELECT b.device_id, count(*) FROM file f JOIN bronze b ON b.id BETWEEN f.first_bronze_id AND"
      " f.last_bronze_id AND b.file_id = f.id WHERE f.id = ?1 AND b.\"offset\" < ?2 GROUP BY 1");
  rows.bind(1, file.id).bind(2, file.offset);
  while (rows.next())
    file.readings[rows.integer(0)] = rows.integer(1);
  return !rows.failed();
}

bool Recount::remember(Database &database, std::int64_t file_id) {
  Statement row = database.prepareOnce("SELECT \"offset\" + tail_bytes FROM file WHERE id = ?1");
  File file{file_id, row.bind(1, file_id).next() ? row.integer(0) : 0, {}};
  if (file.offset == 0)
    file.offset = kUnknown;
  return !row.failed() && count(database, file) && (m_files.push_back(std::move(file)), true);
}

bool Recount::settle(Database &database) const {
  for (const File &before : m_files) {
    File now{before.id, before.offset, {}};
    if (!count(database, now))
      return false;
    for (const auto &[device, readings] : now.readings) {
      const auto known = before.readings.find(device);
      const std::int64_t back = readings - (known == before.readings.end() ? 0 : known->second);
      const std::int64_t counted = before.offset == kUnknown ? 0 : back; // with its row its count was lost
      if (back > 0 &&
          !(takeOff(database, "UPDATE file SET readings = readings - ?2 WHERE id = ?1", before.id, counted) &&
            takeOff(database, "UPDATE device SET readings = readings - ?2 WHERE id = ?1", device, back) &&
            takeOff(database, "UPDATE totals SET readings = readings - ?2 WHERE ?1", 1, counted)))
        return false;
    }
  }
  return database.execute(
      "UPDATE retention SET rows_deleted = (SELECT readings FROM totals) - (SELECT count(*)"
      " FROM bronze) WHERE layer = 0 AND horizon_s IS NOT NULL");
}

} // namespace meteorograph
