// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/FileHash.h"

namespace meteorograph::ui {

void FileHash::add(std::string_view bytes) {
  m_coming += bytes;
  if (m_coming.size() >= kPiece)
    start();
}

void FileHash::start() {
  if (m_piece.valid())
    m_piece.get();
  m_hashing.swap(m_coming);
  m_coming.clear();
  m_piece = std::async(std::launch::async, [this] {
    m_hash.addData(QByteArrayView(m_hashing.data(), static_cast<qsizetype>(m_hashing.size())));
  });
}

QByteArray FileHash::hex() {
  start();
  m_piece.get();
  return m_hash.result().toHex();
}

} // namespace meteorograph::ui
