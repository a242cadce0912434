// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FaultVfs.h"

#include "core/store/Database.h"
#include "tests/support/FaultDisk.h"

#include <array>
#include <cassert>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <set>
#include <sqlite3.h>

namespace {

enum class Operation { Open, Read, ReadLog, Write, Truncate, Sync, Delete, Lock };

/// Faults that can strike at an operation.
bool strikes(Fault fault, Operation operation) {
  using O = Operation;
  const bool writes = operation == O::Write;
  switch (fault) {
  case Fault::PowerCut:
  case Fault::Kill:
    return writes || operation == O::Truncate || operation == O::Sync || operation == O::Delete ||
           operation == O::Open;
  case Fault::WriteError:
  case Fault::DiskFull:
    return writes;
  case Fault::ReadError:
    return operation == O::Read || operation == O::ReadLog;
  case Fault::ShortRead:
    return operation == O::ReadLog;
  case Fault::SyncError:
    return operation == O::Sync;
  case Fault::TruncateError:
    return operation == O::Truncate;
  case Fault::OpenError:
    return operation == O::Open;
  case Fault::Busy:
  case Fault::LyingLock:
    return operation == O::Lock;
  }
  return false;
}

} // namespace

const char *toString(Fault fault) {
  constexpr std::array<const char *, kFaults> kNames{
      "power cut",  "kill",           "write error", "disk full", "read error", "short read",
      "sync error", "truncate error", "open error",  "busy",      "lying lock"};
  return kNames[static_cast<std::size_t>(fault)];
}

struct FaultVfs::State {
  mutable std::mutex mutex; ///< guards all behind it
  sqlite3_vfs vfs{};
  sqlite3_vfs *real = nullptr;
  FaultDisk disk;
  std::set<std::string> shared; ///< shared memory of logs
  std::mt19937 random;
  std::array<std::int64_t, kFaults> seen{};
  Fault fault = Fault::PowerCut;
  std::int64_t from = 0; ///< 0: none
  std::int64_t until = 0;
  bool struck = false;
  bool down = false;
  int open = 0;

  /// Whether the fault strikes at this operation, or nothing works any more.
  bool hits(Operation operation) {
    if (down)
      return true;
    for (int each = 0; each < kFaults; ++each)
      seen[static_cast<std::size_t>(each)] += strikes(static_cast<Fault>(each), operation);
    const std::int64_t at = seen[static_cast<std::size_t>(fault)];
    if (from == 0 || !strikes(fault, operation) || at < from || at >= until)
      return false;
    struck = true;
    down = fault == Fault::PowerCut || fault == Fault::Kill;
    return true;
  }
};

