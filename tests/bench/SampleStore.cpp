// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/SampleStore.h"

#include "core/engine/BatchQueue.h"
#include "core/source/SimulatedSensor.h"
#include "core/store/StoreWriter.h"

#include <filesystem>

namespace meteorograph::bench {

namespace {

constexpr TimeUs kStart = 1'704'067'200 * kSecond; // 2024-01-01T00:00:00Z

/// One file with all devices, of which each batch is an hour.
class SampleFile {
public:
  explicit SampleFile(int devices) {
    for (int device = 0; device < devices; ++device)
      m_sensors.emplace_back(static_cast<std::uint64_t>(device));
  }

  FileBatch hour(TimeUs from, TimeUs interval) {
    FileBatch step;
    for (const auto &[name, unit] : {std::pair{kTemperature, "°C"}, {kHumidity, "%RH"}, {kPressure, "hPa"}})
      step.batch.quantityColumn(name, unit);
    for (std::size_t device = 0; device < m_sensors.size(); ++device)
      step.batch.deviceIndex("device " + std::to_string(device + 1));
    for (TimeUs time = from; time < from + kHour; time += interval)
      for (std::size_t device = 0; device < m_sensors.size(); ++device)
        add(step.batch, static_cast<std::int32_t>(device), time);
    step.checkpoint.id = 1;
    step.checkpoint.path = "/sample.json";
    step.checkpoint.state = FileState::Done;
    return step;
  }

private:
  void add(Batch &batch, std::int32_t device, TimeUs time) {
    ReadingRow row;
    row.device = device;
    row.event_time_us = row.received_time_us = time;
    row.line = ++m_line;
    const std::size_t index = batch.addRow(row);
    const SimulatedValues values = m_sensors[static_cast<std::size_t>(device)].read(time);
    batch.setValue(index, 0, static_cast<double>(values.temperature_e2) / 1e2);
    batch.setValue(index, 1, static_cast<double>(values.humidity_e3) / 1e3);
    batch.setValue(index, 2, static_cast<double>(values.pressure_e4) / 1e4);
    ++batch.counts.records;
    ++batch.counts.accepted;
  }

  std::vector<SimulatedSensor> m_sensors;
  std::int64_t m_line = 0;
};

void fill(const SampleStore &store, const std::string &path) {
  const std::unique_ptr<StoreWriter> writer = require(StoreWriter::open({path}));
  SampleFile file(store.devices);
  std::vector<FileBatch> gathered;
  std::size_t rows = 0;
  for (TimeUs hour = store.from_us; hour < store.to_us; hour += kHour) {
    gathered.push_back(file.hour(hour, store.interval_us));
    rows += gathered.back().batch.rows.size();
    if (rows < BatchQueue::kCommitRows && hour + kHour < store.to_us)
      continue;
    require(writer->commit(gathered));
    writer->checkpoint();
    gathered.clear();
    rows = 0;
  }
}

} // namespace

SampleStore sampleStore(const Run &run, int devices, int days, TimeUs interval) {
  const std::string name = "sample-" + std::to_string(devices) + "-" + std::to_string(days) + "-" +
                           std::to_string(interval / kSecond) + ".meteorograph";
  SampleStore store{run.path(name), devices, kStart, kStart + days * kDay, interval};
  if (std::filesystem::exists(store.path))
    return store;
  fill(store, store.path + ".unfinished");
  std::filesystem::rename(store.path + ".unfinished", store.path);
  return store;
}

} // namespace meteorograph::bench
