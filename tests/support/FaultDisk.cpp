// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FaultDisk.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

constexpr std::size_t kSector = 512;

void put(std::string &content, std::int64_t offset, const char *bytes, std::size_t size) {
  const auto at = static_cast<std::size_t>(offset);
  content.resize(std::max(content.size(), at + size));
  content.replace(at, size, bytes, size);
}

} // namespace

FaultDisk::Handle FaultDisk::open(const std::string &path) {
  if (const auto known = m_names.find(path); known != m_names.end())
    return known->second;
  const auto file = std::make_shared<File>();
  const bool removed = m_synced.contains(path);
  std::ifstream content(path, std::ios::binary);
  if (content && !removed) {
    file->synced = {std::istreambuf_iterator<char>(content), {}};
    m_synced[path] = file;
  }
  m_names[path] = file;
  return file;
}

void FaultDisk::remove(const std::string &path) {
  open(path);
  m_names.erase(path);
}

void FaultDisk::write(File &file, std::int64_t offset, const void *bytes, std::size_t size) {
  file.changes.push_back({offset, {static_cast<const char *>(bytes), size}, false});
}

void FaultDisk::truncate(File &file, std::int64_t size) { file.changes.push_back({size, {}, true}); }

void FaultDisk::sync(File &file) {
  for (const File::Change &change : file.changes)
    if (change.truncates)
      file.synced.resize(static_cast<std::size_t>(change.offset));
    else
      put(file.synced, change.offset, change.bytes.data(), change.bytes.size());
  file.changes.clear();
}

/// Sectors reach the disk in any order; the last one of the last write is torn, if it does.
std::string FaultDisk::remains(const File &file, std::mt19937 &random) {
  std::string content = file.synced;
  const unsigned kept = random() % 4; // of four sectors: none, some or most
  for (std::size_t i = 0; i < file.changes.size(); ++i) {
    const File::Change &change = file.changes[i];
    if (change.truncates) {
      if (random() % 4 < kept)
        content.resize(static_cast<std::size_t>(change.offset));
      continue;
    }
    for (std::size_t at = 0; at < change.bytes.size(); at += kSector) {
      std::size_t size = std::min(kSector, change.bytes.size() - at);
      if (i + 1 == file.changes.size() && at + size == change.bytes.size())
        size = random() % size;
      if (random() % 4 < kept)
        put(content, change.offset + static_cast<std::int64_t>(at), change.bytes.data() + at, size);
    }
  }
  return content;
}

void FaultDisk::cutPower(std::mt19937 &random) {
  std::map<std::string, Handle> all = m_synced;
  all.insert(m_names.begin(), m_names.end());
  for (const auto &[path, either] : all) {
    const auto now = m_names.find(path);
    const auto then = m_synced.find(path);
    const bool isNow = random() % 2 == 0;
    const Handle file = isNow ? (now == m_names.end() ? nullptr : now->second)
                              : (then == m_synced.end() ? nullptr : then->second);
    if (file)
      std::ofstream(path, std::ios::binary | std::ios::trunc) << remains(*file, random);
    else
      std::filesystem::remove(path);
  }
  forget();
}

void FaultDisk::forget() {
  m_names.clear();
  m_synced.clear();
}
