// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>

#include <future>
#include <string>
#include <string_view>

namespace meteorograph::ui {

/// SHA-256 of what a writer writes. Hashing costs half as much as writing a table, so it goes on
/// beside it, on a thread that lives for one piece; the writer waits only when it is a piece ahead.
class FileHash {
public:
  void add(std::string_view bytes);
  QByteArray hex(); ///< of all; nothing may be added afterwards

private:
  static constexpr std::size_t kPiece = std::size_t{4} << 20; // a hundredth of a second's work
  void start();

  QCryptographicHash m_hash{QCryptographicHash::Sha256};
  std::string m_coming;
  std::string m_hashing;     ///< the thread's
  std::future<void> m_piece; ///< last, so that it ends before what it uses does
};

} // namespace meteorograph::ui
