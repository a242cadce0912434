// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/SourceTable.h"

#include "core/store/FileTable.h"

namespace meteorograph {

namespace {

/// SQL: whether `path` lies at or below ?1.
constexpr const char *kBelow =
    "(path = ?1 OR substr(path, 1, length(rtrim(?1, '/')) + 1) = rtrim(?1, '/') || '/')";

std::string textOf(const Mapping &mapping) { return mapping.empty() ? std::string() : toJson(mapping); }

/// Mappings that differ in their names alone read a file alike.
bool readAlike(const std::string &a, const std::string &b) {
  const auto parsed = [](const std::string &text) {
    Mapping mapping = mappingFromJson(text.empty() ? "{}" : text).value_or(Mapping());
    mapping.name.clear();
    return mapping;
  };
  return a == b || parsed(a) == parsed(b);
}

} // namespace

Result<void> SourceTable::add(const std::string &path, bool following, const std::optional<Mapping> &mapping,
                              TimeUs now_us) {
  return m_database.transact(
      [&] { return insert(path, following, now_us) && (!mapping || giveMapping(path, *mapping)); });
}

bool SourceTable::insert(const std::string &path, bool following, TimeUs now_us) {
  Statement known = m_database.prepareOnce("SELECT 1 FROM source WHERE path = ?");
  const bool isNew = !known.bind(1, std::string_view(path)).next();
  known.reset();
  if (isNew && !forgetRemovedFiles(path))
    return false;
  Statement add =
      m_database.prepareOnce("INSERT INTO source(path, added_us, following) VALUES(?, ?, ?) ON CONFLICT(path)"
                             " DO UPDATE SET following = max(following, excluded.following)");
  return add.bind(1, std::string_view(path)).bind(2, now_us).bind(3, std::int64_t{following}).run();
}

bool SourceTable::forgetRemovedFiles(const std::string &path) {
  Statement forget = m_database.prepareOnce(
      "DELETE FROM file WHERE state = ?2 AND " + std::string(kBelow) +
      " AND id NOT IN (SELECT file_id FROM file_frozen) AND NOT EXISTS (SELECT 1 FROM source s WHERE"
      " s.path = file.path OR"
      " substr(file.path, 1, length(rtrim(s.path, '/')) + 1) = rtrim(s.path, '/') || '/')");
  return forget.bind(1, std::string_view(path)).bind(2, static_cast<std::int64_t>(FileState::Removed)).run();
}

bool SourceTable::giveMapping(const std::string &path, const Mapping &mapping) {
  const std::string text = toJson(mapping);
  Statement inner =
      m_database.prepareOnce("UPDATE source SET mapping = NULL WHERE path <> ?1 AND " + std::string(kBelow));
  Statement give = m_database.prepareOnce("UPDATE source SET mapping = ?2 WHERE path = ?1");
  Statement own = m_database.prepareOnce("UPDATE file SET own_mapping = 0 WHERE path = ?1");
  return inner.bind(1, std::string_view(path)).run() &&
         give.bind(1, std::string_view(path)).bind(2, std::string_view(text)).run() &&
         own.bind(1, std::string_view(path)).run();
}

Result<std::string> SourceTable::remove(std::int64_t id) {
  Statement removal = m_database.prepareOnce("DELETE FROM source WHERE id = ? RETURNING path");
  std::string path;
  const Result<void> removed = m_database.transact([&] {
    if (removal.bind(1, id).next())
      path = removal.text(0);
    while (removal.next()) {
    }
    return !removal.failed();
  });
  return removed ? Result<std::string>(path) : tl::unexpected(removed.error());
}

Result<std::vector<std::string>> SourceTable::followed() {
  std::vector<std::string> all;
  Statement rows = m_database.prepareOnce("SELECT path FROM source WHERE following = 1 ORDER BY id");
  while (rows.next())
    all.emplace_back(rows.text(0));
  if (rows.failed())
    return tl::unexpected(m_database.error("cannot read the store"));
  return all;
}

std::optional<SourceStatus> SourceTable::byId(std::int64_t id) {
  Statement row = m_database.prepareOnce(
      "SELECT path, following, coalesce(mapping, '{}'), leave_out_duplicates FROM source WHERE id = ?");
  if (!row.bind(1, id).next())
    return std::nullopt;
  SourceStatus source;
  source.id = id;
  source.path = row.text(0);
  source.following = row.integer(1) != 0;
  source.settings.mapping = mappingFromJson(row.text(2)).value_or(Mapping());
  source.settings.leave_out_duplicates = row.integer(3) != 0;
  return source;
}

bool SourceTable::setMapping(std::int64_t id, const Mapping &mapping) {
  Statement set = m_database.prepareOnce("UPDATE source SET mapping = nullif(?2, '') WHERE id = ?1");
  const std::string text = textOf(mapping);
  return set.bind(1, id).bind(2, std::string_view(text)).run();
}

bool SourceTable::setLeavingOut(std::int64_t id, bool leave_out_duplicates) {
  Statement set = m_database.prepareOnce("UPDATE source SET leave_out_duplicates = ?2 WHERE id = ?1");
  return set.bind(1, id).bind(2, std::int64_t{leave_out_duplicates}).run();
}

std::vector<std::string> SourceTable::leavingOut() {
  std::vector<std::string> all;
  Statement rows = m_database.prepareOnce("SELECT path FROM source WHERE leave_out_duplicates = 1");
  while (rows.next())
    all.emplace_back(rows.text(0));
  return all;
}

std::vector<std::int64_t> SourceTable::filesBelow(const std::string &path) {
  std::vector<std::int64_t> all;
  Statement rows = m_database.prepareOnce("SELECT id FROM file WHERE state NOT IN (?2, ?3) AND " +
                                          std::string(kBelow) + " ORDER BY mtime_ns, path, generation");
  rows.bind(1, std::string_view(path)).bind(2, static_cast<std::int64_t>(FileState::Replaced));
  rows.bind(3, static_cast<std::int64_t>(FileState::Removed));
  while (rows.next())
    all.push_back(rows.integer(0));
  return all;
}

std::vector<std::int64_t> SourceTable::filesReadOtherwise(const std::string &path, bool also_gone) {
  std::vector<std::int64_t> all;
  FileTable files(m_database);
  Statement rows = m_database.prepareOnce(
      "SELECT id, path, mapping FROM file WHERE own_mapping = 0 AND state NOT IN (?2, ?3) AND"
      " (?4 OR (active = 1 AND state <> ?5)) AND " +
      std::string(kBelow) + " ORDER BY mtime_ns, path");
  rows.bind(1, std::string_view(path)).bind(2, static_cast<std::int64_t>(FileState::Replaced));
  rows.bind(3, static_cast<std::int64_t>(FileState::Removed)).bind(4, std::int64_t{also_gone});
  rows.bind(5, static_cast<std::int64_t>(FileState::Vanished));
  while (rows.next())
    if (!readAlike(std::string(rows.text(2)), files.mappingFor(rows.text(1))))
      all.push_back(rows.integer(0));
  return all;
}

} // namespace meteorograph
