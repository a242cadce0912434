// SPDX-License-Identifier: GPL-3.0-or-later
// STORE-lock holds one line, `PROCESS HOST`, of whoever holds the lock, or of the last who did.
#include "core/store/WriterLock.h"

#include "core/store/LockHolder.h"
#include "core/store/StorePlace.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace meteorograph {

namespace {

/// Beside the store itself, not beside a link to it: whoever opens it by another name asks for the same lock.
std::string lockOf(const std::string &store) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::weakly_canonical(store, error);
  return (error ? store : real.string()) + "-lock";
}

bool isSameFile(int descriptor, const std::string &path) {
  struct stat mine {
  }, there{};
  return ::fstat(descriptor, &mine) == 0 && ::stat(path.c_str(), &there) == 0 &&
         mine.st_ino == there.st_ino && mine.st_dev == there.st_dev;
}

bool isOrdinaryFile(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

std::string hostName() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

WriterIdentity readIdentity(int descriptor) {
  std::array<char, 512> text{};
  WriterIdentity holder;
  if (::pread(descriptor, text.data(), text.size() - 1, 0) > 0)
    std::istringstream(text.data()) >> holder.pid >> holder.host;
  return holder;
}

/// A line that cannot be written is missed by nobody but who asks for the holder's name.
void writeIdentity(int descriptor) {
  const std::string line = std::to_string(::getpid()) + ' ' + hostName() + '\n';
  if (::ftruncate(descriptor, 0) == 0) [[maybe_unused]]
    const ssize_t written = ::pwrite(descriptor, line.data(), line.size(), 0);
}

/// A link in the lock's place could lead to anything that this user may write to.
constexpr int kLockFlags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

/// Whoever may write to the store may take its lock.
int openLock(const std::string &store, const std::string &path) {
  struct stat status {};
  const mode_t mode = ::stat(store.c_str(), &status) == 0 ? status.st_mode & 0666 : 0600;
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | kLockFlags, mode);
  if (made >= 0) [[maybe_unused]]
    const int changed = ::fchmod(made, mode);
  return made >= 0 || errno != EEXIST ? made : ::open(path.c_str(), O_RDWR | kLockFlags);
}

/// Who asks for the holder keeps the lock for an instant, which is waited for.
bool lockSoon(int descriptor) {
  constexpr int kTries = 10;
  constexpr std::chrono::milliseconds kPause{5};
  for (int i = 0; i < kTries; ++i) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
      return true;
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

/// A lock of the host of a virtual machine, or of another machine on it, is not seen here.
bool isElsewhere(const std::string &store, const WriterIdentity &last) {
  return !last.host.empty() && last.host != hostName() && placeOf(store) == StorePlace::Shared;
}

Error elsewhereError(const std::string &store, const WriterIdentity &holder) {
  return {ErrorCode::StoreBusy,
          busyError(store, holder).message + ", or ended without tidying up: if so, delete " + lockOf(store)};
}

Error openError(const std::string &store) {
  return {ErrorCode::StoreUnusable,
          "cannot open the store " + store + " for writing: " + std::strerror(errno)};
}

Error strangeError(const std::string &store) {
  return {ErrorCode::StoreUnusable, "cannot open the store " + store + " for writing: " + lockOf(store) +
                                        " is no ordinary file; remove it"};
}

} // namespace

Error busyError(const std::string &store, const WriterIdentity &holder) {
  return {ErrorCode::StoreBusy, "the store " + store + " is in use: " + toString(holder) + " writes to it"};
}

Result<std::unique_ptr<WriterLock>> WriterLock::take(const std::string &store) {
  const std::string path = lockOf(store);
  constexpr int kTries = 100; // of holders that come and go just then
  for (int i = 0; i < kTries; ++i) {
    const int descriptor = openLock(store, path);
    if (descriptor < 0 && errno == ENOENT)
      continue; // its last holder has just removed it
    if (descriptor < 0)
      return tl::unexpected(errno == ELOOP ? strangeError(store) : openError(store));
    auto lock = std::unique_ptr<WriterLock>(new WriterLock(descriptor, {}));
    if (!lockSoon(descriptor))
      return tl::unexpected(busyError(store, readIdentity(descriptor)));
    if (!isSameFile(descriptor, path))
      continue;
    if (!isOrdinaryFile(descriptor))
      return tl::unexpected(strangeError(store));
    const WriterIdentity last = readIdentity(descriptor);
    if (isElsewhere(store, last))
      return tl::unexpected(elsewhereError(store, last));
    lock->m_path = path;
    lock->m_leftBehind = last.pid != 0;
    writeIdentity(descriptor);
    return lock;
  }
  return tl::unexpected(busyError(store, {}));
}

std::optional<WriterIdentity> holderOfLock(const std::string &store) {
  const int descriptor = ::open(lockOf(store).c_str(), O_RDONLY | kLockFlags);
  if (descriptor < 0)
    return errno == ENOENT ? std::nullopt : std::optional(WriterIdentity());
  const WriterIdentity last = readIdentity(descriptor);
  const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 || isElsewhere(store, last);
  ::close(descriptor);
  return held ? std::optional(last) : std::nullopt;
}

WriterLock::~WriterLock() {
  if (!m_path.empty() && isSameFile(m_descriptor, m_path)) // not one that another made when ours was deleted
    ::unlink(m_path.c_str());
  ::close(m_descriptor);
}

} // namespace meteorograph
