// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/FileTracker.h"
#include "core/source/RecordParser.h"

#include <atomic>
#include <functional>
#include <vector>

namespace meteorograph {

/// Reads a file on behind its checkpoint, in pieces of bounded size, and hands out batches with the
/// checkpoint behind each. Belongs to the parser's thread.
class FileReader {
public:
  /// Takes a batch; false means stop.
  using Sink = std::function<bool(FileBatch &&)>;

  struct Options {
    bool take_tail = false;             ///< accept an unterminated last line
    bool following = false;             ///< the file's state afterwards: following, else done
    std::int64_t max_bytes = INT64_MAX; ///< give others a turn after so many
    const std::atomic<bool> *stop = nullptr;
    std::function<void(std::int64_t bytes)> progress;
  };
  /// What came of it.
  enum class Outcome {
    AtEnd,
    MoreToRead, ///< the decision stands where reading goes on
    ReadAgain,  ///< what has come shows that what was handed out before was misread
    Stopped
  };
  Outcome read(FileDecision &decision, const Options &options, const Sink &sink);

private:
  struct Work;
  Outcome readOn(Work &work);
  bool openParser(Work &work, std::string_view head, bool final);
  Consumed parse(Work &work);
  void beginOversized(Work &work);
  bool skipOversized(Work &work);
  bool endInOversized(Work &work);
  bool flush(Work &work, bool last);
  bool flushTail(Work &work, std::string_view rest);
  void fail(Work &work, std::string reason, bool again);

  std::vector<char> m_buffer; ///< for one file after the other
};

} // namespace meteorograph
