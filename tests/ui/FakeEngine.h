// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/SamplePreview.h"
#include "ui/EnginePort.h"
#include "ui/panels/TileHistory.h"

#include <cmath>
#include <deque>

/// An engine that answers when the test says so, on the thread that the test chooses.
class FakeEngine : public meteorograph::ui::EnginePort {
public:
  using Corrected = Handler<meteorograph::CorrectionReport>;
  template <class T> struct Waiting {
    RequestId id;
    Handler<T> handler;
  };
  std::deque<Waiting<meteorograph::Overview>> overviews;
  std::deque<Waiting<meteorograph::SeriesSet>> series;
  std::vector<meteorograph::SeriesRequest> seriesRequests;
  std::vector<meteorograph::SeriesRequest> tileRequests;
  std::function<meteorograph::SeriesSet(const meteorograph::SeriesRequest &)> tileSeries =
      [](const meteorograph::SeriesRequest &) { return meteorograph::SeriesSet(); };
  std::vector<RequestId> cancelled;
  std::vector<std::string> followed;
  meteorograph::EngineStatus state;
  int loadsCancelled = 0;

  struct Preview {
    std::string path;
    meteorograph::Mapping mapping;
    Waiting<meteorograph::MappingPreview> waiting;
  };
  std::deque<Preview> previews;
  int previewsAsked = 0;
  /// What was to be corrected, as "apply 3,4", "remove 3", "rename 1 cellar" …, and its handler.
  std::vector<std::string> corrections;
  std::deque<Waiting<meteorograph::CorrectionReport>> correcting;
  meteorograph::Mapping applied;
  meteorograph::SourceSettings settings;
  meteorograph::QuantityLimits limits;
  meteorograph::Annotation annotation; ///< saved last
  std::vector<meteorograph::ReadingsRequest> readingsRequests;
  std::deque<Waiting<meteorograph::ReadingsOfWindow>> readings;
  std::vector<std::pair<std::int64_t, std::int64_t>> rawRequests; ///< file and offset
  std::deque<Waiting<meteorograph::RawRecord>> rawRecords;
  std::vector<meteorograph::Preset> presets = {{"influx_line_protocol", {}, false}};
  meteorograph::RetentionStatus retention;
  std::vector<std::optional<meteorograph::RetentionSettings>> retentionAsked;
  std::vector<meteorograph::RetentionSettings> retained;
  std::vector<Handler<meteorograph::Integrity>> checks; ///< that wait for their answer
  std::vector<std::string> backups;                     ///< their paths
  std::vector<meteorograph::FileStatus> files;
  std::vector<meteorograph::QuarantinedRecord> quarantine = {
      {1, "/data/a.csv", 7, 120, "no number", "x,y", 1}};

  std::optional<meteorograph::Viewing> view;
  std::deque<Handler<void>> takings;

