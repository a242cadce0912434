// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/SourceFaults.h"

#include "core/model/Path.h"

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace meteorograph {

namespace {

/// Events of one listing; of further folders their number is told.
constexpr std::int64_t kMostTold = 10;

std::uint64_t deviceOf(const std::string &path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_dev : 0;
}

bool canBeRead(const std::string &path) {
  std::error_code error;
  return ::access(path.c_str(), std::filesystem::is_directory(path, error) ? R_OK | X_OK : R_OK) == 0;
}

bool isEmptyFolder(const std::string &path) {
  std::error_code error;
  const std::filesystem::directory_iterator first(path, error);
  return !error && first == std::filesystem::directory_iterator();
}

std::string whole(TimeUs duration) { return std::to_string(std::max<TimeUs>(duration, 0) / kSecond) + " s"; }

} // namespace

bool SourceFaults::isOtherDisk(const std::string &root) const {
  const auto known = m_devices.find(root);
  return known != m_devices.end() && known->second != deviceOf(root) && isEmptyFolder(root);
}

void SourceFaults::expect(const std::string &root, FileCatalog &catalog) {
  constexpr std::int64_t kLooked = 1000; // of very many that all have gone before, the rest says the same
  const std::uint64_t device = deviceOf(root);
  // What is a mount point now has its file system, whatever number that got.
  const bool isMounted = device != deviceOf(std::filesystem::path(root).parent_path().string());
  if (device == 0 || isMounted || m_devices.contains(root))
    return;
  for (const ListedFile &file : catalog.listBelow(root, "", kLooked))
    if (!file.vanished) {
      m_devices[root] = file.identity.device;
      return;
    }
}

std::vector<std::string> SourceFaults::begin(const std::vector<std::string> &roots) {
  m_roots = roots;
  m_told = m_untold = 0;
  for (auto &[path, fault] : m_faults)
    fault.seen = path.empty();
  std::vector<std::string> listable;
  for (const std::string &root : roots)
    if (isOtherDisk(root)) {
      add(root,
          {ErrorCode::Unreadable,
           "the folder " + root + " is empty, and on another disk than before: its disk is not mounted"});
    } else {
      if (const std::uint64_t device = deviceOf(root); device != 0)
        m_devices[root] = device;
      listable.push_back(root);
    }
  return listable;
}

void SourceFaults::add(const std::string &path, const Error &error) {
  const auto [at, isNew] = m_faults.try_emplace(path);
  Fault &fault = at->second;
  const bool told = !isNew && fault.reason == error.message;
  fault.seen = true;
  fault.reason = error.message;
  if (isNew)
    fault.since_us = m_clock();
  if (!told)
    tellOf(path, fault, true);
}

void SourceFaults::end() {
  for (auto at = m_faults.begin(); at != m_faults.end();) {
    if (at->second.seen) {
      ++at;
      continue;
    }
    tellOf(at->first, at->second, false);
    at = m_faults.erase(at);
  }
  tellRest();
}

void SourceFaults::tellOf(const std::string &path, const Fault &fault, bool begins) {
  if (++m_told > kMostTold) {
    ++m_untold;
    return;
  }
  if (begins)
    return m_tell("error", fault.reason + ". It is tried again until it works; nothing read so far is lost");
  const std::string what = path.empty() ? "files can be opened" : path + " can be read";
  m_tell("note", what + " again, after " + whole(m_clock() - fault.since_us));
}

void SourceFaults::tellRest() {
  if (m_untold > 0)
    m_tell("note", "and " + std::to_string(m_untold) + " more folders");
  m_told = m_untold = 0;
}

void SourceFaults::setLack(const Error &error) {
  if (m_faults.contains(""))
    return;
  const std::string hint = "; close other programs, or raise the limit of open files (ulimit -n)";
  const Fault &fault = m_faults[""] = {m_clock(), error.message + hint, true};
  m_told = 0;
  tellOf("", fault, true);
}

void SourceFaults::clearLack() {
  const auto found = m_faults.find("");
  if (found == m_faults.end())
    return;
  m_told = 0;
  tellOf("", found->second, false);
  m_faults.erase(found);
}

void SourceFaults::setPolling(bool polling) {
  if (std::exchange(m_polling, polling) == polling)
    return;
  if (polling)
    m_tell("warning",
           "the system gives no more inotify watches: changes are found by looking for them, which "
           "costs more; raise fs.inotify.max_user_watches or max_user_instances");
  else
    m_tell("note", "the system gives inotify watches again: changes are told by it");
}

bool SourceFaults::isReachable(const std::string &path) const {
  return std::all_of(m_roots.begin(), m_roots.end(), [&](const std::string &root) {
    return path == root || !isBelow(path, root) || (deviceOf(root) != 0 && !isOtherDisk(root));
  });
}

bool SourceFaults::isBack() const {
  std::size_t looked = 0;
  return std::any_of(m_faults.begin(), m_faults.end(), [&](const auto &entry) {
    const std::string &path = entry.first;
    return !path.empty() && ++looked <= EngineStatus::kMostFaults && canBeRead(path) && !isOtherDisk(path);
  });
}

bool SourceFaults::hasGone() const {
  return std::any_of(m_roots.begin(), m_roots.end(), [this](const std::string &root) {
    return !m_faults.contains(root) && (deviceOf(root) == 0 || isOtherDisk(root));
  });
}

void SourceFaults::forget(const std::function<bool(const std::string &path)> &unwanted) {
  std::erase_if(m_roots, unwanted);
  std::erase_if(m_faults, [&](const auto &entry) { return !entry.first.empty() && unwanted(entry.first); });
  std::erase_if(m_devices, [&](const auto &entry) { return unwanted(entry.first); });
}

std::vector<SourceFault> SourceFaults::list() const {
  std::vector<SourceFault> all;
  for (const auto &[path, fault] : m_faults)
    if (all.size() < EngineStatus::kMostFaults)
      all.push_back({path, fault.since_us, fault.reason});
  return all;
}

} // namespace meteorograph