namespace {

FaultVfs::State *g_state = nullptr;

/// What SQLite makes room for; the file of the real VFS lies behind it.
struct File {
  sqlite3_file base;
  FaultDisk::Handle *disk; ///< owned; null for what is not kept account of
  bool is_log;
  bool makes_name; ///< its first sync is one of its folder, too
  bool lies;       ///< about the lock of the database
};

sqlite3_file *realOf(sqlite3_file *file) {
  return reinterpret_cast<sqlite3_file *>(reinterpret_cast<File *>(file) + 1);
}
File &own(sqlite3_file *file) { return *reinterpret_cast<File *>(file); }

int closeFile(sqlite3_file *file) {
  const std::lock_guard lock(g_state->mutex);
  delete own(file).disk;
  --g_state->open;
  return realOf(file)->pMethods->xClose(realOf(file));
}

int readFile(sqlite3_file *file, void *into, int size, sqlite3_int64 at) {
  const std::lock_guard lock(g_state->mutex);
  if (g_state->hits(own(file).is_log ? Operation::ReadLog : Operation::Read)) {
    std::memset(into, 0, static_cast<std::size_t>(size));
    return g_state->fault == Fault::ShortRead ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_READ;
  }
  return realOf(file)->pMethods->xRead(realOf(file), into, size, at);
}

int writeTo(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at) {
  if (own(file).disk)
    FaultDisk::write(**own(file).disk, at, bytes, static_cast<std::size_t>(size));
  return realOf(file)->pMethods->xWrite(realOf(file), bytes, size, at);
}

int writeFile(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at) {
  const std::lock_guard lock(g_state->mutex);
  FaultVfs::State &state = *g_state;
  const bool was_down = state.down;
  if (!state.hits(Operation::Write))
    return writeTo(file, bytes, size, at);
  if (const auto part = static_cast<int>(state.random() % static_cast<unsigned>(size)); !was_down && part > 0)
    writeTo(file, bytes, part, at);
  return state.fault == Fault::DiskFull ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size) {
  const std::lock_guard lock(g_state->mutex);
  if (g_state->hits(Operation::Truncate))
    return SQLITE_IOERR_TRUNCATE;
  if (own(file).disk)
    FaultDisk::truncate(**own(file).disk, size);
  return realOf(file)->pMethods->xTruncate(realOf(file), size);
}

int syncFile(sqlite3_file *file, int) {
  const std::lock_guard lock(g_state->mutex);
  const bool was_down = g_state->down;
  if (g_state->hits(Operation::Sync)) {
    if (own(file).disk && !was_down && !g_state->down && g_state->random() % 2)
      FaultDisk::lose(**own(file).disk);
    return SQLITE_IOERR_FSYNC;
  }
  if (own(file).disk)
    FaultDisk::sync(**own(file).disk);
  if (own(file).makes_name)
    g_state->disk.syncNames();
  own(file).makes_name = false;
  return SQLITE_OK;
}

int sizeOfFile(sqlite3_file *file, sqlite3_int64 *size) {
  return realOf(file)->pMethods->xFileSize(realOf(file), size);
}

int lockFile(sqlite3_file *file, int level) {
  const std::lock_guard lock(g_state->mutex);
  const bool hit = g_state->hits(Operation::Lock);
  if (hit && g_state->down)
    return SQLITE_IOERR_LOCK;
  if (hit && g_state->fault == Fault::Busy)
    return SQLITE_BUSY;
  own(file).lies = own(file).lies || hit;
  return own(file).lies ? SQLITE_OK : realOf(file)->pMethods->xLock(realOf(file), level);
}

int unlockFile(sqlite3_file *file, int level) {
  if (own(file).lies && level == SQLITE_LOCK_NONE)
    own(file).lies = false;
  else if (own(file).lies)
    return SQLITE_OK;
  return realOf(file)->pMethods->xUnlock(realOf(file), level);
}

int checkLock(sqlite3_file *file, int *reserved) {
  return realOf(file)->pMethods->xCheckReservedLock(realOf(file), reserved);
}

int controlFile(sqlite3_file *file, int operation, void *argument) {
  return realOf(file)->pMethods->xFileControl(realOf(file), operation, argument);
}

int sectorSize(sqlite3_file *file) { return realOf(file)->pMethods->xSectorSize(realOf(file)); }
int characteristics(sqlite3_file *file) {
  return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file));
}

int mapShared(sqlite3_file *file, int page, int size, int extend, void volatile **at) {
  {
    const std::lock_guard lock(g_state->mutex);
    if (g_state->down)
      return SQLITE_IOERR_SHMMAP;
  }
  return realOf(file)->pMethods->xShmMap(realOf(file), page, size, extend, at);
}

int lockShared(sqlite3_file *file, int offset, int count, int flags) {
  if (flags & SQLITE_SHM_LOCK) {
    const std::lock_guard lock(g_state->mutex);
    const bool hit = g_state->hits(Operation::Lock);
    if (hit && g_state->down)
      return SQLITE_IOERR_SHMLOCK;
    if (hit)
      return g_state->fault == Fault::Busy ? SQLITE_BUSY : SQLITE_OK;
  }
  return realOf(file)->pMethods->xShmLock(realOf(file), offset, count, flags);
}

void barrier(sqlite3_file *file) { realOf(file)->pMethods->xShmBarrier(realOf(file)); }
int unmapShared(sqlite3_file *file, int remove) {
  return realOf(file)->pMethods->xShmUnmap(realOf(file), remove);
}