  meteorograph::EngineStatus status() const override { return state; }
  std::optional<meteorograph::Viewing> viewing() const override { return view; }
  RequestId takeOver(Handler<void> handler) override {
    takings.push_back(std::move(handler));
    return ++m_last;
  }
  void follow(const std::vector<std::string> &paths) override { followed = paths; }
  void removeSource(std::int64_t) override {}
  void cancelLoad() override { ++loadsCancelled; }
  RequestId requestOverview(Handler<meteorograph::Overview> handler) override {
    overviews.push_back({++m_last, std::move(handler)});
    return m_last;
  }
  RequestId requestSeries(meteorograph::SeriesRequest request,
                          Handler<meteorograph::SeriesSet> handler) override {
    if (request.columns == meteorograph::ui::TileHistory::kColumns) { // beside the charts, at once
      tileRequests.push_back(request);
      handler(tileSeries(request));
      return ++m_last;
    }
    seriesRequests.push_back(std::move(request));
    series.push_back({++m_last, std::move(handler)});
    return m_last;
  }
  RequestId requestFiles(std::int64_t, Handler<std::vector<meteorograph::FileStatus>> handler) override {
    handler(files);
    return ++m_last;
  }
  RequestId requestQuarantine(std::int64_t,
                              Handler<std::vector<meteorograph::QuarantinedRecord>> handler) override {
    handler(quarantine);
    return ++m_last;
  }
  RequestId requestEvents(std::int64_t, Handler<std::vector<meteorograph::EventEntry>> handler) override {
    handler(std::vector<meteorograph::EventEntry>{});
    return ++m_last;
  }
  RequestId requestExportCsv(meteorograph::ExportRequest, std::string,
                             Handler<std::int64_t> handler) override {
    handler(std::int64_t{0});
    return ++m_last;
  }
  RequestId requestPresets(Handler<std::vector<meteorograph::Preset>> handler) override {
    handler(presets);
    return ++m_last;
  }
  RequestId savePreset(std::string name, meteorograph::Mapping mapping,
                       Handler<std::vector<meteorograph::Preset>> handler) override {
    presets.push_back({std::move(name), std::move(mapping), true});
    handler(presets);
    return ++m_last;
  }
  RequestId requestPreview(std::string path, meteorograph::Mapping mapping,
                           Handler<meteorograph::MappingPreview> handler) override {
    ++previewsAsked;
    previews.push_back({std::move(path), std::move(mapping), {++m_last, std::move(handler)}});
    return m_last;
  }
  RequestId removeFiles(std::vector<std::int64_t> ids, Corrected handler) override {
    return correct("remove " + listOf(ids), std::move(handler));
  }
  RequestId removeSourceWithReadings(std::int64_t id, Corrected handler) override {
    return correct("remove source " + std::to_string(id), std::move(handler));
  }
  RequestId applyMapping(std::vector<std::int64_t> ids, meteorograph::Mapping mapping,
                         Corrected handler) override {
    applied = std::move(mapping);
    return correct("apply " + listOf(ids), std::move(handler));
  }
  RequestId changeSource(std::int64_t id, meteorograph::SourceSettings wanted, Corrected handler) override {
    settings = std::move(wanted);
    return correct("source " + std::to_string(id), std::move(handler));
  }
  RequestId renameDevice(meteorograph::DeviceId id, std::string name, Corrected handler) override {
    return correct("rename " + std::to_string(id) + " " + name, std::move(handler));
  }
  RequestId mergeDevices(meteorograph::DeviceId from, meteorograph::DeviceId into,
                         Corrected handler) override {
    return correct("merge " + std::to_string(from) + " " + std::to_string(into), std::move(handler));
  }
  RequestId setLimits(meteorograph::QuantityId id, meteorograph::QuantityLimits wanted,
                      Corrected handler) override {
    limits = wanted;
    return correct("limits " + std::to_string(id), std::move(handler));
  }
  RequestId saveAnnotation(meteorograph::Annotation wanted, Corrected handler) override {
    annotation = std::move(wanted);
    return correct("annotate " + std::to_string(annotation.id), std::move(handler));
  }
  RequestId removeAnnotation(std::int64_t id, Corrected handler) override {
    return correct("forget annotation " + std::to_string(id), std::move(handler));
  }
  RequestId setHolding(meteorograph::DeviceId id, bool holds, Corrected handler) override {
    return correct((holds ? "hold " : "do not hold ") + std::to_string(id), std::move(handler));
  }
  RequestId requestReadings(meteorograph::ReadingsRequest request,
                            Handler<meteorograph::ReadingsOfWindow> handler) override {
    readingsRequests.push_back(request);
    readings.push_back({++m_last, std::move(handler)});
    return m_last;
  }
  RequestId requestRawRecord(std::int64_t fileId, std::int64_t offset,
                             Handler<meteorograph::RawRecord> handler) override {
    rawRequests.emplace_back(fileId, offset);
    rawRecords.push_back({++m_last, std::move(handler)});
    return m_last;
  }
  RequestId requestRetention(std::optional<meteorograph::RetentionSettings> asked,
                             Handler<meteorograph::RetentionStatus> handler) override {
    retentionAsked.push_back(asked);
    handler(retention);
    return ++m_last;
  }
  RequestId setRetention(meteorograph::RetentionSettings wanted,
                         Handler<meteorograph::RetentionStatus> handler) override {
    retained.push_back(wanted);
    for (std::size_t i = 0; i < 3; ++i)
      retention.layers[i].limits = wanted.layers[i];
    handler(retention);
    return ++m_last;
  }
  RequestId requestCheck(Handler<meteorograph::Integrity> handler) override {
    checks.push_back(std::move(handler));
    return ++m_last;
  }
  RequestId requestBackup(std::string path, bool, Handler<meteorograph::Copied> handler) override {
    backups.push_back(std::move(path));
    handler(meteorograph::Copied{1 << 20, 1, 1});
    return ++m_last;
  }
  void cancel(RequestId id) override { cancelled.push_back(id); }

