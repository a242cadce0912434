// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/readers/DecodingReader.h"

namespace meteorograph {

/// A decoder whose text comes in pieces of its own size (characters, lines): keeps what was not asked
/// for yet.
class TextReader : public DecodingReader {
protected:
  using DecodingReader::DecodingReader;

  /// Puts a piece of text, of bounded size, into the empty `text`; leaves it empty at the end of what
  /// there is. With an error nothing is put.
  virtual Result<void> produce(std::string &text) = 0;
  /// Back to the start.
  virtual void begin() = 0;

private:
  Result<std::size_t> decode(char *into, std::size_t size) final;
  void restart() final;

  std::string m_text;
  std::size_t m_used = 0; ///< of m_text
};

} // namespace meteorograph
