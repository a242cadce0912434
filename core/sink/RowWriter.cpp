// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sink/RowWriter.h"

#include <bit>
#include <charconv>
#include <span>

namespace meteorograph {

namespace {

template <class T> std::string_view shortest(T value, std::span<char> text) {
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), static_cast<std::size_t>(end - text.data())};
}

} // namespace

void RowWriter::putTime(TimeUs time) {
  if (m_time.value != time || m_time.text.empty()) {
    char text[32];
    const int length = formatIsoTime(time, text);
    m_time.text.assign(text, static_cast<std::size_t>(length));
    m_time.value = time;
  }
  m_output.append(m_time.text);
}

void RowWriter::putInteger(std::int64_t value) {
  char text[32];
  m_output.append(shortest(value, text));
}

void RowWriter::putNumber(double value) {
  // Bit for bit: 0 and −0 are written differently.
  if (std::bit_cast<std::uint64_t>(m_number.value) != std::bit_cast<std::uint64_t>(value) ||
      m_number.text.empty()) {
    char text[32];
    m_number.text = shortest(value, text);
    m_number.value = value;
  }
  m_output.append(m_number.text);
}

} // namespace meteorograph
