// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/avro/AvroText.h"

#include "core/model/Time.h"
#include "core/source/TextEncoding.h"

#include <charconv>
#include <cmath>

namespace meteorograph {

namespace {

/// Records and nulls take no bytes: a record has some of them for each byte, but not many.
constexpr std::uint64_t kValuesPerByte = 16;
constexpr std::uint64_t kValuesPerBlock = 4096;
/// More text is no sensor's record.
constexpr std::size_t kMaxText = 64 << 20;

template <class Number> void appendNumber(std::string &out, Number number) {
  char buffer[32];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

void appendBase64(std::string &out, std::string_view bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  out.push_back('"');
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = i; k < i + 3; ++k)
      group = group << 8 | (k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0);
    for (std::size_t k = 0; k < 4; ++k)
      out.push_back(i + k <= bytes.size() ? kDigits[group >> (18 - 6 * k) & 63] : '=');
  }
  out.push_back('"');
}

/// Two's complement, the highest byte first.
std::int64_t unscaled(std::string_view bytes) {
  std::uint64_t value = !bytes.empty() && static_cast<signed char>(bytes.front()) < 0 ? ~0ULL : 0;
  for (const char byte : bytes)
    value = value << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

void appendDecimal(std::string &out, std::int64_t value, std::uint32_t scale) {
  std::string digits = std::to_string(value);
  const std::size_t sign = value < 0 ? 1 : 0;
  if (digits.size() - sign <= scale)
    digits.insert(sign, scale + 1 - (digits.size() - sign), '0');
  if (scale > 0)
    digits.insert(digits.size() - scale, ".");
  out += digits;
}

/// In microseconds; nothing for what no clock shows.
std::optional<TimeUs> timeOf(std::int64_t value, AvroMeaning meaning) {
  TimeUs time = 0;
  switch (meaning) {
  case AvroMeaning::Date:
    time = value * kDay; // an int: cannot overflow
    break;
  case AvroMeaning::Millis:
    if (__builtin_mul_overflow(value, kMillisecond, &time))
      return std::nullopt;
    break;
  case AvroMeaning::Nanos:
    time = floorTo(value, 1000) / 1000;
    break;
  default:
    time = value;
  }
  return time >= kEarliestTime && time <= kLatestTime ? std::optional(time) : std::nullopt;
}

} // namespace

void AvroText::beginBlock(std::size_t bytes) { m_valuesLeft = bytes * kValuesPerByte + kValuesPerBlock; }

bool AvroText::append(const AvroSchema &schema, AvroCursor &from, std::string &out) {
  m_schema = &schema;
  m_from = &from;
  m_out = &out;
  return value(schema.root(), 0);
}

bool AvroText::value(const AvroNode &node, int depth) {
  if (depth > kMaxAvroDepth || m_valuesLeft == 0 || m_out->size() > kMaxText)
    return false;
  --m_valuesLeft;
  switch (node.type) {
  case AvroType::Null:
    m_out->append("null");
    return true;
  case AvroType::Boolean:
    return boolean();
  case AvroType::Int:
  case AvroType::Long:
    return integer(node);
  case AvroType::Float:
    return real<float>();
  case AvroType::Double:
    return real<double>();
  case AvroType::Bytes:
  case AvroType::String:
  case AvroType::Fixed:
    return bytes(node);
  case AvroType::Enum:
    return symbol(node);
  case AvroType::Record:
    return record(node, depth);
  case AvroType::Union:
    return choice(node, depth);
  case AvroType::Array:
  case AvroType::Map:
    return items(node, depth);
  }
  return false;
}

bool AvroText::record(const AvroNode &node, int depth) {
  m_out->push_back('{');
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0)
      m_out->push_back(',');
    m_out->append(node.names[i]).push_back(':');
    if (!value(m_schema->at(node.children[i]), depth + 1))
      return false;
  }
  m_out->push_back('}');
  return true;
}

bool AvroText::choice(const AvroNode &node, int depth) {
  std::int64_t branch = 0;
  return m_from->readLong(branch) && branch >= 0 &&
         static_cast<std::uint64_t>(branch) < node.children.size() &&
         value(m_schema->at(node.children[static_cast<std::size_t>(branch)]), depth + 1);
}

