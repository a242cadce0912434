// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

/// What goes wrong with a store's files, below SQLite. Each fault but the last two strikes at one
/// operation, and at so many behind it.
enum class Fault {
  PowerCut,      ///< from then on nothing works; what was not synced is kept in part, see restart()
  Kill,          ///< from then on nothing works; what was written is kept
  WriteError,    ///< a write stops half-way
  DiskFull,      ///< the same, for want of room
  ReadError,     ///< nothing can be read
  ShortRead,     ///< the log ends too early (a database that does is taken as if it held zeros)
  SyncError,     ///< what was written may or may not be on the disk
  TruncateError, ///< a file keeps its length
  OpenError,     ///< a file cannot be opened
  Busy,          ///< a lock is refused that is free
  LyingLock      ///< a lock is granted that was not taken: from then on none is
};
constexpr int kFaults = 11;
const char *toString(Fault fault);

/// A layer between SQLite and its files that keeps account of what a disk would hold if power failed, and
/// lets operations fail. Once installed it is SQLite's default for the rest of the process, so that the
/// code under test needs to know nothing of it. Nothing is really synced: tests are fast. Threads may use
/// it at once; arm(), restart() and the rest belong to the test's.
class FaultVfs {
public:
  static FaultVfs &install();

  /// The fault strikes at the `at`th operation (from 1) of those that it can strike, and at `times` in all.
  void arm(Fault fault, std::int64_t at, std::int64_t times, unsigned seed);
  void disarm();
  /// Operations that the fault could have struck since the last arm() or disarm().
  std::int64_t operations(Fault fault) const;
  bool struck() const;
  /// A power cut or a kill has struck: everything must be closed, then restart() called.
  bool down() const;
  /// The machine, or the program, starts anew. After a power cut each file holds what was synced, and of
  /// what was written since some sectors, one of them torn; files that were made or deleted without a sync
  /// of their folder may be as before.
  void restart();

  struct State;

private:
  FaultVfs();
  std::unique_ptr<State> m_state;
};
