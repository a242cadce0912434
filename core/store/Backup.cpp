// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Backup.h"

#include "core/store/IntegrityCheck.h"
#include "core/store/TemporaryStore.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace meteorograph {

namespace {

/// Of one step: a few milliseconds' work between two looks at whether to go on.
constexpr int kStepPages = 256;
/// A log that grows by more during the copy would fill the disk where the target is slow.
constexpr std::int64_t kMostLog = std::int64_t{1} << 30;

std::int64_t sizeOf(const std::string &path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

tl::unexpected<Error> unwritable(const std::string &path, const std::string &why) {
  return fail(ErrorCode::Unwritable, "cannot write " + path + ": " + why);
}

/// The steps of one backup; ended with it.
class Steps {
public:
  Steps(Database &source, Database &target)
      : m_target(target), m_backup(sqlite3_backup_init(target.handle(), "main", source.handle(), "main")) {}
  ~Steps() { sqlite3_backup_finish(m_backup); }
  Steps(const Steps &) = delete;
  Steps &operator=(const Steps &) = delete;

  int next() {
    return m_backup ? sqlite3_backup_step(m_backup, kStepPages) : sqlite3_errcode(m_target.handle());
  }
  std::int64_t total() const { return m_backup ? sqlite3_backup_pagecount(m_backup) : 0; }
  std::int64_t done() const { return m_backup ? total() - sqlite3_backup_remaining(m_backup) : 0; }

private:
  Database &m_target;
  sqlite3_backup *m_backup;
};

Result<Copied> copyPages(Database &source, const std::string &store, Database &target,
                         const std::string &path, const CopyProgress &progress) {
  const ReadTransaction snapshot(source);
  Statement totals = source.prepareOnce("SELECT page_count * page_size, revision, readings FROM totals,"
                                        " pragma_page_count, pragma_page_size");
  if (!totals.next())
    return tl::unexpected(source.error("cannot read the store"));
  const Copied copied{totals.count(0), totals.count(1), totals.count(2)};
  totals.reset();
  const std::int64_t log = sizeOf(store + "-wal");
  Steps steps(source, target);
  int code = SQLITE_OK;
  for (; code == SQLITE_OK; code = steps.next()) {
    if (!progress(steps.done(), steps.total()))
      return fail(ErrorCode::Cancelled, "the backup was interrupted; " + path + " is as it was");
    if (sizeOf(store + "-wal") - log > kMostLog)
      return unwritable(path, "so much was written to " + store +
                                  " meanwhile that its log would fill the disk; try again when less is read"
                                  " in, or to a faster disk");
  }
  if (code == SQLITE_DONE)
    return copied;
  if ((code & 0xff) == SQLITE_FULL)
    return unwritable(path, "the disk is full; it is as it was");
  return unwritable(path, std::string(sqlite3_errstr(code)) + "; it is as it was");
}

Result<void> checkCopy(const std::string &copy, const std::string &store, const CopyProgress &progress) {
  Result<Database> database = Database::open(copy, Database::Mode::ReadWrite);
  if (!database)
    return tl::unexpected(database.error());
  const Result<Integrity> found =
      checkIntegrity(*database, IntegrityScope::Whole, [&progress] { return progress(1, 1); });
  if (!found)
    return tl::unexpected(found.error());
  if (found->found != "ok")
    return fail(ErrorCode::StoreUnusable,
                "the store " + store + " is damaged (" + found->found +
                    "); no backup was made, \"meteorograph repair\" saves what can be"
                    " read");
  return {};
}

} // namespace

Result<Copied> copyStore(Database &source, const std::string &store, const std::string &path,
                         const CopyProgress &progress) {
  Copied copied;
  TemporaryStore copy(path);
  if (copy.failed())
    return unwritable(path, std::strerror(errno));
  {
    Result<Database> target = Database::open(copy.path(), Database::Mode::ReadWrite);
    if (!target)
      return tl::unexpected(target.error());
    // It is thrown away unless it gets whole, and brought to the disk in one go.
    target->setDefensive(false);
    target->execute("PRAGMA journal_mode = OFF");
    target->execute("PRAGMA synchronous = OFF");
    target->execute("PRAGMA cache_size = -1024");
    const Result<Copied> done = copyPages(source, store, *target, path, progress);
    if (!done)
      return done;
    copied = *done;
  }
  if (Result<void> checked = checkCopy(copy.path(), store, progress); !checked)
    return tl::unexpected(checked.error());
  if (!copy.place())
    return unwritable(path, std::strerror(errno));
  return copied;
}

} // namespace meteorograph
