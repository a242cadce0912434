// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"

#include "core/model/FilePlace.h"
#include "core/model/Time.h"
#include "core/store/StoreFile.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

#include <unistd.h>

namespace meteorograph {

namespace {
/// Anything that makes SQLite look at the file.
constexpr std::string_view kLook = "SELECT count(*) FROM sqlite_schema";

/// What a statement needs to be undone stays in memory up to here: a live commit's upserts go beyond SQLite's
/// own 64 KiB, and a temporary file for each of them is felt. Not above 128 KiB: beyond, SQLite writes it to
/// that file in one piece, of which its unix VFS takes 131,071 bytes at most and calls the rest a full disk.
constexpr int kUndoBytes = 120 << 10;

/// A store may come from anybody. Nothing in its schema is to do more than compute, its pages are looked at
/// before they are used, and no value is longer than the longest record's and what belongs to it.
constexpr int kLongestValue = 64 << 20;
void distrust(sqlite3 *handle) {
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestValue);
  sqlite3_exec(handle, "PRAGMA cell_size_check = ON", nullptr, nullptr, nullptr);
}

/// Nobody asks SQLite how much memory it has; keeping count takes a lock, shared by all threads, for each
/// allocation. To be said before the first connection; later it changes nothing.
void configure() {
  static const int said =
      sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) | sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, kUndoBytes);
  (void)said;
}

/// The path as a URI that tells SQLite to look at nothing but this file, and to lock nothing.
std::string unchangingUri(const std::string &path) {
  std::string uri = "file:";
  for (const char c : path)
    if (c == '%' || c == '?' || c == '#')
      uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    else
      uri += c;
  return uri + "?immutable=1";
}

/// Something beside the file belongs to what it holds.
bool hasLog(const std::string &path) {
  return ::access((path + "-wal").c_str(), F_OK) == 0 || ::access((path + "-journal").c_str(), F_OK) == 0;
}

/// Waits a little, as SQLite's own handler does, but asks whether to go on. A lock that is about to be
/// released is waited for all the same.
int waitForLock(void *asked, int tries) {
  constexpr int kMost = 500; // five seconds
  constexpr int kLeast = 20;
  constexpr std::chrono::milliseconds kPause{10};
  const auto *giveUp = static_cast<const std::function<bool()> *>(asked);
  if (tries >= kMost || (tries >= kLeast && (*giveUp)()))
    return 0;
  std::this_thread::sleep_for(kPause);
  return 1;
}
} // namespace

/// What follows from a failure says less than it does; that a table is not there says nothing of the disk.
void StoreFailure::note(int failed_with, std::string says) {
  if (!noted || code == SQLITE_ERROR)
    *this = {true, failed_with, std::move(says)};
}

Statement::Statement(sqlite3 *database, std::string_view sql, unsigned flags, StoreFailure *failure)
    : m_failure(failure) {
  sqlite3_stmt *raw = nullptr;
  const int code =
      sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), flags, &raw, nullptr);
  m_statement.reset(raw);
  if (code != SQLITE_OK)
    m_failure->note(code, sqlite3_errmsg(database));
  m_code = code == SQLITE_OK ? SQLITE_DONE : code;
}

void Statement::setCode(int code) {
  m_code = code;
  if (failed() && m_failure)
    m_failure->note(code, sqlite3_errmsg(sqlite3_db_handle(m_statement.get())));
}

/// One that could not be prepared gives no rows, which is not to say that there are none.
bool Statement::isThere() {
  if (!m_statement && m_failure)
    m_failure->note(m_code, "a statement could not be prepared");
  return m_statement != nullptr;
}

Statement &Statement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(m_statement.get(), index, value);
  return *this;
}

Statement &Statement::bind(int index, double value) {
  sqlite3_bind_double(m_statement.get(), index, value);
  return *this;
}

Statement &Statement::bind(int index, std::string_view text) {
  sqlite3_bind_text(m_statement.get(), index, text.data() ? text.data() : "", static_cast<int>(text.size()),
                    SQLITE_STATIC);
  return *this;
}