  void answerPreview(meteorograph::Result<meteorograph::MappingPreview> preview) {
    auto waiting = std::move(previews.front().waiting);
    previews.pop_front();
    waiting.handler(std::move(preview));
  }
  void answerCorrection(meteorograph::Result<meteorograph::CorrectionReport> report) {
    auto waiting = std::move(correcting.front());
    correcting.pop_front();
    waiting.handler(std::move(report));
  }

  void answerOverview(meteorograph::Result<meteorograph::Overview> overview) {
    auto waiting = std::move(overviews.front());
    overviews.pop_front();
    waiting.handler(std::move(overview));
  }
  void answerSeries(meteorograph::Result<meteorograph::SeriesSet> set) {
    auto waiting = std::move(series.front());
    series.pop_front();
    waiting.handler(std::move(set));
  }

private:
  static std::string listOf(const std::vector<std::int64_t> &ids) {
    std::string text;
    for (const std::int64_t id : ids)
      text += (text.empty() ? "" : ",") + std::to_string(id);
    return text;
  }
  RequestId correct(std::string what, Corrected handler) {
    corrections.push_back(std::move(what));
    correcting.push_back({++m_last, std::move(handler)});
    return m_last;
  }
  RequestId m_last = 0;
};

/// Four devices with temperature, humidity and pressure, one of them stale; newest data at `now`.
inline meteorograph::Overview sampleOverview(meteorograph::TimeUs now) {
  using namespace meteorograph;
  Overview overview;
  overview.store_path = "/data/station.meteorograph";
  overview.store_bytes = 804'000'000;
  overview.revision = 20'114;
  overview.counts = {12'480'158, 12'480'112, 3, 43};
  overview.readings = overview.bronze_rows = 12'480'112;
  overview.silver_rows = 1'204'511;
  overview.provisional_windows = 6'010;
  overview.late = 41;
  overview.files = 214;
  overview.first_us = now - 30 * kDay;
  overview.newest_us = now;
  overview.quantities = {{1, "temperature", "°C", "temperature", {}},
                         {2, "humidity", "%RH", "humidity", {}},
                         {3, "pressure", "hPa", "pressure", {}},
                         {4, "co2", "ppm", "co2", {}}};
  const char *names[] = {"rpi-cleanroom", "rpi-lobby", "rpi-server-a", "greenhouse-2"};
  for (int i = 0; i < 4; ++i) {
    DeviceStatus device;
    device.id = i + 1;
    device.name = names[i];
    device.readings = 3'000'000;
    device.cadence_us = kSecond;
    device.first_us = overview.first_us;
    device.newest_us = i == 3 ? now - 13 * kMinute : now;
    device.watermark_us = device.newest_us - 10 * kMinute;
    for (QuantityId quantity = 1; quantity <= 3; ++quantity)
      device.latest.push_back({quantity, floorTo(device.newest_us, kSecond),
                               20.0 * static_cast<double>(quantity) + i,
                               20.0 * static_cast<double>(quantity) + i});
    overview.devices.push_back(device);
  }
  overview.sources = {{1, "/data/raspberry-landing", true, 214, 12'000'000, 0, 0, {}},
                      {2, "/data/archive-2025.csv.gz", false, 1, 1'204'511, 3, 0, {}}};
  overview.quarantine_reasons = {{"no number", 3}};
  return overview;
}

/// An answer to a request: a gentle wave for each line.
inline meteorograph::SeriesSet sampleSeries(const meteorograph::SeriesRequest &request) {
  using namespace meteorograph;
  SeriesSet set;
  set.from_us = request.from_us;
  set.to_us = request.to_us;
  set.columns = request.columns;
  set.average_span_us = 15 * kSecond;
  set.revision = 20'114;
  set.query_ms = 0.8;
  for (const QuantityId quantity : request.quantities)
    for (const DeviceId device : request.devices) {
      SeriesLine line{device, quantity, {}, {}, kSecond, request.to_us - kMinute};
      for (int i = 0; i < 100; ++i) {
        const TimeUs time = request.from_us + (request.to_us - request.from_us) * i / 100;
        const double value = 20.0 * static_cast<double>(quantity) + static_cast<double>(device) +
                             std::sin(static_cast<double>(i) / 9.0);
        line.points.push_back({time, time, value, value - 0.2, value + 0.2, value, value, value, 3, false});
      }
      set.lines.push_back(std::move(line));
    }
  return set;
}
