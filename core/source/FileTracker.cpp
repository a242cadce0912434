// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FileTracker.h"

#include "core/source/ContentCheck.h"
#include "core/source/FolderScan.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <sys/stat.h>
#include <vector>

namespace meteorograph {

namespace {

/// Up to here the whole prefix is compared with its fingerprint; beyond, for a file that has grown in
/// place, its first 4 KiB and its last block.
constexpr std::int64_t kThoroughBytes = 1 << 20;
/// How long a folder's listing serves to follow rotations in it.
constexpr std::chrono::milliseconds kListingAge{200};
constexpr std::size_t kMaxListings = 64;

std::optional<FileIdentity> identityAt(const std::string &path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
    return std::nullopt;
  return identityOf(status);
}

bool isSameInode(const FileIdentity &a, const FileIdentity &b) {
  return a.inode == b.inode && a.device == b.device;
}

std::optional<std::string> readFrom(ByteReader &reader, std::int64_t offset, std::int64_t size) {
  constexpr std::int64_t kMost = 32 << 20; // more than a record is long, whatever a checkpoint says
  if (size > kMost)
    return std::nullopt;
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

/// Nothing of the file has been taken in that its content could be known by.
bool isBlank(const FileCheckpoint &file) { return file.offset == 0 && file.tail_bytes == 0; }

} // namespace

bool FileTracker::isFresh(const FileIdentity &now) const { return isFreshlyChanged(now, m_clock()); }

FileDecision FileTracker::later() const {
  FileDecision decision;
  decision.kind = FileDecision::Kind::Later;
  return decision;
}

FileDecision FileTracker::gone() const {
  FileDecision decision;
  decision.kind = FileDecision::Kind::Gone;
  return decision;
}

FileTracker::Match FileTracker::verify(ByteReader &reader, const FileCheckpoint &known, bool thoroughly) {
  const Fingerprint &print = known.fingerprint;
  if (thoroughly || reader.compressed()) {
    if (known.offset > kThoroughBytes)
      m_catalog.endLook(); // this takes long
    ContentHash hash;
    Result<bool> there = reader.seek(0);
    if (there)
      there = hashUpTo(reader, known.offset, hash);
    if (!there)
      return {std::nullopt, false, there.error()};
    if (!*there)
      return {std::nullopt, true, {}};
    return hash.fingerprint() == print ? Match{std::move(hash), false, {}} : Match{};
  }
  const std::optional<std::string> head = readFrom(reader, 0, print.head_bytes);
  if (!head || ContentHash::of(*head) != print.head)
    return {};
  const std::int64_t blocks = known.offset / ContentHash::kBlockBytes;
  ContentHash hash(print, blocks);
  Result<bool> there = reader.seek(blocks * ContentHash::kBlockBytes);
  if (there && *there)
    there = hashUpTo(reader, known.offset, hash);
  if (!there)
    return {std::nullopt, false, there.error()};
  if (!*there)
    return {std::nullopt, true, {}};
  return hash.fingerprint().rest == print.rest ? Match{std::move(hash), false, {}} : Match{};
}

/// Whether the unterminated line that was taken in stands behind the checkpoint, perhaps with more.
bool FileTracker::holdsTail(ByteReader &reader, const FileCheckpoint &known) {
  if (known.tail_bytes == 0)
    return true;
  const std::optional<std::string> tail = readFrom(reader, known.offset, known.tail_bytes);
  return tail && static_cast<std::int64_t>(tail->size()) == known.tail_bytes &&
         ContentHash::of(*tail) == known.tail_hash;
}

/// Whether the path still holds the content that was read from it.
bool FileTracker::stillThere(const FileCheckpoint &known) {
  if (!known.active)
    return false;
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(known.path);
  return reader && verify(**reader, known, true).hash && (known.offset > 0 || holdsTail(**reader, known));
}

/// A file that cannot be opened or read: its row says so, and it is tried again at each listing.
FileDecision FileTracker::failed(const std::string &path, const Error &error) {
  FileDecision decision;
  if (error.code == ErrorCode::Exhausted) {
    decision = later();
    decision.lack = error;
    return decision;
  }
  decision.known = m_catalog.byPath(path);
  FileCheckpoint file = decision.known.value_or(FileCheckpoint{});
  if (file.state == FileState::Removed)
    return {};
  if (file.id == 0) {
    file.id = m_catalog.newId();
    file.path = path;
    file.mapping = m_catalog.mappingFor(path);
  }
  file.identity.size = -1; // equals no file's: never settled
  file.state = FileState::Failed;
  file.error = error.message;
  decision.kind = FileDecision::Kind::Save;
  decision.step.checkpoint = std::move(file);
  return decision;
}

FileDecision FileTracker::look(const std::string &path, std::vector<FileBatch> &also) {
  const CatalogLook look(m_catalog);
  FileDecision decision = m_sameContent.readLost() ? decide(path, also) : later();
  // A file that only seems new, since the store could not be asked, would be read twice.
  const bool failed = m_catalog.takeFailure();
  if (!m_sameContent.takeFailure() && !failed)
    return decision;
  also.clear();
  return later();
}

FileDecision FileTracker::decide(const std::string &path, std::vector<FileBatch> &also) {
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  if (!reader)
    return isGone(path) ? gone() : failed(path, reader.error());
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
  if (!known || known->state == FileState::Vanished || ::stat(path.c_str(), &status) == 0 ||
      isUnmounted(path, known->identity.device))
    return std::nullopt;
  if (known->state == FileState::Removed) { // it stays so, under whatever name it comes back
    m_sameContent.addLost(*known);
    return std::nullopt;
  }
  FileBatch step;
  step.checkpoint = std::move(*known);
  step.checkpoint.state = FileState::Vanished;
  step.checkpoint.pending_bytes = 0;
  m_sameContent.addLost(step.checkpoint);
  return step;
}

void FileTracker::setVanished(const std::vector<std::string> &paths) {
  m_listings.clear();
  m_sameContent.setLost(paths);
}

FileDecision FileTracker::lookAtKnown(FileCheckpoint known, std::unique_ptr<ByteReader> reader,
                                      const FileIdentity &now, std::vector<FileBatch> &also) {
  const std::string path = known.path;
  if (!isSameInode(known.identity, now)) {
    // Another file took the path: a rotation moves the old one first.
    followRotation(known, also);
    std::optional<FileCheckpoint> left = m_catalog.byPath(path);
    if (!left)
      return lookAtUnknown(path, std::move(reader), now);
    ContentHash hash;
    std::optional<FileCheckpoint> moved = movedFrom(path, *reader, now, hash);
    if (!moved)
      moved = displacedFrom(now, *reader, hash);
    if (moved) {
      const std::int64_t displaced = left->id;
      // Written beside and renamed over: what it took over with the old content must not count twice.
      const bool repeats = !isBlank(*left) && verify(*reader, *left, true).hash.has_value();
      moved->path = path;
      FileDecision decision = goOn(std::move(*moved), std::move(reader), now, std::move(hash));
      if (repeats)
        decision.step.replaces = displaced;
      else
        m_sameContent.addLost(*left); // perhaps the two have changed places
      return decision;
    }
  }
  if (known.state == FileState::Removed)
    return stayRemoved(std::move(known), now);
  if (isBlank(known) && known.generation > 1 && now.size > 0) {
    // After a reset the same content may have been written again.
    std::optional<FileCheckpoint> earlier = m_catalog.retiredAt(path);
    if (Match match = earlier ? verify(*reader, *earlier, true) : Match{}; match.hash) {
      FileDecision decision = goOn(std::move(*earlier), std::move(reader), now, std::move(*match.hash));
      decision.step.retires = known.id;
      return decision;
    }
  }
  const bool thoroughly = mustVerifyAll(known, now);
  Match match = verify(*reader, known, thoroughly);
  if (match.error) // locked, say: no reason to give up what was read of it
    return failed(path, *match.error);
  if (match.hash && (now.size > 0 || isBlank(known))) {
    m_seenEmpty.erase(path);
    const bool recheckLater = known.recheck && !thoroughly && !reader->compressed();
    FileDecision decision = goOn(std::move(known), std::move(reader), now, std::move(*match.hash));
    decision.step.checkpoint.recheck = decision.step.checkpoint.recheck || recheckLater;
    return decision;
  }
  return otherContent(known, std::move(reader), now);
}

/// Of a file that has only grown its beginning and its last block tell, so that one that grows all the
/// time is not read from its start each time. What they cannot tell is found when it rests.
bool FileTracker::mustVerifyAll(const FileCheckpoint &known, const FileIdentity &now) const {
  const bool grown = isSameInode(known.identity, now) && now.size > known.identity.size;
  if (known.identity != now && !grown)
    return true;
  return known.recheck ? !isFresh(now) : known.offset <= kThoroughBytes;
}

/// Its user took it out: neither what grows nor what is written anew at its path comes in again.
FileDecision FileTracker::stayRemoved(FileCheckpoint known, const FileIdentity &now) {
  FileDecision decision;
  decision.known = m_catalog.byPath(known.path);
  if (decision.known == known && isSameInode(known.identity, now))
    return {}; // what it grows by is of no interest
  decision.kind = FileDecision::Kind::Save;
  known.identity = now;
  known.recheck = false;
  known.active = true;
  decision.step.checkpoint = std::move(known);
  return decision;
}

/// The path holds something else now: was the file rewritten, or emptied and written anew?
FileDecision FileTracker::otherContent(const FileCheckpoint &known, std::unique_ptr<ByteReader> reader,
                                       const FileIdentity &now) {
  if (now.size == 0) {
    m_seenEmpty.insert(known.path);
    m_sameContent.addLost(known); // perhaps it was copied before
    if (m_patient && isFresh(now))
      return later(); // what is written next tells
    return newGeneration(known, std::move(reader), now, false);
  }
  const bool seenEmpty = m_seenEmpty.erase(known.path) > 0;
  const std::optional<std::string> head = readFrom(*reader, 0, known.fingerprint.head_bytes);
  const bool beginsAlike = head && ContentHash::of(*head) == known.fingerprint.head;
  const bool replaces = known.state != FileState::Vanished && (!seenEmpty || beginsAlike);
  return newGeneration(known, std::move(reader), now, replaces);
}

FileDecision FileTracker::newGeneration(const FileCheckpoint &known, std::unique_ptr<ByteReader> reader,
                                        const FileIdentity &now, bool replaces) {
  FileDecision decision;
  decision.kind = now.size > 0 ? FileDecision::Kind::Read : FileDecision::Kind::Save;
  (replaces ? decision.step.replaces : decision.step.retires) = known.id;
  decision.step.note = known.path + (replaces ? " was rewritten: its readings are replaced"
                                              : " was emptied: what follows is added to its readings");
  FileCheckpoint &file = decision.step.checkpoint;
  file.id = m_catalog.newId();
  file.path = known.path;
  file.generation = known.generation + 1;
  file.mapping = known.own_mapping ? known.mapping : m_catalog.mappingFor(known.path);
  file.own_mapping = known.own_mapping;
  file.identity = now;
  file.recheck = isFresh(now);
  file.fingerprint = decision.hash.fingerprint();
  const Result<bool> start = reader->seek(0);
  if (!start)
    return failed(known.path, start.error());
  decision.reader = std::move(reader);
  return decision;
}

FileDecision FileTracker::again(FileDecision misread) {
  const FileCheckpoint known = misread.step.checkpoint;
  const std::optional<FileCheckpoint> stored = m_catalog.byPath(known.path);
  FileDecision decision = newGeneration(known, std::move(misread.reader), known.identity, true);
  decision.step.note = known.path + ": its dates turned out to mean something else; it is read again";
  if (!stored || stored->id != known.id) { // nothing was handed out yet, nor what it replaces
    decision.step.replaces = misread.step.replaces;
    decision.step.retires = misread.step.retires;
  }
  return m_catalog.takeFailure() ? later() : std::move(decision);
}

FileDecision FileTracker::goOn(FileCheckpoint known, std::unique_ptr<ByteReader> reader,
                               const FileIdentity &now, ContentHash hash) {
  if (known.state == FileState::Removed)
    return stayRemoved(std::move(known), now);
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
  }
  const Result<bool> back = reader->seek(known.offset);
  if (!back || !*back)
    return failed(known.path, {ErrorCode::Unreadable, "cannot read " + known.path});
  decision.hash = std::move(hash);
  decision.reader = std::move(reader);
  decision.step.checkpoint = std::move(known);
  return decision;
}

FileDecision FileTracker::lookAtUnknown(const std::string &path, std::unique_ptr<ByteReader> reader,
                                        const FileIdentity &now) {
  Same same;
  same.file = movedFrom(path, *reader, now, same.hash);
  if (!same.file)
    same = sameContent(path, *reader, now);
  if (same.file) {
    const std::string note = same.file->path + " is now " + path;
    same.file->path = path;
    FileDecision decision = goOn(std::move(*same.file), std::move(reader), now, std::move(same.hash));
    decision.step.note = note;
    return decision;
  }
  if (now.size == 0)
    return {};
  if (m_patient && isFresh(now) && (same.half || !same.twin.empty()))
    return later();
  FileDecision decision;
  if (!same.twin.empty())
    decision.step.warning = path + " has the same content as " + same.twin + "; both are kept";
  decision.kind = FileDecision::Kind::Read;
  FileCheckpoint &file = decision.step.checkpoint;
  file.id = m_catalog.newId();
  file.path = path;
  file.mapping = m_catalog.mappingFor(path);
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
    if (file.path == path || file.identity.device != now.device || isBlank(file))
      continue;
    const std::optional<FileIdentity> there = identityAt(file.path);
    if (there && isSameInode(*there, now))
      continue; // a hard link: both paths live
    Match match = verify(reader, file, true);
    if (match.hash && holdsTail(reader, file)) {
      hash = std::move(*match.hash);
      return file;
    }
  }
  return std::nullopt;
}

