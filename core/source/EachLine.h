// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/ReadingBuilder.h"
#include "core/source/RecordParser.h"
#include "core/source/TextEncoding.h"

namespace meteorograph {

/// Calls `take(place)` for every whole line of the chunk, and for an unterminated last one where the
/// chunk is final; a line comes without its end, and the first one without a BOM.
template <class Take> Consumed eachLine(const Chunk &chunk, Take take) {
  const std::string_view text = chunk.bytes;
  const bool bom = chunk.offset == 0 && text.starts_with(kUtf8Bom);
  Consumed consumed;
  for (std::size_t at = bom ? kUtf8Bom.size() : 0; at < text.size();) {
    const std::size_t newline = text.find('\n', at);
    const bool ends = newline != std::string_view::npos;
    if (!ends && !chunk.final)
      break;
    std::string_view line = text.substr(at, ends ? newline - at : newline);
    while (line.ends_with('\r'))
      line.remove_suffix(1);
    take(RecordPlace{chunk.line + consumed.lines, chunk.offset + static_cast<std::int64_t>(at), line});
    at = ends ? newline + 1 : text.size();
    consumed.lines += ends ? 1 : 0;
    consumed.bytes = at;
  }
  return consumed;
}

} // namespace meteorograph
