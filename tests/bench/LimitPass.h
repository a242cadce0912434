// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/BareTable.h"
#include "tests/bench/Corpus.h"

#include "core/source/RecordParser.h"
#include "core/store/StoreWriter.h"

#include <memory>
#include <optional>

namespace meteorograph::bench {

/// One pass over a corpus on one thread that times its steps apart, piece by piece in turn: each file
/// is read, split into lines, parsed; each hundred thousand readings are committed to a store and
/// inserted into a bare table. Nothing is ever held but one commit's readings.
class LimitPass {
public:
  enum class Parts {
    Source, ///< read, split and parse
    All     ///< commit and insert as well
  };
  struct Seconds {
    double read = 0;   ///< open, read and close
    double split = 0;  ///< find every newline with memchr
    double parse = 0;  ///< by the parser that the format asks for
    double commit = 0; ///< StoreWriter::commit
    double bare = 0;   ///< BareTable::insert
  };

  /// Stores are made anew in `folder`, which is emptied afterwards.
  LimitPass(std::string folder, Parts parts);
  ~LimitPass();
  LimitPass(const LimitPass &) = delete;
  LimitPass &operator=(const LimitPass &) = delete;

  /// Fails when it finds another number of readings than the corpus has.
  Seconds run(const Corpus &corpus);

private:
  void takeFile(const std::string &path);
  std::int64_t countLines() const;
  void parse(const std::string &path);
  void flush(const RecordParser &parser, FileCheckpoint &file, Batch &batch);
  void commit();

  std::string m_folder;
  std::unique_ptr<StoreWriter> m_store;
  std::optional<BareTable> m_bare;
  std::vector<char> m_bytes; ///< of one file, and the padding behind it
  std::int64_t m_files = 0;
  std::int64_t m_lines = 0;
  std::int64_t m_readings = 0;
  std::vector<FileBatch> m_gathered;
  std::size_t m_gatheredRows = 0;
  Seconds m_seconds;
};

} // namespace meteorograph::bench