const sqlite3_io_methods kMethods{2,           closeFile,   readFile,        writeFile,  truncateFile,
                                  syncFile,    sizeOfFile,  lockFile,        unlockFile, checkLock,
                                  controlFile, sectorSize,  characteristics, mapShared,  lockShared,
                                  barrier,     unmapShared, nullptr,         nullptr};

int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *out_flags) {
  const std::lock_guard lock(g_state->mutex);
  FaultVfs::State &state = *g_state;
  file->pMethods = nullptr;
  if (state.hits(Operation::Open))
    return SQLITE_CANTOPEN;
  const int code = state.real->xOpen(state.real, name, realOf(file), flags, out_flags);
  if (code != SQLITE_OK)
    return code;
  ++state.open;
  const bool kept = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL);
  File &made = own(file);
  made.disk = kept && name ? new FaultDisk::Handle(state.disk.open(name)) : nullptr;
  made.is_log = flags & SQLITE_OPEN_WAL;
  made.makes_name = (flags & SQLITE_OPEN_CREATE) &&
                    (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)); // as the unix VFS
  made.lies = false;
  if (name && (flags & SQLITE_OPEN_MAIN_DB))
    state.shared.insert(std::string(name) + "-shm");
  file->pMethods = &kMethods;
  return SQLITE_OK;
}

int deleteFile(sqlite3_vfs *, const char *name, int sync) {
  const std::lock_guard lock(g_state->mutex);
  if (g_state->hits(Operation::Delete))
    return SQLITE_IOERR_DELETE;
  if (!std::filesystem::exists(name))
    return SQLITE_IOERR_DELETE_NOENT;
  g_state->disk.remove(name);
  std::filesystem::remove(name);
  if (sync)
    g_state->disk.syncNames();
  return SQLITE_OK;
}

int access(sqlite3_vfs *, const char *name, int flags, int *out) {
  return g_state->real->xAccess(g_state->real, name, flags, out);
}
int fullName(sqlite3_vfs *, const char *name, int size, char *out) {
  return g_state->real->xFullPathname(g_state->real, name, size, out);
}
int sleepFor(sqlite3_vfs *, int microseconds) { return microseconds; } // nobody else will change anything

} // namespace

FaultVfs::FaultVfs() : m_state(std::make_unique<State>()) {
  // What the program says to SQLite must be said before anything else.
  (void)meteorograph::Database::open(":memory:", meteorograph::Database::Mode::ReadWrite);
  State &state = *m_state;
  state.real = sqlite3_vfs_find(nullptr);
  state.vfs = *state.real;
  state.vfs.pNext = nullptr;
  state.vfs.zName = "faults";
  state.vfs.szOsFile += static_cast<int>(sizeof(File));
  state.vfs.xOpen = openFile;
  state.vfs.xDelete = deleteFile;
  state.vfs.xAccess = access;
  state.vfs.xFullPathname = fullName;
  state.vfs.xSleep = sleepFor;
  g_state = &state;
  sqlite3_vfs_register(&state.vfs, 1);
}

FaultVfs &FaultVfs::install() {
  static FaultVfs *const vfs = new FaultVfs; // SQLite knows it until the process ends
  return *vfs;
}

void FaultVfs::arm(Fault fault, std::int64_t at, std::int64_t times, unsigned seed) {
  const std::lock_guard lock(m_state->mutex);
  m_state->seen = {};
  m_state->random.seed(seed);
  m_state->fault = fault;
  m_state->from = at;
  m_state->until = at + times;
  m_state->struck = false;
}

void FaultVfs::disarm() { arm(Fault::PowerCut, 0, 0, 0); }

std::int64_t FaultVfs::operations(Fault fault) const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->seen[static_cast<std::size_t>(fault)];
}

bool FaultVfs::struck() const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->struck;
}

bool FaultVfs::down() const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->down;
}

void FaultVfs::restart() {
  const std::lock_guard lock(m_state->mutex);
  assert(m_state->open == 0);
  if (m_state->down && m_state->fault == Fault::PowerCut) {
    for (const std::string &file : m_state->shared)
      std::filesystem::remove(file);
    m_state->disk.cutPower(m_state->random);
  }
  m_state->disk.forget();
  m_state->shared.clear();
  m_state->down = false;
}
