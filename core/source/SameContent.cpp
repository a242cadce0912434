// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/SameContent.h"

#include "core/source/ContentHash.h"

#include <utility>

namespace meteorograph {

namespace {
/// So many files of one content are looked at each by itself, each time.
constexpr std::size_t kFew = 32;

/// Of nothing it is 0.
std::uint64_t hashOf(std::string_view bytes) { return bytes.empty() ? 0 : ContentHash::of(bytes); }
} // namespace

void SameContent::addLost(const FileCheckpoint &file) {
  const std::int64_t bytes = file.fingerprint.head_bytes;
  if (bytes >= ContentHash::kHeadBytes || bytes + file.tail_bytes == 0)
    return;
  const Hashes hashes{bytes > 0 ? file.fingerprint.head : 0, file.tail_bytes > 0 ? file.tail_hash : 0};
  m_lost[{bytes, file.tail_bytes}][hashes].insert_or_assign(file.id, file.path);
}

void SameContent::setLost(const std::vector<std::string> &paths) {
  m_lost.clear();
  m_many.clear();
  m_unread = paths;
  readLost();
}

bool SameContent::readLost() {
  std::vector<std::string> unread;
  for (std::string &path : std::exchange(m_unread, {})) {
    m_catalog.takeFailure();
    const std::optional<FileCheckpoint> file = m_catalog.byPath(path);
    if (m_catalog.takeFailure())
      unread.push_back(std::move(path));
    else if (file)
      addLost(*file);
  }
  m_unread = std::move(unread);
  return m_unread.empty();
}

void SameContent::refresh() {
  std::vector<std::string> paths = m_unread;
  for (const auto &[lengths, groups] : m_lost)
    for (const auto &[hashes, group] : groups)
      for (const auto &[id, path] : group)
        paths.push_back(path);
  setLost(paths);
}

/// Unless it was replaced.
std::optional<FileCheckpoint> SameContent::file(std::int64_t id) {
  std::optional<FileCheckpoint> file = m_catalog.byId(id);
  if (!file)
    m_failed = m_catalog.takeFailure() || m_failed;
  return file && file->state != FileState::Replaced ? std::move(file) : std::nullopt;
}

/// What has come up again since, or was replaced, is not lost any more.
std::optional<FileCheckpoint> SameContent::firstLost(Group &group) {
  while (!group.empty()) {
    std::optional<FileCheckpoint> first = file(group.begin()->first);
    if (m_failed)
      return std::nullopt;
    if (first && !m_isThere(*first))
      return first;
    group.erase(group.begin());
  }
  return std::nullopt;
}

/// Nothing where there are `few`. All have been looked at when the first of many is asked for, and are again
/// after as many looks as there were of them; in between those count that are known to be lost.
SameContent::Many *SameContent::manyWith(std::uint64_t head, std::size_t bytes,
                                         std::vector<FileCheckpoint> &few) {
  const auto known = m_many.find(head);
  if (known != m_many.end() && known->second.looks-- > 0)
    return &known->second;
  m_many.erase(head);
  few = m_catalog.byHead(head);
  m_failed = m_catalog.takeFailure() || m_failed;
  // Of longer ones that begin alike each may hold something else.
  if (m_failed || few.size() <= kFew || bytes >= ContentHash::kHeadBytes)
    return nullptr;
  Many &many = m_many[head];
  many.looks = few.size();
  for (const FileCheckpoint &file : std::exchange(few, {})) {
    if (file.tail_bytes > 0) // it holds more than the new one
      continue;
    if (m_isThere(file))
      many.one = file.id;
    else
      addLost(file);
  }
  return &many;
}

std::vector<FileCheckpoint> SameContent::candidates(std::string_view head) {
  std::vector<FileCheckpoint> found;
  const std::uint64_t whole = ContentHash::of(head);
  if (const Many *many = manyWith(whole, head.size(), found); many && many->one != 0) {
    std::optional<FileCheckpoint> one = file(many->one);
    if (one && one->fingerprint.head == whole && one->tail_bytes == 0)
      found.push_back(std::move(*one));
    else
      m_many.erase(whole); // it went another way; the others are looked at the next time
  }
  addLostLike(head, found);
  return found;
}

void SameContent::addLostLike(std::string_view head, std::vector<FileCheckpoint> &found) {
  const auto part = [head](std::int64_t from, std::int64_t bytes) {
    return hashOf(head.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(bytes)));
  };
  const auto size = static_cast<std::int64_t>(head.size());
  for (auto &[lengths, groups] : m_lost) {
    const auto [lines, tail] = lengths;
    if (lines > size)
      break;
    const bool isWhole = lines + tail <= size; // else a head does not tell of the tail
    if (!isWhole && size < ContentHash::kHeadBytes)
      continue;
    const Hashes hashes{part(0, lines), isWhole ? part(lines, tail) : 0};
    for (auto at = groups.lower_bound(hashes); at != groups.end(); ++at) {
      if (isWhole ? at->first != hashes : at->first.first != hashes.first)
        break;
      if (std::optional<FileCheckpoint> lost = firstLost(at->second))
        found.push_back(std::move(*lost));
    }
  }
}

} // namespace meteorograph
