// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/PendingFiles.h"

#include <functional>
#include <string>
#include <vector>

namespace meteorograph {

/// Goes through what the catalog knows below a folder, in step with a listing of it, so that no file
/// has to be looked up by itself. Holds a bounded number of files whatever there are. Belongs to the
/// parser's thread.
class KnownFiles {
public:
  /// `missing`: takes the paths that the listing passes over, but for those that have vanished before.
  KnownFiles(PendingFiles &catalog, std::string folder, std::function<void(const std::string &path)> missing)
      : m_catalog(catalog), m_folder(std::move(folder)), m_missing(std::move(missing)) {}

  /// Whether nothing is left to do for the file. One that is not in its place by path, or lies
  /// elsewhere, is looked up.
  bool isSettled(const std::string &path, const FileIdentity &identity);
  /// Whether the file of the last isSettled() is another one than was known there, or has become shorter:
  /// what was read of it may be under another name now.
  bool mayBeElsewhere() const { return m_mayBeElsewhere; }
  /// The listing is complete: what was not in it is missing.
  void finish();

private:
  const ListedFile *current();
  void passOver();

  PendingFiles &m_catalog;
  std::string m_folder;
  std::function<void(const std::string &path)> m_missing;
  std::vector<ListedFile> m_page;
  std::size_t m_next = 0;
  std::string m_last; ///< of the listing
  std::string m_behind;
  bool m_mayBeElsewhere = false;
  bool m_complete = false; ///< the page is the last one
};

} // namespace meteorograph
