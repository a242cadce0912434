// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/readers/DecodingReader.h"

#include <memory>
#include <zstd.h>

namespace meteorograph {

/// Decompresses one or several zstd frames, passing over those that hold something else, and over
/// NUL bytes behind the last one. Windows of up to 128 MiB, the library's limit, are held in memory.
class ZstdReader final : public DecodingReader {
public:
  explicit ZstdReader(std::unique_ptr<ByteReader> input);

private:
  Result<std::size_t> decode(char *into, std::size_t size) override;
  void restart() override;

  struct Free {
    void operator()(ZSTD_DStream *stream) const { ZSTD_freeDStream(stream); }
  };
  std::unique_ptr<ZSTD_DStream, Free> m_stream;
  std::size_t m_wanted = 0; ///< input that the library needs to go on
  bool m_full = false;      ///< the last output was filled: the library may hold more
  bool m_between = false;   ///< a frame has ended, the next has not begun
};

} // namespace meteorograph
