// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/PendingFiles.h"

#include <algorithm>

namespace meteorograph {

void PendingFiles::forget(const FileCheckpoint &old) {
  m_byInode.erase({old.identity.inode, old.id});
  m_byHead.erase({old.fingerprint.head, old.id});
  const auto path = m_byPath.find(old.path);
  if (path != m_byPath.end() && path->second == old.id)
    m_byPath.erase(path);
}

void PendingFiles::put(FileCheckpoint file, std::uint64_t sequence) {
  Entry &entry = m_entries[file.id];
  if (entry.checkpoint.id == file.id)
    forget(entry.checkpoint);
  entry = {std::move(file), sequence};
  const FileCheckpoint &checkpoint = entry.checkpoint;
  m_ended.erase(checkpoint.id);
  if (checkpoint.active)
    m_byPath[checkpoint.path] = checkpoint.id;
  m_byInode.emplace(checkpoint.identity.inode, checkpoint.id);
  m_byHead.emplace(checkpoint.fingerprint.head, checkpoint.id);
}

void PendingFiles::end(std::int64_t id, bool replaced, std::uint64_t sequence) {
  m_ended[id] = {replaced, sequence};
  const auto found = m_entries.find(id);
  if (found == m_entries.end())
    return;
  if (replaced) {
    forget(found->second.checkpoint);
    m_entries.erase(found);
    return;
  }
  FileCheckpoint retired = found->second.checkpoint;
  retired.active = false;
  put(retired, sequence);
  m_ended[id] = {replaced, sequence};
}

void PendingFiles::settle(std::uint64_t sequence) {
  for (auto at = m_entries.begin(); at != m_entries.end();) {
    if (at->second.sequence > sequence) {
      ++at;
      continue;
    }
    forget(at->second.checkpoint);
    at = m_entries.erase(at);
  }
  std::erase_if(m_ended, [sequence](const auto &entry) { return entry.second.sequence <= sequence; });
}

const FileCheckpoint *PendingFiles::pendingAt(std::string_view path) const {
  if (m_entries.empty())
    return nullptr;
  const auto found = m_byPath.find(path);
  return found == m_byPath.end() ? nullptr : &m_entries.at(found->second).checkpoint;
}

/// What is pending is newer than what is stored of the same file.
void PendingFiles::dropPending(std::vector<FileCheckpoint> &stored) const {
  std::erase_if(stored, [this](const FileCheckpoint &file) { return m_entries.contains(file.id); });
}

std::optional<FileCheckpoint> PendingFiles::byPath(std::string_view path) {
  if (const FileCheckpoint *pending = pendingAt(path))
    return *pending;
  std::optional<FileCheckpoint> stored = m_stored.byPath(path);
  if (stored && (m_entries.contains(stored->id) || m_ended.contains(stored->id)))
    return std::nullopt; // it has moved away, or another generation is on its way
  return stored;
}

std::optional<FileCheckpoint> PendingFiles::byId(std::int64_t id) {
  const auto pending = m_entries.find(id);
  if (pending != m_entries.end())
    return pending->second.checkpoint;
  const auto ended = m_ended.find(id);
  return ended != m_ended.end() && ended->second.replaced ? std::nullopt : m_stored.byId(id);
}

std::optional<bool> PendingFiles::isPendingSettled(std::string_view path,
                                                   const FileIdentity &identity) const {
  const FileCheckpoint *pending = pendingAt(path);
  if (!pending)
    return std::nullopt;
  const bool waits = pending->pending_bytes > 0 && pending->state != FileState::Failed;
  return pending->identity == identity && !pending->recheck && !waits;
}

bool PendingFiles::isSettled(std::string_view path, const FileIdentity &identity) {
  const std::optional<bool> pending = isPendingSettled(path, identity);
  return pending ? *pending : m_stored.isSettled(path, identity);
}

std::vector<FileCheckpoint> PendingFiles::byInode(std::uint64_t inode) {
  std::vector<FileCheckpoint> all = m_stored.byInode(inode);
  dropPending(all);
  std::erase_if(all, [this](const FileCheckpoint &file) { return m_ended.contains(file.id); });
  for (auto at = m_byInode.lower_bound({inode, 0}); at != m_byInode.end() && at->first == inode; ++at)
    if (m_entries.at(at->second).checkpoint.active)
      all.push_back(m_entries.at(at->second).checkpoint);
  return all;
}

std::vector<FileCheckpoint> PendingFiles::byHead(std::uint64_t head_hash) {
  std::vector<FileCheckpoint> all = m_stored.byHead(head_hash);
  dropPending(all);
  std::erase_if(all, [this](FileCheckpoint &file) {
    const auto ended = m_ended.find(file.id);
    if (ended != m_ended.end())
      file.active = false;
    return ended != m_ended.end() && ended->second.replaced;
  });
  for (auto at = m_byHead.lower_bound({head_hash, 0}); at != m_byHead.end() && at->first == head_hash; ++at)
    all.push_back(m_entries.at(at->second).checkpoint);
  return all;
}

std::optional<FileCheckpoint> PendingFiles::retiredAt(std::string_view path) {
  for (const auto &[id, entry] : m_entries)
    if (!entry.checkpoint.active && entry.checkpoint.path == path)
      return entry.checkpoint;
  std::optional<FileCheckpoint> stored = m_stored.retiredAt(path);
  return stored && m_entries.contains(stored->id) ? std::nullopt : stored;
}

} // namespace meteorograph
