// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/SourceLoop.h"
#include "core/engine/WriterLoop.h"
#include "core/store/Corrections.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace meteorograph {

class CorrectionRun;
/// The steps of one correction.
using CorrectionJob = std::function<Result<void>(CorrectionRun &)>;

/// What corrections need of the engine, and what it tells of the one under way. Any thread.
struct CorrectionDesk {
  BatchQueue &queue;
  WriterLoop &writer;
  std::function<SourceLoop *()> sources; ///< nullptr while nothing is followed
  WallClock clock;
  TimeUs quiet_us = 0;
  std::mutex reading; ///< held while Engine::ingest() reads, and by each step of a correction

  std::mutex mutex; ///< guards what follows
  std::string what;
  std::int64_t done = 0;
  std::int64_t total = 0;
};

/// One correction of many files or of a device, on its own thread. Each step keeps the sources
/// still, waits until everything on its way to the store is there, and has the writer's thread change
/// the store in one transaction; between two steps live readings come in.
class CorrectionRun {
public:
  CorrectionRun(CorrectionDesk &desk, const std::atomic<bool> &cancelled, std::string what);
  ~CorrectionRun();
  CorrectionRun(const CorrectionRun &) = delete;
  CorrectionRun &operator=(const CorrectionRun &) = delete;

  using Step = std::function<Result<Corrected>(Corrections &)>;
  /// One step that is not about a file. Its outcome goes into the report.
  Result<void> change(const Step &step);
  /// The same for each of the files: what is wrong with one goes into the report and does not stop the
  /// others, unless it is the store that fails.
  Result<void> eachFile(const std::vector<std::int64_t> &files,
                        const std::function<Result<Corrected>(Corrections &, FileCheckpoint)> &step);
  /// Asks the writer's thread something.
  Result<void> ask(const std::function<void(StoreWriter &)> &question);

  /// Reads the file again with a mapping (JSON; empty: none) and replaces its readings.
  Result<Corrected> readAgain(Corrections &corrections, FileCheckpoint file, std::string mapping,
                              bool own) const;

  const CorrectionReport &report() const { return m_report; }

private:
  Result<Corrected> onWriter(const Step &step);
  void progress(std::size_t done, std::size_t total);

  CorrectionDesk &m_desk;
  const std::atomic<bool> &m_cancelled;
  CorrectionReport m_report;
};

} // namespace meteorograph
