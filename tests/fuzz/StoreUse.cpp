// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/StoreUse.h"

#include "app/StatusReport.h"
#include "core/store/Corrections.h"
#include "core/store/Migrations.h"
#include "core/store/Repair.h"
#include "tests/fuzz/Fuzz.h"
#include "tests/support/EarlierStore.h"
#include "tests/support/ParserHarness.h"

#include <atomic>
#include <filesystem>

using namespace meteorograph;

namespace {

constexpr TimeUs kNow = 1'700'100'000 * kSecond;
const std::atomic<bool> kGoOn{false};

std::string lines(int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine(second % 3 == 0 ? "roof" : "cellar", second * 7, 10 + second % 7 * 0.5);
  return text;
}

RetentionSettings keepingHours(int bronze, int silver) {
  RetentionSettings settings;
  settings.of(StoreLayer::Bronze).age_us = bronze * kHour;
  settings.of(StoreLayer::Silver).age_us = silver * kHour;
  return settings;
}

/// Takes each row of a list, which is to end.
template <class Row> auto eachRow() {
  return [](const Row &) { return true; };
}

std::vector<DeviceId> someDevices(const Overview &overview) {
  std::vector<DeviceId> devices;
  for (const DeviceStatus &device : overview.devices)
    if (devices.size() < 4)
      devices.push_back(device.id);
  return devices;
}

std::vector<QuantityId> someQuantities(const Overview &overview) {
  std::vector<QuantityId> quantities;
  for (const Quantity &quantity : overview.quantities)
    if (quantities.size() < 4)
      quantities.push_back(quantity.id);
  return quantities;
}

/// As the window and `chart` ask: of everything, of a day, of a minute, of moments.
void chart(StoreReader &reader, const Overview &overview) {
  const TimeUs last = overview.newest_us == kNoTime ? kNow : overview.newest_us;
  const TimeUs first = overview.first_us == kNoTime ? last - kDay : overview.first_us;
  for (const auto &[from, to] : {std::pair{first, last + 1},
                                 {last - kDay, last},
                                 {last - kMinute, last + kMinute},
                                 {1'700'000'000 * kSecond, 1'700'000'010 * kSecond}}) {
    SeriesRequest request{from, to, 400, someDevices(overview), someQuantities(overview), {}};
    const Result<SeriesSet> set = reader.series(request);
    require(!set || set->lines.size() == request.devices.size() * request.quantities.size(),
            "a line for each");
    for (const SeriesLine &line : set ? set->lines : std::vector<SeriesLine>())
      require(line.points.size() <= 2 + 2 * static_cast<std::size_t>(request.columns),
              "a point for each column");
  }
}

void exportSome(StoreReader &reader) {
  ExportRequest request;
  (void)reader.exportBronze(request, eachRow<BronzeRow>());
  (void)reader.exportGold(request, eachRow<GoldRow>());
  for (const TimeUs window : {kSecond, kMinute}) {
    request.window_us = window;
    (void)reader.exportSilver(request, eachRow<SilverRow>());
  }
}

void ask(StoreReader &reader) {
  const Result<Overview> overview = reader.overview();
  (void)reader.revision();
  (void)reader.quarantine(100, 0);
  for (const StoreLayer layer : kStoreLayers)
    (void)reader.horizon(layer);
  exportSome(reader);
  if (!overview)
    return;
  const Result<std::vector<FileStatus>> files = reader.files(100, 0);
  StatusReport report{*overview,
                      files.value_or(std::vector<FileStatus>()),
                      reader.retention(keepingHours(1, 2), kNow).value_or(RetentionStatus()),
                      reader.progress(),
                      {},
                      reader.events(100).value_or(std::vector<EventEntry>()),
                      {},
                      reader.integrityHistory()};
  require(!statusAsJson(report).empty() && !statusAsText(report).empty(), "there is something to say");
  chart(reader, *overview);
  for (const DeviceId device : someDevices(*overview))
    (void)reader.readings({device, 1'700'000'000 * kSecond, 1'700'000'060 * kSecond, 50}, nullptr);
  for (const FileStatus &file : report.files)
    (void)reader.file(file.id);
}

void lookAt(const std::string &store) {
  if (const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(store))
    ask(**reader);
}

/// With what SQLite and the writer put beside it.
void removeStore(const std::string &path) {
  for (const char *suffix : {"", "-wal", "-shm", "-lock"})
    std::filesystem::remove(path + suffix);
}

} // namespace

