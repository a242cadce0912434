// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/HistorySubject.h"

#include "tests/support/StoreDump.h"
#include "tests/support/StoreHarness.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

using namespace meteorograph;

namespace {

class SteppedSubject : public HistorySubject {
public:
  explicit SteppedSubject(std::uint32_t seed) {
    m_harness.batches_per_commit = 1 + seed % 4;
    m_harness.replaces_together = seed % 2 == 0;
  }
  std::string root() const override { return m_harness.path(""); }
  std::string store() const override { return m_harness.store(); }
  void scan(ReferenceModel::Pass pass, TimeUs now) override {
    m_harness.now = now;
    m_harness.ingest(pass == ReferenceModel::Pass::Following);
  }
  void reopen() override { m_harness.reopen(); }
  std::string takeErrors() override {
    const std::vector<Error> errors = std::exchange(m_harness.errors, {});
    return errors.empty() ? std::string() : errors.front().message;
  }

private:
  StoreHarness m_harness;
};

void sortLines(const std::string &text, ModelTables &tables) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    (line.size() > 4 && line[4] == '-' ? tables.gold : tables.windows).push_back(line);
}

} // namespace

std::unique_ptr<HistorySubject> makeSteppedSubject(std::uint32_t seed) {
  return std::make_unique<SteppedSubject>(seed);
}

ModelTables HistorySubject::tables() const {
  ModelTables held;
  const std::unique_ptr<StoreReader> reader = std::move(*StoreReader::open(store()));
  const Overview seen = *reader->overview();
  const auto local = [&](std::string_view path) { return std::string(path.substr(root().size() + 1)); };
  ExportRequest request;
  request.layer = Layer::Bronze;
  for (const char *name : {"temperature", "humidity"})
    for (const Quantity &quantity : seen.quantities)
      if (quantity.name == name)
        request.quantities.push_back(quantity.id);
  (void)reader->exportBronze(request, [&](const BronzeRow &row) {
    std::string text = formatIsoTime(row.event_time_us) + " " + std::string(row.device);
    for (const double value : row.values)
      text += " " + (std::isnan(value) ? "-" : QByteArray::number(value, 'g', 15).toStdString());
    held.bronze.push_back(text + " " + local(row.file) + ":" + std::to_string(row.line));
    return true;
  });
  sortLines(dumpWindows(*reader), held);
  const std::vector<QuarantinedRecord> rejected = *reader->quarantine(-1, 0);
  for (const QuarantinedRecord &record : rejected)
    held.quarantine.push_back(local(record.file) + ":" + std::to_string(record.line) + "@" +
                              std::to_string(record.offset));
  for (const DeviceStatus &device : seen.devices) {
    if (device.readings == 0)
      continue;
    held.devices.push_back(device.name + " " + std::to_string(device.readings) + " " +
                           formatIsoTime(device.first_us) + " " + formatIsoTime(device.newest_us));
    if (device.watermark_us != kNoTime)
      held.watermarks.push_back(device.name + " " + formatIsoTime(device.watermark_us));
  }
  for (std::vector<std::string> *list :
       {&held.bronze, &held.windows, &held.gold, &held.quarantine, &held.devices, &held.watermarks})
    std::sort(list->begin(), list->end());
  held.counts = seen.counts;
  held.late = seen.late;
  return held;
}
