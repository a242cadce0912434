// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sink/RowWriter.h"

#include <charconv>

namespace meteorograph {

namespace {

template <class T> void putShortest(TextOutput &output, T value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  output.append(std::string_view(text, static_cast<std::size_t>(end - text)));
}

} // namespace

void RowWriter::putTime(TimeUs time) {
  char text[32];
  const int length = formatIsoTime(time, text);
  m_output.append(std::string_view(text, static_cast<std::size_t>(length)));
}

void RowWriter::putInteger(std::int64_t value) { putShortest(m_output, value); }

void RowWriter::putNumber(double value) { putShortest(m_output, value); }

} // namespace meteorograph