/// The same where another has taken its name before it was looked at itself: names went round.
std::optional<FileCheckpoint> FileTracker::displacedFrom(const FileIdentity &now, ByteReader &reader,
                                                         ContentHash &hash) {
  const std::optional<std::string> head = readFrom(reader, 0, ContentHash::kHeadBytes);
  if (!head || head->empty())
    return std::nullopt;
  for (FileCheckpoint &file : m_sameContent.candidates(*head)) {
    if (file.active || isBlank(file) || !isSameInode(file.identity, now))
      continue;
    Match match = verify(reader, file, true);
    if (match.hash && holdsTail(reader, file)) {
      hash = std::move(*match.hash);
      return file;
    }
  }
  return std::nullopt;
}

FileTracker::Same FileTracker::sameContent(const std::string &path, ByteReader &reader,
                                           const FileIdentity &now) {
  Same same;
  const std::optional<std::string> head = readFrom(reader, 0, ContentHash::kHeadBytes);
  if (!head || head->empty())
    return same;
  for (FileCheckpoint &file : m_sameContent.candidates(*head)) {
    if ((file.path == path && file.active) || isBlank(file))
      continue;
    Match match = verify(reader, file, true);
    if (!match.hash || !holdsTail(reader, file)) {
      same.half = same.half || match.too_short;
      continue;
    }
    if (!stillThere(file)) {
      same.hash = std::move(*match.hash);
      same.file = std::move(file);
      return same;
    }
    // A compressed copy has another size, but may be about to take the original's place.
    same.half = same.half || reader.compressed();
    if (file.identity.size == now.size)
      same.twin = file.path;
  }
  return same;
}

