// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/RepairReport.h"
#include "core/store/Recount.h"
#include "core/store/Salvage.h"
#include "core/store/WriterLock.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace meteorograph {

/// Makes a sound store of what can be read of a damaged one, which it never changes. Readings are what
/// counts: windows are made anew from them, and compared with the old ones, which tells wrong values that
/// SQLite cannot know of. Files whose readings are incomplete or in doubt are to be read again from their
/// source by the caller, between salvage() and conclude(). One thread.
class Repair {
public:
  /// `target` is an empty file. Fails with StoreUnusable where even the table of contents cannot be read,
  /// StoreNewer, StoreBusy where a program writes to the damaged store. `go_on` ends it with Cancelled.
  static Result<std::unique_ptr<Repair>> open(const std::string &damaged, std::string target,
                                              std::function<bool()> go_on);

  struct File {
    std::int64_t id = 0;
    std::string path;
  };
  /// Fills the target; the value is the files to be read again, whose sources are there.
  Result<std::vector<File>> salvage();
  /// Says of a file that it could not be read again.
  void lose(const std::string &why) { m_report.lost.push_back(why); }
  /// Keeps old windows whose readings are lost, sums up, and checks the target.
  Result<RepairReport> conclude();

private:
  Repair(Database damaged, std::string path, std::string target, std::function<bool()> go_on);
  bool openTarget();
  bool copyAll();
  bool indexReadings();
  bool nameStrangers();
  bool countReadings();
  bool makeWindows();
  bool compareWindows();
  bool doubtFiles();
  bool judgeFiles();
  bool settleCounts();
  bool settleTotals();
  bool keepOldWindows();
  Error failure() const;

  struct Judged;
  void judge(const Judged &file, std::vector<File> &again);

  std::function<bool()> m_goOn;
  std::string m_path;
  std::string m_target;
  std::unique_ptr<WriterLock> m_lock;
  Database m_damaged;
  Database m_sound;
  std::unique_ptr<Salvage> m_salvage;
  std::int64_t m_horizon = 0; ///< bronze's
  std::vector<File> m_again;
  Recount m_recount;
  RepairReport m_report;
};

} // namespace meteorograph