StoreUse::StoreUse() : m_harness(false) {
  m_harness.now = kNow;
  makeImages();
}

void StoreUse::restoreFiles() {
  m_harness.write("data.json", lines(0, 60) + "no reading\n");
  m_harness.write("table.csv",
                  "time;device;humidity\n2023-11-14T22:14:00Z;attic;40.5\n2023-11-14T22:14:01Z;attic;");
  m_harness.age("data.json", kHour);
  m_harness.age("table.csv", kHour);
}

void StoreUse::fill() {
  require(m_harness.open(), "a store can be made");
  restoreFiles();
  StoreWriter &writer = m_harness.writer();
  Mapping mapping;
  mapping.zone = "Europe/Berlin";
  require(writer.addSource(m_harness.path(""), true, mapping).has_value() && m_harness.ingest(),
          "files can be read");
  require(m_harness.keep(keepingHours(20, 30)), "a store keeps what it is told to");
  Corrections corrections(writer, kGoOn);
  const Overview overview = m_harness.overview();
  const DeviceId device = overview.devices.at(0).id;
  const bool done = corrections.renameDevice(device, "loft") && corrections.setHolding(device, true) &&
                    corrections.setLimits(overview.quantities.at(0).id, {-5, 35, 3, kMinute}) &&
                    corrections.saveAnnotation({0, 1'700'000'000 * kSecond, kNoTime, "moved", "loft", 0}) &&
                    writer.saveIntegrity({}) && writer.logEvent("warning", "something to tell");
  require(done, "a store takes corrections");
  m_harness.close();
}

void StoreUse::makeImages() {
  fill();
  const std::string today = readFile(path());
  for (std::size_t steps = 1; steps < migrations().size(); ++steps) {
    const std::string earlier = path() + "-earlier";
    const std::string failure = makeEarlierStore(path(), earlier, steps);
    require(failure.empty(), failure);
    m_images.push_back(readFile(earlier));
    std::filesystem::remove(earlier);
  }
  m_images.push_back(today);
  clearUp();
}

void StoreUse::look() { lookAt(path()); }

void StoreUse::check() {
  const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(path());
  if (!reader)
    return;
  (void)(*reader)->integrity(true);
  const std::string copy = path() + "-copy";
  if ((*reader)->copyTo(copy, [](std::int64_t, std::int64_t) { return true; }))
    lookAt(copy);
  removeStore(copy);
}

void StoreUse::change() {
  restoreFiles();
  m_harness.append("data.json", lines(60, 70));
  if (m_harness.open()) {
    m_harness.ingest();
    Corrections corrections(m_harness.writer(), kGoOn);
    (void)corrections.renameDevice(1, "lab");
    (void)corrections.leaveOutDuplicates(1, true);
    (void)corrections.mergeDevices(2, 1);
    if (const Result<FileCheckpoint> file = corrections.file(1))
      (void)corrections.removeReadings(*file);
    m_harness.keep(keepingHours(1, 2), 50);
    m_harness.close();
    look();
  }
  m_harness.errors.clear();
}

void StoreUse::repair() {
  const std::string saved = path() + "-saved";
  if (const Result<std::unique_ptr<Repair>> repair = Repair::open(path(), saved, [] { return true; }))
    if ((*repair)->salvage() && (*repair)->conclude()) {
      const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(saved);
      require(reader && (*reader)->integrity(true)->found == "ok", "what was saved is a sound store");
      ask(**reader);
    }
  removeStore(saved);
}

void StoreUse::clearUp() {
  constexpr std::uintmax_t kMostBytes = 64 << 20; // of a store of half a megabyte
  const std::filesystem::path store(path());
  for (const auto &entry : std::filesystem::directory_iterator(store.parent_path())) {
    const std::string name = entry.path().filename();
    const std::string suffix = name.substr(std::min(name.size(), store.filename().native().size()));
    require(suffix.empty() || suffix == "-wal" || suffix == "-shm" || suffix == "-lock" ||
                suffix == "-journal",
            "nothing is left behind: " + name);
    require(entry.file_size() < kMostBytes, "a store does not swell: " + name);
    std::filesystem::remove(entry.path());
  }
}
