// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sink/CsvWriter.h"

#include "core/model/SpreadsheetText.h"

#include <algorithm>
#include <cmath>

namespace meteorograph {

namespace {
/// Asked of a device's and a quantity's name with every row.
bool needsQuotes(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; });
}
} // namespace

void CsvWriter::begin(Layer layer, const std::vector<std::string> &quantities) {
  if (layer == Layer::Silver)
    m_output.append("window_start,device,quantity,count,mean,min,max\n");
  if (layer == Layer::Gold)
    m_output.append("window_start,device,quantity,mean,ma_8,ma_15s,ma_60s\n");
  if (layer != Layer::Bronze)
    return;
  m_output.append("event_time,device,");
  for (const std::string &quantity : quantities) {
    putText(quantity);
    m_output.append(',');
  }
  m_output.append("file,line\n");
}

bool CsvWriter::write(const BronzeRow &row) {
  putKey(row.event_time_us, row.device);
  for (const double value : row.values)
    putValue(value);
  m_output.append(',');
  putText(row.file);
  m_output.append(',');
  putInteger(row.line);
  return endRow();
}

bool CsvWriter::write(const SilverRow &row) {
  putKey(row.start_us, row.device);
  m_output.append(',');
  putText(row.quantity);
  m_output.append(',');
  putInteger(row.count);
  for (const double value : {row.mean, row.min, row.max})
    putValue(value);
  return endRow();
}

bool CsvWriter::write(const GoldRow &row) {
  putKey(row.start_us, row.device);
  m_output.append(',');
  putText(row.quantity);
  for (const double value : {row.mean, row.ma_8, row.ma_15s, row.ma_60s})
    putValue(value);
  return endRow();
}

void CsvWriter::putText(std::string_view text) {
  const std::string_view start = disarming(text);
  if (!needsQuotes(text)) {
    m_output.append(start).append(text);
    return;
  }
  m_output.append('"').append(start);
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
    m_output.append(text.substr(0, quote + 1)).append('"');
    text.remove_prefix(quote + 1);
  }
  m_output.append(text).append('"');
}

void CsvWriter::putValue(double value) {
  m_output.append(',');
  if (std::isfinite(value))
    putNumber(value);
}

void CsvWriter::putKey(TimeUs time, std::string_view device) {
  putTime(time);
  m_output.append(',');
  putText(device);
}

bool CsvWriter::endRow() {
  m_output.append('\n');
  return !m_output.failed();
}

} // namespace meteorograph