Statement &Statement::bindNull(int index) {
  sqlite3_bind_null(m_statement.get(), index);
  return *this;
}

Statement &Statement::bindFrom(int index, const Statement &row, int column) {
  sqlite3_bind_value(m_statement.get(), index, sqlite3_column_value(row.m_statement.get(), column));
  return *this;
}

Statement &Statement::bindTime(int index, std::int64_t time_us) {
  return time_us == kNoTime ? bindNull(index) : bind(index, time_us);
}

bool Statement::run() {
  if (!isThere())
    return false;
  setCode(sqlite3_step(m_statement.get()));
  sqlite3_reset(m_statement.get());
  return !failed();
}

bool Statement::next() {
  if (!isThere())
    return false;
  setCode(sqlite3_step(m_statement.get()));
  if (m_code == SQLITE_ROW)
    return true;
  sqlite3_reset(m_statement.get());
  return false;
}

void Statement::reset() { sqlite3_reset(m_statement.get()); }

std::string_view Statement::text(int column) const {
  const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
  return bytes ? std::string_view(bytes,
                                  static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)))
               : std::string_view();
}

std::int64_t Statement::time(int column) const {
  return isNull(column) ? kNoTime : std::clamp(integer(column), kEarliestTime, kLatestTime + kSecond - 1);
}

std::int64_t Statement::second(int column) const {
  return std::clamp(integer(column), kEarliestTime / kSecond, kLatestTime / kSecond);
}

std::int64_t Statement::count(int column) const {
  constexpr std::int64_t kMost = std::int64_t{1} << 53; // a thousand of them can be added
  return std::clamp<std::int64_t>(integer(column), 0, kMost);
}

/// A program that was killed may have left a journal behind, which a read-only connection cannot roll
/// back. A writing one does, by looking at the file.
void Database::recover(const std::string &path) {
  if (Result<Database> writing = open(path, Mode::ReadWrite))
    writing->integer(kLook);
}

Result<Database> Database::open(const std::string &path, Mode mode) {
  // How long a statement waits for another program's lock before it gives up.
  constexpr int kBusyTimeoutMs = 5'000;
  configure();
  if (const std::string strange = strangeFileOfDatabase(path); !strange.empty())
    return fail(ErrorCode::StoreUnusable,
                "cannot open the store " + path + ": " + strange + " is no ordinary file");
  Database database;
  database.m_path = path;
  const int flags =
      mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const auto connect = [&database](const std::string &name, int how) {
    sqlite3 *raw = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &raw, how | SQLITE_OPEN_NOMUTEX, nullptr);
    database.m_handle.reset(raw);
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, kBusyTimeoutMs);
    if (code == SQLITE_OK)
      distrust(raw);
    return code == SQLITE_OK;
  };
  const bool alone = mode == Mode::Immutable;
  if (!connect(alone ? unchangingUri(path) : path, alone ? flags | SQLITE_OPEN_URI : flags))
    // SQLite calls a folder an input error; whatever it is, it is no store that can be used.
    return fail(ErrorCode::StoreUnusable, database.error("cannot open the store").message);
  // The log is its writer's: where locks are not what they seem (on a network's disk, say) a reader that
  // closes would take itself for the last one and delete it.
  if (mode == Mode::ReadOnly)
    sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  // Readers of a live store touch ever new pages: few of them are worth keeping.
  database.execute(mode == Mode::ReadWrite ? "PRAGMA synchronous = FULL" : "PRAGMA cache_size = -1024");
  if (mode != Mode::ReadOnly || database.integer(kLook))
    return database;
  const int code = sqlite3_errcode(database.handle()) & 0xff;
  if (code == SQLITE_READONLY)
    recover(path);
  // The log's index can be neither found nor made: nobody writes, and the file alone is the store.
  const bool barred = code == SQLITE_CANTOPEN || (code == SQLITE_READONLY && !database.integer(kLook));
  if (barred && !hasLog(path) && connect(unchangingUri(path), flags | SQLITE_OPEN_URI)) {
    database.execute("PRAGMA cache_size = -1024");
    database.takeFailure();
  }
  return database;
}

