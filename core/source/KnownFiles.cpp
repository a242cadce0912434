// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/KnownFiles.h"

#include "core/model/Path.h"

namespace meteorograph {

namespace {
/// Asked for at a time.
constexpr std::int64_t kPage = 1024;

/// Whether another file has taken the place, or less is left of it.
bool isAnother(const FileIdentity &known, const FileIdentity &now) {
  return known.inode != now.inode || now.size < known.size;
}
} // namespace

const ListedFile *KnownFiles::current() {
  if (m_next == m_page.size() && !m_complete) {
    m_page = m_catalog.listBelow(m_folder, m_behind, kPage);
    m_next = 0;
    m_complete = static_cast<std::int64_t>(m_page.size()) < kPage;
    if (!m_page.empty())
      m_behind = m_page.back().path;
  }
  return m_next < m_page.size() ? &m_page[m_next] : nullptr;
}

void KnownFiles::passOver() {
  if (!m_page[m_next].vanished)
    m_missing(m_page[m_next].path);
  ++m_next;
}

bool KnownFiles::isSettled(const std::string &path, const FileIdentity &identity) {
  m_mayBeElsewhere = false;
  if (path <= m_last || path == m_folder || !isBelow(path, m_folder)) {
    const bool settled = m_catalog.isSettled(path, identity);
    if (const std::optional<FileCheckpoint> file = settled ? std::nullopt : m_catalog.byPath(path))
      m_mayBeElsewhere = isAnother(file->identity, identity);
    return settled;
  }
  m_last = path;
  const ListedFile *known = current();
  while (known && known->path < path) {
    passOver();
    known = current();
  }
  const bool isKnown = known && known->path == path;
  const bool settled = isKnown && known->settled && known->identity == identity;
  m_mayBeElsewhere = isKnown && isAnother(known->identity, identity);
  m_next += isKnown ? 1 : 0;
  return m_catalog.isPendingSettled(path, identity).value_or(settled);
}

void KnownFiles::finish() {
  while (current())
    passOver();
}

} // namespace meteorograph
