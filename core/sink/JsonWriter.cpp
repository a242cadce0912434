// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sink/JsonWriter.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

std::string jsonText(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Plain ASCII, as names mostly are, needs nothing but quotes.
bool isPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; // others are negative, or escaped
  });
}

} // namespace

void JsonWriter::putText(std::string_view text) {
  if (isPlain(text))
    m_output.append('"').append(text).append('"');
  else
    m_output.append(jsonText(text));
}

void JsonWriter::begin(Layer, const std::vector<std::string> &quantities) {
  for (const std::string &quantity : quantities)
    m_quantityKeys.push_back(',' + jsonText(quantity) + ':');
  m_output.append('[');
}

bool JsonWriter::write(const BronzeRow &row) {
  putKey("event_time", row.event_time_us, row.device);
  for (std::size_t i = 0; i < row.values.size(); ++i)
    putValue(m_quantityKeys[i], row.values[i]);
  m_output.append(",\"file\":");
  putText(row.file);
  m_output.append(",\"line\":");
  putInteger(row.line);
  return endRow();
}

bool JsonWriter::write(const SilverRow &row) {
  putKey("window_start", row.start_us, row.device);
  m_output.append(",\"quantity\":");
  putText(row.quantity);
  m_output.append(",\"count\":");
  putInteger(row.count);
  putValue(",\"mean\":", row.mean);
  putValue(",\"min\":", row.min);
  putValue(",\"max\":", row.max);
  return endRow();
}

bool JsonWriter::write(const GoldRow &row) {
  putKey("window_start", row.start_us, row.device);
  m_output.append(",\"quantity\":");
  putText(row.quantity);
  putValue(",\"mean\":", row.mean);
  putValue(",\"ma_8\":", row.ma_8);
  putValue(",\"ma_15s\":", row.ma_15s);
  putValue(",\"ma_60s\":", row.ma_60s);
  return endRow();
}

void JsonWriter::end() { m_output.append(m_empty ? "]\n" : "\n]\n"); }

void JsonWriter::putKey(std::string_view timeKey, TimeUs time, std::string_view device) {
  m_output.append(m_empty ? "\n{\"" : ",\n{\"").append(timeKey).append("\":\"");
  putTime(time);
  m_output.append("\",\"device\":");
  putText(device);
  m_empty = false;
}

void JsonWriter::putValue(std::string_view key, double value) {
  m_output.append(key);
  if (std::isfinite(value))
    putNumber(value);
  else
    m_output.append("null");
}

bool JsonWriter::endRow() {
  m_output.append('}');
  return !m_output.failed();
}

} // namespace meteorograph
