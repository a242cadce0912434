// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

/// What a disk would hold of some files if power failed now. The files themselves hold what was written;
/// here is what was synced, and what has been done since.
class FaultDisk {
public:
  struct File {
    std::string synced;
    struct Change {
      std::int64_t offset; ///< of a truncation the new size
      std::string bytes;
      bool truncates;
    };
    std::vector<Change> changes;
  };
  using Handle = std::shared_ptr<File>;

  /// The file at a path, which is on the disk as it is if nothing is known of it and it is there.
  Handle open(const std::string &path);
  void remove(const std::string &path);
  static void write(File &file, std::int64_t offset, const void *bytes, std::size_t size);
  static void truncate(File &file, std::int64_t size);
  static void sync(File &file);
  /// As a kernel may do when it cannot sync: programs see what was written, the disk never will.
  static void lose(File &file) { file.changes.clear(); }
  void syncNames() { m_synced = m_names; }

  /// Makes the files what the disk holds now.
  void cutPower(std::mt19937 &random);
  void forget();

private:
  static std::string remains(const File &file, std::mt19937 &random);

  std::map<std::string, Handle> m_names;  ///< as programs see them
  std::map<std::string, Handle> m_synced; ///< as the folder on the disk has them; null: not there
};