void Database::setDefensive(bool on) {
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, on ? 1 : 0, nullptr);
}

bool Database::execute(const std::string &sql) {
  const bool done = sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  if (!done)
    m_failure->note(sqlite3_errcode(m_handle.get()), message());
  return done;
}

Result<void> Database::transact(const std::function<bool()> &change) {
  Result<void> there = checkFile();
  if (!there)
    return there;
  takeFailure();
  const bool changed = execute("BEGIN IMMEDIATE") && change() && !m_failure->noted;
  there = checkFile(); // a change may take long
  if (changed && there && execute("COMMIT"))
    return {};
  const Error failure = there ? error("cannot write to the store") : there.error();
  if (!sqlite3_get_autocommit(m_handle.get()))
    execute("ROLLBACK");
  return tl::unexpected(failure);
}

Result<void> Database::checkFile() {
  int moved = 0;
  sqlite3_file_control(m_handle.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (moved != 0)
    return tl::unexpected(storeIsElsewhere(m_path));
  sqlite3_file *file = nullptr;
  sqlite3_file_control(m_handle.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return m_guard.look(m_path, file, [this] { return integer("SELECT revision FROM totals"); });
}

void Database::putLogAsideIfHarmed() {
  if (!m_guard.isHarmed())
    return;
  sqlite3_db_config(m_handle.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  const std::string real = sqlite3_db_filename(m_handle.get(), "main"); // behind links
  ::rename((real + "-wal").c_str(), (real + "-wal-old").c_str());
  ::unlink((real + "-shm").c_str());
}

void Database::giveUpWaitingWhen(std::function<bool()> asked) {
  m_giveUp = std::make_unique<std::function<bool()>>(std::move(asked));
  sqlite3_busy_handler(m_handle.get(), waitForLock, m_giveUp.get());
}

void Database::checkpoint() {
  sqlite3_wal_checkpoint_v2(m_handle.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

std::optional<std::int64_t> Database::integer(std::string_view sql) {
  Statement statement = prepareOnce(sql);
  if (!statement || !statement.next() || statement.isNull(0))
    return std::nullopt;
  return statement.integer(0);
}

std::int64_t Database::count(std::string_view sql) {
  Statement statement = prepareOnce(sql);
  return statement.next() ? statement.count(0) : 0;
}

std::optional<std::int64_t> Database::time(std::string_view sql) {
  Statement statement = prepareOnce(sql);
  if (!statement.next() || statement.isNull(0))
    return std::nullopt;
  return statement.time(0);
}

bool Database::isDamaged() {
  m_failure->note(SQLITE_CORRUPT, sqlite3_errstr(SQLITE_CORRUPT));
  return false;
}

Error Database::error(std::string_view context) const {
  ErrorCode code = ErrorCode::StoreUnusable;
  std::string hint;
  const int last = sqlite3_errcode(m_handle.get());
  const bool now = last != SQLITE_OK && last != SQLITE_ROW && last != SQLITE_DONE;
  const std::string words = now || m_failure->code == SQLITE_OK ? message() : m_failure->message;
  switch ((now ? last : m_failure->code) & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    code = ErrorCode::StoreBusy;
    hint = "; another program is using it";
    break;
  case SQLITE_FULL:
    code = ErrorCode::Unwritable;
    hint = "; free some disk space";
    break;
  case SQLITE_IOERR:
    code = ErrorCode::Unwritable;
    hint = "; look after its disk";
    break;
  case SQLITE_READONLY:
    code = ErrorCode::Unwritable;
    hint = "; make the file and its folder writable";
    break;
  default:
    break;
  }
  return {code, std::string(context) + " " + m_path + ": " + words + hint};
}

std::string quotedName(std::string_view identifier) {
  std::string out = "\"";
  for (const char c : identifier) {
    if (c == '"')
      out += '"';
    out += c;
  }
  return out + '"';
}

} // namespace meteorograph