/// Where in the folder a file lies, or nothing.
std::string FileTracker::pathOfInode(const std::string &folder, const FileIdentity &identity) {
  const auto now = std::chrono::steady_clock::now();
  if (m_listings.size() > kMaxListings)
    m_listings.clear();
  Listing &listing = m_listings[folder];
  if (listing.paths.empty() || now - listing.taken > kListingAge) {
    listing = {now, {}};
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
      if (const std::optional<FileIdentity> there = identityAt(at->path().string()))
        listing.paths.emplace(std::pair{there->device, there->inode}, at->path().string());
  }
  const auto found = listing.paths.find({identity.device, identity.inode});
  return found == listing.paths.end() ? std::string() : found->second;
}

/// Looks in the folder for the file that used to be at the path, and takes note of its new name. Its
/// content decides: an inode may be used again for another file.
void FileTracker::followRotation(const FileCheckpoint &known, std::vector<FileBatch> &also) {
  if (isBlank(known))
    return;
  const std::string path =
      pathOfInode(std::filesystem::path(known.path).parent_path().string(), known.identity);
  if (path.empty() || path == known.path || m_looking.contains(path))
    return;
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  if (!reader || !verify(**reader, known, true).hash || !holdsTail(**reader, known))
    return;
  m_looking.insert(path);
  if (const std::optional<FileCheckpoint> there = m_catalog.byPath(path)) {
    followRotation(*there, also); // who was there has moved on as well
    if (m_catalog.byPath(path) == there)
      m_sameContent.addLost(*there); // in a circle, perhaps to where this one came from
  }
  m_looking.erase(path);
  FileBatch renamed;
  renamed.checkpoint = known;
  renamed.checkpoint.path = path;
  renamed.checkpoint.recheck = true; // its own visit reads on
  renamed.note = known.path + " is now " + path;
  m_catalog.put(renamed.checkpoint, UINT64_MAX);
  also.push_back(std::move(renamed));
}

} // namespace meteorograph
