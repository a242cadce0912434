// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/SimulatedLine.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace meteorograph {

namespace {

constexpr std::string_view kTemperatureKey = "\"temperature\":";
constexpr std::string_view kHumidityKey = "\"humidity\":";
constexpr std::string_view kProcessedKey = ",\"EventProcessedUtcTime\":\"";

void appendWhole(std::string &out, std::int64_t value) {
  char digits[24];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, static_cast<std::size_t>(end - digits));
}

/// A decimal number from its whole count of last digits; one decimal at least, no other trailing 0.
void appendDecimal(std::string &out, std::int64_t value, int decimals) {
  if (value < 0)
    out += '-';
  std::uint64_t rest = static_cast<std::uint64_t>(value < 0 ? -value : value);
  for (; decimals > 1 && rest % 10 == 0; --decimals)
    rest /= 10;
  char digits[24];
  char *at = digits + sizeof digits;
  for (int i = 0; i < decimals; ++i, rest /= 10)
    *--at = static_cast<char>('0' + rest % 10);
  *--at = '.';
  do {
    *--at = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  out.append(at, static_cast<std::size_t>(digits + sizeof digits - at));
}

/// With seven fractional digits, as .NET writes them.
void appendTime(std::string &out, TimeUs time, int tenth = 0) {
  char buffer[32];
  const int length = formatIsoTime(time, buffer);
  buffer[length - 1] = static_cast<char>('0' + tenth);
  buffer[length] = 'Z';
  out.append(buffer, static_cast<std::size_t>(length) + 1);
}

std::string numbered(std::string_view stem, int number, int width) {
  std::string digits = std::to_string(number);
  while (static_cast<int>(digits.size()) < width)
    digits.insert(digits.begin(), '0');
  return std::string(stem) + digits;
}

std::string noise(Random &random) {
  // Nothing that starts a comment, a JSON value or a number.
  static constexpr std::string_view kLetters = "~%&$!?^@|<>_=+*ABCDEFGHKLMPQRSTUVWXYZabcdeghkmopqrsuvwxyz \t";
  std::string text = "~";
  for (std::int64_t length = 4 + random.below(60); length > 0; --length)
    text += kLetters[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(kLetters.size())))];
  return text + "\xEF\xBF\xBD"; // the mark of an undecodable byte
}

/// Only the part in front of the first value's end: no brackets, no complete value.
std::string fragment(std::string_view line, Random &random) {
  const std::size_t end = line.find(kProcessedKey);
  const std::size_t first = line.find("deviceId");
  const std::size_t begin = first + static_cast<std::size_t>(random.below(8));
  const std::size_t length =
      12 + static_cast<std::size_t>(random.below(static_cast<std::int64_t>(end - begin)));
  return std::string(line.substr(begin, std::min(length, end - begin)));
}

/// Cut off within a text, so that the line is wrong by itself, whatever the next one begins with.
std::string cutOff(std::string_view line, Random &random) {
  const std::size_t last = line.rfind('"');
  std::size_t end = 1 + static_cast<std::size_t>(random.below(static_cast<std::int64_t>(last)));
  while (std::count(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(end), '"') % 2 == 0)
    ++end;
  return std::string(line.substr(0, end));
}

std::string withReplaced(std::string_view line, std::string_view key, std::string_view value) {
  std::string text(line);
  const std::size_t begin = text.find(key) + key.size();
  text.replace(begin, text.find(',', begin) - begin, value);
  return text;
}

std::string withLostQuote(std::string_view line) {
  std::string text(line);
  text.erase(text.find("\",\"temperature"), 1);
  return text;
}

std::string spoilt(std::string_view line, Random &random) {
  switch (random.below(8)) {
  case 0:
    return cutOff(line, random);
  case 1:
    return fragment(line, random);
  case 2:
    return withLostQuote(line);
  case 3:
    return withReplaced(line, kTemperatureKey, "");
  case 4:
    return withReplaced(line, kHumidityKey, "sensor error");
  case 5:
    return withReplaced(line, kTemperatureKey, "21.4.7");
  case 6: // a comma too many
    return std::string(line.substr(0, line.size() - 1)) + ",}";
  default:
    return noise(random);
  }
}

} // namespace

SimulatedLine::SimulatedLine(int number, int width)
    : m_device(",\"deviceId\":\"" + numbered("Raspberry Pi ", number, width) + "\"," +
               std::string(kTemperatureKey)),
      m_partition("\",\"PartitionId\":" + std::to_string((number - 1) % 4) + ",\"EventEnqueuedUtcTime\":\""),
      m_hub("\",\"IoTHub\":{\"MessageId\":null,\"CorrelationId\":null,\"ConnectionDeviceId\":\"" +
            numbered("raspberry-pi-", number, width) +
            "\",\"ConnectionDeviceGenerationId\":\"637976642928634103\",\"EnqueuedTime\":\"") {}

void SimulatedLine::append(std::string &out, std::int64_t message_id, const SimulatedValues &values,
                           TimeUs event_us, TimeUs processed_us, int processed_tenth) const {
  out += "{\"messageId\":";
  appendWhole(out, message_id);
  out += m_device;
  appendDecimal(out, values.temperature_e2, 2);
  out += ",\"humidity\":";
  appendDecimal(out, values.humidity_e3, 3);
  out += ",\"pressure\":";
  appendDecimal(out, values.pressure_e4, 4);
  out += kProcessedKey;
  appendTime(out, processed_us, processed_tenth);
  out += m_partition;
  appendTime(out, event_us);
  out += m_hub;
  appendTime(out, floorTo(event_us, kMillisecond));
  out += "\"}}\n";
}

void spoilLine(std::string &out, std::size_t start, Random &random) {
  const std::string line = spoilt(std::string_view(out).substr(start, out.size() - start - 1), random);
  out.resize(start);
  out += line;
  out += '\n';
}

} // namespace meteorograph
