// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/sqlite/ForeignDatabase.h"

#include "core/model/FilePlace.h"
#include "core/source/readers/Container.h"

#include <array>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace meteorograph {

namespace {

/// Somebody who writes holds the lock for some milliseconds; longer than this we come again later.
constexpr int kBusyMs = 250;
/// A text or blob that is longer is no measurement.
constexpr int kMaxValueBytes = 16 << 20;

/// As much of the file's beginning as tells its kind and journal; shorter where the file is.
std::string headOf(const std::string &path) {
  std::array<char, 20> head{};
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  const ssize_t got = descriptor < 0 ? -1 : ::pread(descriptor, head.data(), head.size(), 0);
  if (descriptor >= 0)
    ::close(descriptor);
  return got < 0 ? std::string("?") : std::string(head.data(), static_cast<std::size_t>(got));
}

/// Nobody has it open with a write-ahead log, and to look for one would make one beside it.
bool isLoneWal(const std::string &path) {
  constexpr std::size_t kReadVersion = 19;
  const std::string head = headOf(path);
  return head.size() > kReadVersion && head[kReadVersion] == 2 &&
         ::access((path + "-wal").c_str(), F_OK) != 0;
}

std::string uriOf(const std::string &path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#')
      uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    else
      uri.push_back(c);
  }
  return uri + (isLoneWal(path) ? "?immutable=1" : "?mode=ro");
}

Error failureOf(sqlite3 *handle, int code, const std::string &path) {
  switch (code & 0xFF) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return {ErrorCode::Unreadable, path + " is in use by another program; it is tried again"};
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return {ErrorCode::Unreadable, path + " is damaged: " + sqlite3_errmsg(handle)};
  default:
    return {ErrorCode::Unreadable, "cannot read " + path + ": " + sqlite3_errmsg(handle)};
  }
}

} // namespace

void ForeignQuery::Finalize::operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
void ForeignDatabase::Close::operator()(sqlite3 *handle) const { sqlite3_close_v2(handle); }

bool ForeignQuery::next() {
  const int code = m_statement ? sqlite3_step(m_statement.get()) : SQLITE_DONE;
  if (code != SQLITE_ROW && code != SQLITE_DONE && !*m_failure)
    *m_failure = failureOf(sqlite3_db_handle(m_statement.get()), code, *m_path);
  return code == SQLITE_ROW;
}

void ForeignQuery::restart(std::int64_t parameter) {
  sqlite3_reset(m_statement.get());
  sqlite3_bind_int64(m_statement.get(), 1, parameter);
}

void ForeignQuery::reset() { sqlite3_reset(m_statement.get()); }
int ForeignQuery::columns() const { return sqlite3_column_count(m_statement.get()); }

std::int64_t ForeignQuery::integer(int column) const {
  return sqlite3_column_int64(m_statement.get(), column);
}

double ForeignQuery::real(int column) const { return sqlite3_column_double(m_statement.get(), column); }

std::string_view ForeignQuery::text(int column) const {
  const unsigned char *text = sqlite3_column_text(m_statement.get(), column);
  const int size = sqlite3_column_bytes(m_statement.get(), column);
  return text ? std::string_view(reinterpret_cast<const char *>(text), static_cast<std::size_t>(size))
              : std::string_view();
}

bool ForeignQuery::isInteger(int column) const {
  return sqlite3_column_type(m_statement.get(), column) == SQLITE_INTEGER;
}

bool ForeignQuery::isReal(int column) const {
  return sqlite3_column_type(m_statement.get(), column) == SQLITE_FLOAT;
}

bool ForeignQuery::isText(int column) const {
  return sqlite3_column_type(m_statement.get(), column) == SQLITE_TEXT;
}

bool ForeignQuery::isNull(int column) const {
  return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

Result<std::unique_ptr<ForeignDatabase>> ForeignDatabase::open(const std::string &path) {
  constexpr int kFlags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  if (const std::string strange = strangeFileOfDatabase(path); !strange.empty())
    return fail(ErrorCode::Unreadable, "cannot read " + path + ": " + strange + " is no ordinary file");
  sqlite3 *raw = nullptr;
  const int code = sqlite3_open_v2(uriOf(path).c_str(), &raw, kFlags, nullptr);
  auto database = std::make_unique<ForeignDatabase>();
  database->m_handle.reset(raw);
  database->m_path = path;
  if (code != SQLITE_OK)
    return fail(ErrorCode::Unreadable, "cannot open " + path + ": " + sqlite3_errstr(code));
  sqlite3_busy_timeout(raw, kBusyMs);
  sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, kMaxValueBytes);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  database->prepare("PRAGMA cell_size_check = ON").next();
  return database;
}

ForeignQuery ForeignDatabase::prepare(const std::string &sql) {
  sqlite3_stmt *raw = nullptr;
  const int code =
      sqlite3_prepare_v2(m_handle.get(), sql.c_str(), static_cast<int>(sql.size()), &raw, nullptr);
  if (code != SQLITE_OK && code != SQLITE_ERROR && !m_failure)
    m_failure = failureOf(m_handle.get(), code, m_path);
  ForeignQuery query;
  query.m_statement.reset(raw);
  query.m_failure = &m_failure;
  query.m_path = &m_path;
  return query;
}

std::optional<std::int64_t> ForeignDatabase::integer(const std::string &sql) {
  ForeignQuery query = prepare(sql);
  return query.next() ? std::optional(query.integer(0)) : std::nullopt;
}

std::string quotedIdentifier(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name)
    quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::optional<std::string> databaseBeside(const std::string &path) {
  for (const std::string_view suffix : {"-wal", "-shm", "-journal"}) {
    if (!path.ends_with(suffix))
      continue;
    std::string database = path.substr(0, path.size() - suffix.size());
    const std::string head = headOf(database);
    if (head.empty() || containerOf(head) == Container::Sqlite)
      return database;
  }
  return std::nullopt;
}

} // namespace meteorograph
