// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ReadingStore.h"

#include <iterator>

using namespace meteorograph;

ReadingStore::ReadingStore()
    : m_writer(std::move(*StoreWriter::open({path()}))), m_reader(std::move(*StoreReader::open(path()))) {}

void ReadingStore::commit(const std::vector<Reading> &readings) {
  std::vector<FileBatch> files(1);
  FileBatch &file = files.front();
  file.checkpoint.id = 1;
  file.checkpoint.path = "/readings.json";
  for (const Reading &reading : readings) {
    for (std::size_t q = 0; q < reading.values.size(); ++q)
      file.batch.quantityColumn(std::string(1, static_cast<char>('a' + q)), "");
    ReadingRow row;
    row.device = file.batch.deviceIndex(reading.device);
    row.event_time_us = row.received_time_us = reading.time_us;
    m_readings.push_back(reading);
    row.line = static_cast<std::int64_t>(m_readings.size());
    const std::size_t index = file.batch.addRow(row);
    for (std::size_t q = 0; q < reading.values.size(); ++q)
      file.batch.setValue(index, q, reading.values[q]);
    ++file.batch.counts.records;
    ++file.batch.counts.accepted;
  }
  if (!m_writer->commit(files))
    qFatal("the commit failed");
}

DeviceId ReadingStore::idOf(const std::string &device) const {
  const Result<std::vector<Device>> all = m_reader->devices();
  for (const Device &known : *all)
    if (known.name == device)
      return known.id;
  return 0;
}

std::map<std::int64_t, ReadingStore::Window>
ReadingStore::windows(const std::string &device, std::size_t quantity, std::int64_t step_s) const {
  std::map<std::int64_t, Window> all;
  for (const Reading &reading : m_readings) {
    if (reading.device != device || std::isnan(reading.values[quantity]))
      continue;
    Window &window = all[floorTo(reading.time_us, step_s * kSecond) / kSecond];
    ++window.count;
    window.sum += reading.values[quantity];
    window.min = std::min(window.min, reading.values[quantity]);
    window.max = std::max(window.max, reading.values[quantity]);
  }
  return all;
}

double ReadingStore::average(const std::map<std::int64_t, Window> &windows, std::int64_t start_s,
                             std::int64_t span_s) {
  double sum = 0;
  int count = 0;
  for (auto at = windows.upper_bound(start_s - span_s); at != windows.upper_bound(start_s); ++at, ++count)
    sum += at->second.mean();
  return sum / count;
}

double ReadingStore::averageOfLast(const std::map<std::int64_t, Window> &windows, std::int64_t start_s,
                                   int count) {
  double sum = 0;
  int held = 0;
  for (auto at = std::make_reverse_iterator(windows.upper_bound(start_s));
       at != windows.rend() && held < count; ++at, ++held)
    sum += at->second.mean();
  return sum / held;
}