/// Of an array or a map, which come in blocks of a count and so many items; 0 ends them.
bool AvroText::items(const AvroNode &node, int depth) {
  const bool map = node.type == AvroType::Map;
  m_out->push_back(map ? '{' : '[');
  bool first = true;
  for (;;) {
    std::int64_t count = 0;
    std::int64_t size = 0; // with a negative count, for those who skip it
    if (!m_from->readLong(count) || (count < 0 && !m_from->readLong(size)) || count == INT64_MIN)
      return false;
    if (count == 0)
      break;
    for (count = std::abs(count); count > 0; --count, first = false) {
      if (!first)
        m_out->push_back(',');
      if (std::string_view key; map) {
        if (!m_from->readSized(m_from->left(), key))
          return false;
        appendJsonString(*m_out, isValidUtf8(key) ? key : toUtf8(key));
        m_out->push_back(':');
      }
      if (!value(m_schema->at(node.children[0]), depth + 1))
        return false;
    }
  }
  m_out->push_back(map ? '}' : ']');
  return true;
}

bool AvroText::boolean() {
  std::string_view byte;
  if (!m_from->readBytes(1, byte) || static_cast<unsigned char>(byte[0]) > 1)
    return false;
  m_out->append(byte[0] == 1 ? "true" : "false");
  return true;
}

bool AvroText::integer(const AvroNode &node) {
  std::int64_t number = 0;
  if (!m_from->readLong(number))
    return false;
  if (node.type == AvroType::Int && (number < INT32_MIN || number > INT32_MAX))
    return false;
  if (node.meaning == AvroMeaning::Itself)
    appendNumber(*m_out, number);
  else
    appendTime(number, node);
  return true;
}

void AvroText::appendTime(std::int64_t number, const AvroNode &node) {
  const std::optional<TimeUs> time = timeOf(number, node.meaning);
  if (!time)
    return appendNumber(*m_out, number);
  std::string text = formatIsoTime(*time);
  if (node.meaning == AvroMeaning::Date)
    text.resize(text.find('T'));
  else if (node.local)
    text.pop_back(); // the Z
  m_out->append("\"").append(text).push_back('"');
}

template <class Number> bool AvroText::real() {
  Number number = 0;
  if (!m_from->readNumber(number))
    return false;
  if (std::isfinite(number))
    appendNumber(*m_out, number);
  else
    m_out->append("null");
  return true;
}

bool AvroText::symbol(const AvroNode &node) {
  std::int64_t index = 0;
  if (!m_from->readLong(index) || index < 0 || static_cast<std::uint64_t>(index) >= node.names.size())
    return false;
  m_out->append(node.names[static_cast<std::size_t>(index)]);
  return true;
}

bool AvroText::bytes(const AvroNode &node) {
  std::string_view found;
  const bool well = node.type == AvroType::Fixed ? m_from->readBytes(node.size, found)
                                                 : m_from->readSized(m_from->left(), found);
  if (!well)
    return false;
  if (node.type == AvroType::String)
    appendJsonString(*m_out, isValidUtf8(found) ? found : toUtf8(found));
  else
    appendBytes(found, node);
  return true;
}

void AvroText::appendBytes(std::string_view bytes, const AvroNode &node) {
  if (node.meaning == AvroMeaning::Decimal && bytes.size() <= sizeof(std::int64_t))
    appendDecimal(*m_out, unscaled(bytes), node.scale);
  else if (!isValidUtf8(bytes))
    appendBase64(*m_out, bytes);
  else if (!appendObject(trimmed(bytes)))
    appendJsonString(*m_out, bytes);
}

/// On one line: between tokens a newline is but a blank, and strings hold none.
bool AvroText::appendObject(std::string_view text) {
  if (!text.starts_with('{'))
    return false;
  const JsonExtent extent = m_scanner.scan(text);
  if (extent.status != JsonExtent::Status::Complete || extent.end != text.size())
    return false;
  const std::size_t start = m_out->size();
  m_out->append(text);
  for (std::size_t i = start; extent.newlines > 0 && i < m_out->size(); ++i)
    if ((*m_out)[i] == '\n' || (*m_out)[i] == '\r')
      (*m_out)[i] = ' ';
  return true;
}

} // namespace meteorograph
