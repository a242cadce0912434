// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/ReferenceModel.h"

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

/// What programs do to files, and when they are looked at.
enum class Deed {
  Create,
  Append,
  Rotate,       ///< log → log.1 → log.2, and a new log
  CopyTruncate, ///< log → log.1 by copy, and log emptied
  Empty,        ///< emptied, looked at, then written anew
  Shorten,
  Replace,      ///< other content renamed over it
  ReplaceGrown, ///< the same and more renamed over it
  Rewrite,      ///< in place: shorter, longer, or of the same size
  Remove,
  Move,
  MoveOver, ///< takes the name of another
  MoveFolder,
  Swap,
  Copy, ///< the same content under another name
  Pack, ///< becomes its gzip
  Scan,
  Reopen,
  Wait,
  Count_
};
const char *toString(Deed deed);

/// A deed and numbers that say to which file and how: whatever they are, and whatever went before, it
/// can be done, so that any part of a history is one.
struct Step {
  Deed deed = Deed::Scan;
  std::uint32_t which = 0;
  std::uint32_t how = 0;
  std::size_t number = 0; ///< its place in the whole history
};
using History = std::vector<Step>;

/// The history of a seed.
History historyOf(std::uint32_t seed);

/// Files in memory and, the same, on disk below a folder: what a history works on.
class HistoryFolder {
public:
  /// `seed`: of the lines that are written.
  HistoryFolder(std::string root, std::uint32_t seed, meteorograph::TimeUs now);

  /// Does what the step says; false where there is no file to do it to, or it could mean two things.
  bool apply(const Step &step, const ReferenceModel &model);
  /// Ends each line that was begun.
  void completeLines(bool with_newline);
  const ModelFolder &files() const { return m_files; }
  /// Files were copied or emptied: while following, they are to be at rest when they are looked at.
  bool needsRest() const { return m_needsRest; }
  void wasScanned() { m_needsRest = false; }

  meteorograph::TimeUs now;

private:
  /// Who writes a file.
  struct Writer {
    bool json = true;
    bool carriageReturn = false;
    std::string waiting;  ///< whole lines that are not or only partly written
    std::size_t head = 0; ///< bytes up to the end of the first line of data
    std::string last;     ///< the line before
    std::int64_t second = 0;
  };
  Writer newWriter(std::uint32_t how);
  void addLine(Writer &writer);
  std::string take(Writer &writer, std::size_t bytes);
  std::string contentOf(Writer &writer, std::uint32_t how);
  std::string pick(std::uint32_t which) const;
  std::string newName(bool json);
  bool hasWholeHead(const std::string &path) const;
  void put(const std::string &path, const std::string &bytes, bool in_place);
  void append(const std::string &path, std::uint32_t how);
  void rename(const std::string &from, const std::string &to);
  void copy(const std::string &from, const std::string &to);
  void remove(const std::string &path);
  void rotate(const std::string &path, bool by_copy);
  void rewrite(const std::string &path, std::uint32_t how);
  bool moveOver(const std::string &from, const std::string &to);
  void swap(const std::string &a, const std::string &b);
  void moveFolder(const std::string &path);
  void pack(const std::string &path, std::uint32_t how);
  void touch(const std::string &path);
  std::string onDisk(const std::string &path) const { return m_root + "/" + path; }

  std::string m_root;
  std::mt19937 m_random;
  ModelFolder m_files;
  std::map<std::string, Writer> m_writers; ///< by path
  int m_serial = 0;
  bool m_needsRest = false;
};

/// The shortest part of a history that still fails that was found by leaving out steps.
History shrunk(History history, const std::function<bool(const History &)> &fails);
/// The steps in words, a line each.
std::string describe(const History &history);
/// `seed` or `seed:0,4,7`, the numbers of the steps that are left: what names a history, and that history.
std::string nameOf(std::uint32_t seed, const History &history);
History historyNamed(const std::string &name, std::uint32_t &seed);
