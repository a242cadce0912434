// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/FileTable.h"

#include "core/model/Path.h"

namespace meteorograph {

namespace {

constexpr const char *kSelect =
    "SELECT id, path, generation, state, device, inode, size, mtime_ns, ctime_ns, head_bytes, head_hash,"
    " chain_hash, rest_hash, \"offset\", line, pending_bytes, tail_bytes, tail_hash, recheck, parser_state,"
    " format, error, active, mapping, own_mapping FROM file WHERE ";

FileCheckpoint read(const Statement &row) {
  FileCheckpoint file;
  file.id = row.integer(0);
  file.path = row.text(1);
  file.generation = static_cast<int>(row.integer(2));
  file.state = static_cast<FileState>(row.integer(3));
  file.identity = {static_cast<std::uint64_t>(row.integer(4)), static_cast<std::uint64_t>(row.integer(5)),
                   row.integer(6), row.integer(7), row.integer(8)};
  file.fingerprint = {row.count(9), static_cast<std::uint64_t>(row.integer(10)),
                      static_cast<std::uint64_t>(row.integer(11)),
                      static_cast<std::uint64_t>(row.integer(12))};
  file.offset = row.count(13);
  file.line = row.count(14);
  file.pending_bytes = row.count(15);
  file.tail_bytes = row.count(16);
  file.tail_hash = static_cast<std::uint64_t>(row.integer(17));
  file.recheck = row.integer(18) != 0;
  file.parser_state = row.text(19);
  file.format = row.text(20);
  file.error = row.text(21);
  file.active = row.integer(22) != 0;
  file.mapping = row.text(23);
  file.own_mapping = row.integer(24) != 0;
  return file;
}

bool isSettledState(FileState state) {
  return state == FileState::Done || state == FileState::Following || state == FileState::Failed ||
         state == FileState::Removed;
}

} // namespace

FileTable::FileTable(Database &database)
    : m_database(database), m_maxId(database.prepare("SELECT coalesce(max(id), 0) FROM file")),
      m_byPath(database.prepare(std::string(kSelect) + "active = 1 AND path = ?")),
      m_isSettled(database.prepare(
          "SELECT 1 FROM file WHERE active = 1 AND path = ?1 AND size = ?2 AND mtime_ns = ?3 AND ctime_ns = "
          "?4 AND"
          " inode = ?5 AND device = ?6 AND recheck = 0 AND (pending_bytes = 0 OR state = ?9) AND state IN "
          "(?7, ?8, ?9, "
          "?10)")),
      m_byInode(database.prepare(std::string(kSelect) + "active = 1 AND inode = ?")),
      m_byHead(database.prepare(std::string(kSelect) + "head_hash = ?1 AND state <> ?2")),
      m_retired(
          database.prepare(std::string(kSelect) +
                           "active = 0 AND path = ?1 AND state <> ?2 ORDER BY generation DESC LIMIT 1")),
      m_below(database.prepare(
          "SELECT path, device, inode, size, mtime_ns, ctime_ns, recheck = 0 AND"
          " (pending_bytes = 0 OR state = ?4), state FROM file WHERE active = 1 AND path > ?1 AND"
          " path < ?2 ORDER BY path LIMIT ?3")),
      m_sources(database.prepare("SELECT path, mapping FROM source WHERE mapping IS NOT NULL"
                                 " ORDER BY length(path) DESC")),
      m_byId(database.prepare(std::string(kSelect) + "id = ?")), m_begin(database.prepare("BEGIN")),
      m_end(database.prepare("COMMIT")) {}

void FileTable::beginLook() {
  if (!std::exchange(m_looking, true))
    m_begin.run();
}

void FileTable::endLook() {
  if (std::exchange(m_looking, false))
    m_end.run();
}

std::vector<FileCheckpoint> FileTable::readAll(Statement &rows) {
  std::vector<FileCheckpoint> all;
  while (rows.next())
    all.push_back(read(rows));
  return all;
}

std::int64_t FileTable::maxId() {
  const std::int64_t id = m_maxId.next() ? m_maxId.count(0) : 0;
  m_maxId.reset();
  return id;
}

std::optional<FileCheckpoint> FileTable::byPath(std::string_view path) {
  std::optional<FileCheckpoint> found;
  if (m_byPath.bind(1, path).next())
    found = read(m_byPath);
  m_byPath.reset();
  return found;
}

bool FileTable::isSettled(std::string_view path, const FileIdentity &identity) {
  m_isSettled.bind(1, path).bind(2, identity.size).bind(3, identity.mtime_ns).bind(4, identity.ctime_ns);
  m_isSettled.bind(5, static_cast<std::int64_t>(identity.inode));
  m_isSettled.bind(6, static_cast<std::int64_t>(identity.device));
  m_isSettled.bind(7, static_cast<std::int64_t>(FileState::Done));
  m_isSettled.bind(8, static_cast<std::int64_t>(FileState::Following));
  m_isSettled.bind(9, static_cast<std::int64_t>(FileState::Failed));
  const bool settled = m_isSettled.bind(10, static_cast<std::int64_t>(FileState::Removed)).next();
  m_isSettled.reset();
  return settled;
}

std::vector<FileCheckpoint> FileTable::byInode(std::uint64_t inode) {
  return readAll(m_byInode.bind(1, static_cast<std::int64_t>(inode)));
}

std::vector<FileCheckpoint> FileTable::byHead(std::uint64_t head_hash) {
  return readAll(m_byHead.bind(1, static_cast<std::int64_t>(head_hash))
                     .bind(2, static_cast<std::int64_t>(FileState::Replaced)));
}

std::optional<FileCheckpoint> FileTable::retiredAt(std::string_view path) {
  std::optional<FileCheckpoint> found;
  if (m_retired.bind(1, path).bind(2, static_cast<std::int64_t>(FileState::Replaced)).next())
    found = read(m_retired);
  m_retired.reset();
  return found;
}

std::vector<ListedFile> FileTable::listBelow(const std::string &folder, const std::string &behind,
                                             std::int64_t limit) {
  const std::string base = folder == "/" ? std::string() : folder;
  const std::string from = behind.empty() ? base + "/" : behind;
  const std::string to = base + "0"; // which follows '/'
  std::vector<ListedFile> all;
  m_below.bind(1, std::string_view(from)).bind(2, std::string_view(to)).bind(3, limit);
  m_below.bind(4, static_cast<std::int64_t>(FileState::Failed));
  while (m_below.next()) {
    const auto state = static_cast<FileState>(m_below.integer(7));
    all.push_back(
        {std::string(m_below.text(0)),
         {static_cast<std::uint64_t>(m_below.integer(1)), static_cast<std::uint64_t>(m_below.integer(2)),
          m_below.integer(3), m_below.integer(4), m_below.integer(5)},
         m_below.integer(6) != 0 && isSettledState(state),
         state == FileState::Vanished});
  }
  return all;
}

std::string FileTable::mappingFor(std::string_view path) {
  if (!m_mappings) {
    m_mappings.emplace();
    while (m_sources.next())
      m_mappings->push_back({std::string(m_sources.text(0)), std::string(m_sources.text(1))});
    if (m_sources.failed())
      m_mappings.reset();
  }
  if (m_mappings)
    for (const SourceMapping &source : *m_mappings)
      if (isBelow(path, source.path))
        return source.mapping == "{}" ? std::string() : source.mapping;
  return {};
}

std::optional<FileCheckpoint> FileTable::byId(std::int64_t id) {
  std::optional<FileCheckpoint> found;
  if (m_byId.bind(1, id).next())
    found = read(m_byId);
  m_byId.reset();
  return found;
}

FileWriter::FileWriter(Database &database)
    : m_yieldPath(database.prepare("UPDATE file SET active = 0, state = ?3 WHERE path = ?1 AND active = 1 AND"
                                   " id <> ?2")),
      m_save(database.prepare(
          "INSERT INTO file(id, path, generation, active, state, device, inode, size, mtime_ns, ctime_ns,"
          " head_bytes, head_hash, chain_hash, rest_hash, \"offset\", line, pending_bytes, tail_bytes, "
          "tail_hash,"
          " recheck, parser_state, format, error, mapping, own_mapping, records, accepted, quarantined, "
          "skipped, readings, late,"
          " first_bronze_id, last_bronze_id) VALUES(?1, ?2, ?3, ?31, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
          "?13,"
          " ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?32, ?33, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)"
          " ON CONFLICT(id) DO UPDATE SET path = excluded.path, active = excluded.active, state = "
          "excluded.state,"
          " device = excluded.device, inode = excluded.inode, size = excluded.size, mtime_ns = "
          "excluded.mtime_ns,"
          " ctime_ns = excluded.ctime_ns, head_bytes = excluded.head_bytes, head_hash = excluded.head_hash,"
          " chain_hash = excluded.chain_hash, rest_hash = excluded.rest_hash, \"offset\" = "
          "excluded.\"offset\","
          " line = excluded.line, pending_bytes = excluded.pending_bytes, tail_bytes = excluded.tail_bytes,"
          " tail_hash = excluded.tail_hash, recheck = excluded.recheck, parser_state = excluded.parser_state,"
          " format = excluded.format, error = excluded.error, mapping = excluded.mapping,"
          " own_mapping = excluded.own_mapping, records = records + excluded.records,"
          " accepted = accepted + excluded.accepted, quarantined = quarantined + excluded.quarantined,"
          " skipped = skipped + excluded.skipped, readings = readings + excluded.readings,"
          " late = late + excluded.late,"
          " first_bronze_id = min(coalesce(first_bronze_id, excluded.first_bronze_id),"
          " coalesce(excluded.first_bronze_id, first_bronze_id)),"
          " last_bronze_id = max(coalesce(last_bronze_id, excluded.last_bronze_id),"
          " coalesce(excluded.last_bronze_id, last_bronze_id))")),
      m_retire(database.prepare("UPDATE file SET active = 0, state = ?2, pending_bytes = 0 WHERE id = ?1")),
      m_setState(database.prepare("UPDATE file SET state = ?2, pending_bytes = 0 WHERE id = ?1")),
      m_forget(database.prepare(
          "UPDATE file SET first_bronze_id = NULL, last_bronze_id = NULL, tail_first_id = NULL,"
          " tail_last_id = NULL, tail_records = 0, tail_accepted = 0, tail_quarantined = 0,"
          " tail_skipped = 0 WHERE id = ?1")),
      m_readTail(
          database.prepare("SELECT tail_first_id, tail_last_id, tail_records, tail_accepted,"
                           " tail_quarantined, tail_skipped FROM file WHERE id = ? AND tail_records > 0")),
      m_clearTail(
          database.prepare("UPDATE file SET tail_first_id = NULL, tail_last_id = NULL, tail_records = 0,"
                           " tail_accepted = 0, tail_quarantined = 0, tail_skipped = 0 WHERE id = ?")),
      m_setTail(
          database.prepare("UPDATE file SET tail_first_id = ?2, tail_last_id = ?3, tail_records = ?4,"
                           " tail_accepted = ?5, tail_quarantined = ?6, tail_skipped = ?7 WHERE id = ?1")),
      m_extent(
          database.prepare("SELECT first_bronze_id, last_bronze_id, records, accepted, quarantined, skipped,"
                           " readings FROM file WHERE id = ?")),
      m_subtract(database.prepare("UPDATE file SET records = records - ?2, accepted = accepted - ?3,"
                                  " quarantined = quarantined - ?4, skipped = skipped - ?5,"
                                  " readings = readings - ?6, late = late - ?7 WHERE id = ?1")) {}

bool FileWriter::save(const FileCheckpoint &file, const FileGain &gain, bool is_tail) {
  if (file.active && !m_yieldPath.bind(1, std::string_view(file.path))
                          .bind(2, file.id)
                          .bind(3, static_cast<std::int64_t>(FileState::Vanished))
                          .run())
    return false;
  const auto hash = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  m_save.bind(1, file.id).bind(2, std::string_view(file.path)).bind(3, std::int64_t{file.generation});
  m_save.bind(4, static_cast<std::int64_t>(file.state)).bind(5, hash(file.identity.device));
  m_save.bind(6, hash(file.identity.inode)).bind(7, file.identity.size).bind(8, file.identity.mtime_ns);
  m_save.bind(9, file.identity.ctime_ns).bind(10, file.fingerprint.head_bytes);
  m_save.bind(11, hash(file.fingerprint.head)).bind(12, hash(file.fingerprint.chain));
  m_save.bind(13, hash(file.fingerprint.rest)).bind(14, file.offset).bind(15, file.line);
  m_save.bind(16, file.pending_bytes).bind(17, file.tail_bytes).bind(18, hash(file.tail_hash));
  m_save.bind(19, std::int64_t{file.recheck}).bind(20, std::string_view(file.parser_state));
  m_save.bind(21, std::string_view(file.format)).bind(22, std::string_view(file.error));
  m_save.bind(23, gain.counts.records).bind(24, gain.counts.accepted).bind(25, gain.counts.quarantined);
  m_save.bind(26, gain.counts.skipped).bind(27, gain.readings).bind(28, gain.late);
  if (gain.first_id != 0)
    m_save.bind(29, gain.first_id).bind(30, gain.last_id);
  else
    m_save.bindNull(29).bindNull(30);
  m_save.bind(31, std::int64_t{file.active});
  m_save.bind(32, std::string_view(file.mapping)).bind(33, std::int64_t{file.own_mapping});
  if (!m_save.run())
    return false;
  if (!is_tail)
    return true;
  m_setTail.bind(1, file.id);
  if (gain.first_id != 0)
    m_setTail.bind(2, gain.first_id).bind(3, gain.last_id);
  else
    m_setTail.bindNull(2).bindNull(3);
  m_setTail.bind(4, gain.counts.records).bind(5, gain.counts.accepted);
  return m_setTail.bind(6, gain.counts.quarantined).bind(7, gain.counts.skipped).run();
}

bool FileWriter::retire(std::int64_t id, FileState state) {
  return m_retire.bind(1, id).bind(2, static_cast<std::int64_t>(state)).run();
}

bool FileWriter::setState(std::int64_t id, FileState state) {
  return m_setState.bind(1, id).bind(2, static_cast<std::int64_t>(state)).run();
}

bool FileWriter::forgetExtent(std::int64_t id) { return m_forget.bind(1, id).run(); }

std::optional<FileWriter::Extent> FileWriter::takeTail(std::int64_t id) {
  std::optional<Extent> tail;
  if (m_readTail.bind(1, id).next())
    tail = Extent{m_readTail.integer(0),
                  m_readTail.integer(1),
                  {m_readTail.count(2), m_readTail.count(3), m_readTail.count(4), m_readTail.count(5)},
                  0};
  m_readTail.reset();
  if (tail)
    m_clearTail.bind(1, id).run();
  return tail;
}

FileWriter::Extent FileWriter::extent(std::int64_t id) {
  Extent extent;
  if (m_extent.bind(1, id).next())
    extent = {m_extent.integer(0),
              m_extent.integer(1),
              {m_extent.count(2), m_extent.count(3), m_extent.count(4), m_extent.count(5)},
              m_extent.integer(6)};
  m_extent.reset();
  return extent;
}

bool FileWriter::subtract(std::int64_t id, const RecordCounts &counts, std::int64_t readings,
                          std::int64_t late) {
  m_subtract.bind(1, id).bind(2, counts.records).bind(3, counts.accepted).bind(4, counts.quarantined);
  return m_subtract.bind(5, counts.skipped).bind(6, readings).bind(7, late).run();
}

} // namespace meteorograph
