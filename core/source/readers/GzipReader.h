// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/readers/DecodingReader.h"

#include <zlib.h>

namespace meteorograph {

/// Inflates one or several gzip members, and passes over NUL bytes behind the last one.
class GzipReader final : public DecodingReader {
public:
  explicit GzipReader(std::unique_ptr<ByteReader> input);
  ~GzipReader() override;

private:
  Result<std::size_t> decode(char *into, std::size_t size) override;
  void restart() override;

  z_stream m_stream{};
  bool m_between = false; ///< a member has ended, the next has not begun
  bool m_full = false;    ///< what was taken in may give more than there was room for
};

} // namespace meteorograph
