// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileCatalog.h"
#include "core/model/Overview.h"
#include "core/model/Result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace meteorograph {

/// What cannot be read now: folders out of reach, and what the system lacks. Each change of state is
/// told once, as an event. Belongs to the parser's thread.
class SourceFaults {
public:
  SourceFaults(std::function<void(std::string kind, std::string text)> tell, WallClock clock)
      : m_tell(std::move(tell)), m_clock(std::move(clock)) {}

  /// The disk that the catalog's files below a path lie on is that path's, unless another is known of it.
  void expect(const std::string &root, FileCatalog &catalog);
  /// A listing of these paths begins. The value is those of them that can be listed: a mount point that
  /// was left empty by its file system is not the folder that it was.
  std::vector<std::string> begin(const std::vector<std::string> &roots);
  /// The listing could not look into a path.
  void add(const std::string &path, const Error &error);
  /// It has ended: what it could look into again is at fault no more.
  void end();
  /// Files can (not) be opened, for want of what all of them need.
  void setLack(const Error &error);
  void clearLack();
  /// Whether inotify tells all changes; else they are looked for.
  void setPolling(bool polling);
  /// The path's root is there, as far as one look can tell.
  bool isReachable(const std::string &path) const;
  /// Something may be readable again: it is worth listing.
  bool isBack() const;
  /// A root went since the last listing, perhaps without an event: its file system, or a folder above it.
  bool hasGone() const;
  void forget(const std::function<bool(const std::string &path)> &unwanted);

  bool any() const { return !m_faults.empty(); }
  bool polling() const { return m_polling; }
  std::vector<SourceFault> list() const;

private:
  struct Fault {
    TimeUs since_us = 0;
    std::string reason;
    bool seen = false; ///< in the listing in work
  };
  void tellOf(const std::string &path, const Fault &fault, bool begins);
  void tellRest();
  bool isOtherDisk(const std::string &root) const;

  std::function<void(std::string kind, std::string text)> m_tell;
  WallClock m_clock;
  std::vector<std::string> m_roots;
  std::map<std::string, std::uint64_t> m_devices; ///< of the roots, when they were last listed
  std::map<std::string, Fault> m_faults;          ///< by path; "": what the system lacks
  std::int64_t m_told = 0;                        ///< in the listing in work
  std::int64_t m_untold = 0;
  bool m_polling = false;
};

} // namespace meteorograph
