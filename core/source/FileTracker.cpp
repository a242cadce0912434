// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FileTracker.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <sys/stat.h>
#include <vector>

namespace meteorograph {

namespace {

/// A file changed so shortly before it was looked at may change again without its times telling.
constexpr TimeUs kFresh = 2 * kSecond;
/// Up to here the whole prefix is compared with its fingerprint; beyond, for a file that has grown in
/// place, its first 4 KiB and its last block.
constexpr std::int64_t kThoroughBytes = 1 << 20;

std::optional<FileIdentity> identityAt(const std::string &path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
    return std::nullopt;
  return identityOf(status);
}

/// Hashes content from where the reader stands up to an offset; nothing where it ends before.
bool hashUpTo(ByteReader &reader, std::int64_t offset, ContentHash &hash) {
  std::vector<char> buffer(static_cast<std::size_t>(ContentHash::kBlockBytes));
  while (hash.bytes() < offset) {
    const auto want =
        static_cast<std::size_t>(std::min<std::int64_t>(ContentHash::kBlockBytes, offset - hash.bytes()));
    const Result<std::size_t> got = reader.read(buffer.data(), want);
    if (!got || *got == 0)
      return false;
    hash.update({buffer.data(), *got});
  }
  return true;
}

std::optional<std::string> readFrom(ByteReader &reader, std::int64_t offset, std::int64_t size) {
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const Result<bool> there = reader.seek(offset);
  if (!there || !*there)
    return std::nullopt;
  const Result<std::size_t> got = reader.read(bytes.data(), bytes.size());
  if (!got)
    return std::nullopt;
  bytes.resize(*got);
  return bytes;
}

} // namespace

bool FileTracker::isFresh(const FileIdentity &now) const {
  return std::max(now.mtime_ns, now.ctime_ns) / 1000 > m_clock() - kFresh;
}

/// The content's hash up to the checkpoint, when the bytes before it are what they were.
std::optional<ContentHash> FileTracker::verify(ByteReader &reader, const FileCheckpoint &known,
                                               bool thoroughly) {
  const Fingerprint &print = known.fingerprint;
  if (thoroughly || reader.compressed() || known.offset <= kThoroughBytes) {
    ContentHash hash;
    const Result<bool> there = reader.seek(0);
    if (!there || !*there || !hashUpTo(reader, known.offset, hash) || !(hash.fingerprint() == print))
      return std::nullopt;
    return hash;
  }
  const std::optional<std::string> head = readFrom(reader, 0, print.head_bytes);
  if (!head || ContentHash::of(*head) != print.head)
    return std::nullopt;
  const std::int64_t blocks = known.offset / ContentHash::kBlockBytes;
  ContentHash hash(print, blocks);
  const Result<bool> there = reader.seek(blocks * ContentHash::kBlockBytes);
  if (!there || !*there || !hashUpTo(reader, known.offset, hash) || hash.fingerprint().rest != print.rest)
    return std::nullopt;
  return hash;
}

/// Whether the path still holds the content that was read from it.
bool FileTracker::stillThere(const FileCheckpoint &known) {
  if (!known.active)
    return false;
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(known.path);
  return reader && verify(**reader, known, true).has_value();
}

FileDecision FileTracker::failed(const std::string &path, const Error &error) {
  FileDecision decision;
  FileCheckpoint file = m_catalog.byPath(path).value_or(FileCheckpoint{});
  if (file.id != 0 && file.error == error.message)
    return decision;
  if (file.id == 0) {
    file.id = m_catalog.newId();
    file.path = path;
    file.identity = identityAt(path).value_or(FileIdentity{});
  }
  file.state = FileState::Failed;
  file.error = error.message;
  decision.kind = FileDecision::Kind::Save;
  decision.step.checkpoint = std::move(file);
  return decision;
}

FileDecision FileTracker::look(const std::string &path, std::vector<FileBatch> &also) {
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  if (!reader)
    return failed(path, reader.error());
  const Result<FileIdentity> now = (*reader)->identity();
  if (!now)
    return failed(path, now.error());
  m_looking.insert(path);
  std::optional<FileCheckpoint> known = m_catalog.byPath(path);
  FileDecision decision = known ? lookAtKnown(std::move(*known), std::move(*reader), *now, also)
                                : lookAtUnknown(path, std::move(*reader), *now);
  m_looking.erase(path);
  return decision;
}

std::optional<FileBatch> FileTracker::lost(const std::string &path) {
  std::optional<FileCheckpoint> known = m_catalog.byPath(path);
  struct stat status {};
  if (!known || known->state == FileState::Vanished || ::stat(path.c_str(), &status) == 0)
    return std::nullopt;
  FileBatch step;
  step.checkpoint = std::move(*known);
  step.checkpoint.state = FileState::Vanished;
  step.checkpoint.pending_bytes = 0;
  return step;
}

FileDecision FileTracker::lookAtKnown(FileCheckpoint known, std::unique_ptr<ByteReader> reader,
                                      const FileIdentity &now, std::vector<FileBatch> &also) {
  const std::string path = known.path;
  if (known.identity.inode != now.inode || known.identity.device != now.device) {
    // Another file took the path: a rotation moves the old one first.
    followRotation(known, also);
    std::optional<FileCheckpoint> left = m_catalog.byPath(path);
    if (!left)
      return lookAtUnknown(path, std::move(reader), now);
    ContentHash hash;
    if (std::optional<FileCheckpoint> moved = movedFrom(path, *reader, now, hash)) {
      moved->path = path;
      return goOn(std::move(*moved), std::move(reader), now, std::move(hash));
    }
  }
  const bool onlyGrown =
      known.identity == now || (known.identity.inode == now.inode && now.size > known.identity.size);
  if (std::optional<ContentHash> hash = verify(*reader, known, !onlyGrown))
    return goOn(std::move(known), std::move(reader), now, std::move(*hash));
  return newGeneration(known, std::move(reader), now, now.size > 0);
}

FileDecision FileTracker::newGeneration(const FileCheckpoint &known, std::unique_ptr<ByteReader> reader,
                                        const FileIdentity &now, bool replaces) {
  FileDecision decision;
  decision.kind = replaces ? FileDecision::Kind::Read : FileDecision::Kind::Save;
  (replaces ? decision.step.replaces : decision.step.retires) = known.id;
  decision.step.note = known.path + (replaces ? " was rewritten: its readings are replaced"
                                              : " was emptied: what follows is added to its readings");
  FileCheckpoint &file = decision.step.checkpoint;
  file.id = m_catalog.newId();
  file.path = known.path;
  file.generation = known.generation + 1;
  file.identity = now;
  file.recheck = isFresh(now);
  file.fingerprint = decision.hash.fingerprint();
  const Result<bool> start = reader->seek(0);
  if (!start)
    return failed(known.path, start.error());
  decision.reader = std::move(reader);
  return decision;
}

FileDecision FileTracker::goOn(FileCheckpoint known, std::unique_ptr<ByteReader> reader,
                               const FileIdentity &now, ContentHash hash) {
  FileDecision decision;
  decision.kind = FileDecision::Kind::Read;
  decision.known = m_catalog.byPath(known.path);
  known.identity = now;
  known.recheck = isFresh(now);
  known.active = true;
  known.error.clear();
  if (known.tail_bytes > 0) {
    const std::optional<std::string> tail = readFrom(*reader, known.offset, known.tail_bytes + 1);
    const bool same = tail && static_cast<std::int64_t>(tail->size()) == known.tail_bytes &&
                      ContentHash::of(*tail) == known.tail_hash;
    decision.kind = same ? FileDecision::Kind::Save : FileDecision::Kind::Read;
    decision.step.withdraws_tail = !same;
    if (!same)
      known.tail_bytes = 0;
    const Result<bool> back = reader->seek(known.offset);
    if (!back || !*back)
      return failed(known.path, {ErrorCode::Unreadable, "cannot read " + known.path});
  }
  decision.hash = std::move(hash);
  decision.reader = std::move(reader);
  decision.step.checkpoint = std::move(known);
  return decision;
}

FileDecision FileTracker::lookAtUnknown(const std::string &path, std::unique_ptr<ByteReader> reader,
                                        const FileIdentity &now) {
  ContentHash hash;
  std::optional<FileCheckpoint> earlier = movedFrom(path, *reader, now, hash);
  std::string twin;
  if (!earlier)
    earlier = sameContent(path, *reader, now, hash, twin);
  if (earlier) {
    FileDecision decision;
    const std::string note = earlier->path + " is now " + path;
    earlier->path = path;
    decision = goOn(std::move(*earlier), std::move(reader), now, std::move(hash));
    decision.step.note = note;
    return decision;
  }
  FileDecision decision;
  if (now.size == 0)
    return decision;
  if (!twin.empty() && m_patient && isFresh(now)) {
    decision.kind = FileDecision::Kind::Later;
    return decision;
  }
  if (!twin.empty())
    decision.step.warning = path + " has the same content as " + twin + "; both are kept";
  decision.kind = FileDecision::Kind::Read;
  FileCheckpoint &file = decision.step.checkpoint;
  file.id = m_catalog.newId();
  file.path = path;
  file.identity = now;
  file.recheck = isFresh(now);
  file.fingerprint = decision.hash.fingerprint();
  const Result<bool> start = reader->seek(0);
  if (!start)
    return failed(path, start.error());
  decision.reader = std::move(reader);
  return decision;
}

/// The known file that is now at this path under the same inode.
std::optional<FileCheckpoint> FileTracker::movedFrom(const std::string &path, ByteReader &reader,
                                                     const FileIdentity &now, ContentHash &hash) {
  for (FileCheckpoint &file : m_catalog.byInode(now.inode)) {
    if (file.path == path || file.identity.device != now.device || file.offset + file.tail_bytes == 0)
      continue;
    const std::optional<FileIdentity> there = identityAt(file.path);
    if (there && there->inode == now.inode && there->device == now.device)
      continue; // a hard link: both paths live
    if (std::optional<ContentHash> same = verify(reader, file, true)) {
      hash = std::move(*same);
      return file;
    }
  }
  return std::nullopt;
}

/// The known file whose content begins this one and is no longer where it was. Where it still is,
/// its path comes out as `twin`.
std::optional<FileCheckpoint> FileTracker::sameContent(const std::string &path, ByteReader &reader,
                                                       const FileIdentity &now, ContentHash &hash,
                                                       std::string &twin) {
  const std::optional<std::string> head = readFrom(reader, 0, ContentHash::kHeadBytes);
  if (!head || head->empty())
    return std::nullopt;
  std::vector<FileCheckpoint> candidates = m_catalog.byHead(ContentHash::of(*head));
  for (const std::string &lostPath : m_vanished)
    if (std::optional<FileCheckpoint> file = m_catalog.byPath(lostPath)) {
      const auto bytes = static_cast<std::size_t>(file->fingerprint.head_bytes);
      if (bytes < head->size() &&
          ContentHash::of(std::string_view(*head).substr(0, bytes)) == file->fingerprint.head)
        candidates.push_back(std::move(*file));
    }
  for (FileCheckpoint &file : candidates) {
    if (file.path == path || file.offset == 0)
      continue;
    std::optional<ContentHash> same = verify(reader, file, true);
    if (!same)
      continue;
    if (!stillThere(file)) {
      hash = std::move(*same);
      return file;
    }
    if (file.identity.size == now.size)
      twin = file.path;
  }
  return std::nullopt;
}

/// Looks in the folder for the file that used to be at the path, and takes note of its new name.
void FileTracker::followRotation(const FileCheckpoint &known, std::vector<FileBatch> &also) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(known.path).parent_path();
  for (const auto &entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string path = entry.path().string();
    const std::optional<FileIdentity> there = identityAt(path);
    if (!there || there->inode != known.identity.inode || there->device != known.identity.device ||
        path == known.path || m_looking.contains(path))
      continue;
    FileDecision decision = look(path, also);
    if (decision.kind != FileDecision::Kind::Save && decision.kind != FileDecision::Kind::Read)
      return;
    // Only the new name matters here; its own visit reads on.
    FileBatch renamed = std::move(decision.step);
    if (renamed.checkpoint.id != known.id)
      return;
    renamed.withdraws_tail = false;
    renamed.checkpoint.tail_bytes = known.tail_bytes;
    renamed.checkpoint.identity.size = known.identity.size;
    renamed.checkpoint.identity.mtime_ns = known.identity.mtime_ns;
    renamed.checkpoint.recheck = true;
    m_catalog.put(renamed.checkpoint, UINT64_MAX);
    also.push_back(std::move(renamed));
    return;
  }
}

} // namespace meteorograph
