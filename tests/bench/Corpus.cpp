// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Corpus.h"

#include "core/source/SimulatedLine.h"
#include "core/source/SimulatedSensor.h"
#include "core/source/Simulator.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

namespace meteorograph::bench {

namespace {

namespace fs = std::filesystem;

constexpr int kFastDevices = 10;
constexpr int kFastHz = 400;
constexpr int kWritingDevices = 100;
constexpr int kSlowReadings = 20; ///< of a small file
constexpr int kFilesInFolder = 500;
constexpr TimeUs kStart = 1'704'067'200 * kSecond; // 2024-01-01T00:00:00Z
/// From event to processing, as the simulator has it or so.
constexpr TimeUs kProcessing = 240 * kMillisecond;

/// Makes the folder under another name first: if it is there, it is complete.
void makeOnce(const std::string &folder, const std::function<void(const std::string &)> &make) {
  if (fs::exists(folder))
    return;
  const std::string unfinished = folder + ".unfinished";
  fs::remove_all(unfinished);
  make(unfinished);
  fs::rename(unfinished, folder);
}

std::vector<std::string> filesBelow(const std::string &folder) {
  std::vector<std::string> files;
  for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

struct WritingDevice {
  SimulatedSensor sensor;
  SimulatedLine line;
};

void appendReading(std::string &text, WritingDevice &device, std::int64_t message, TimeUs time) {
  device.line.append(text, message, device.sensor.read(time), time, time + kProcessing, 0);
}

std::vector<WritingDevice> makeDevices(int count, int name_digits) {
  std::vector<WritingDevice> devices;
  for (int number = 1; number <= count; ++number)
    devices.push_back(
        {SimulatedSensor(static_cast<std::uint64_t>(number)), SimulatedLine(number, name_digits)});
  return devices;
}

void writeFile(const std::string &path, const std::string &text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  require(file.flush().good(), "cannot write " + path);
}

/// `file` with leading zeros, so that names sort.
std::string numbered(int number) {
  const std::string digits = std::to_string(number);
  return std::string(6 - std::min<std::size_t>(digits.size(), 6), '0') + digits;
}

void writeSmallFiles(const std::string &folder, int files) {
  std::vector<WritingDevice> devices = makeDevices(kWritingDevices, 3);
  std::string text;
  for (int file = 0; file < files; ++file) {
    const std::string inside = folder + "/" + numbered(file / kFilesInFolder);
    if (file % kFilesInFolder == 0)
      fs::create_directories(inside);
    const int turn = file / kWritingDevices;
    text.clear();
    for (int second = turn * kSlowReadings; second < (turn + 1) * kSlowReadings; ++second)
      appendReading(text, devices[static_cast<std::size_t>(file % kWritingDevices)], second + 1,
                    kStart + second * kSecond + file % kWritingDevices * kMillisecond);
    writeFile(inside + "/" + numbered(file) + ".json", text);
  }
}

void writeLiveFiles(const std::string &folder, int files) {
  constexpr int kTicks = kFastHz / 10; // of a file
  fs::create_directories(folder);
  std::vector<WritingDevice> devices = makeDevices(kFastDevices, 2);
  std::string text;
  for (int file = 0; file < files; ++file) {
    text.clear();
    for (int tick = file * kTicks; tick < (file + 1) * kTicks; ++tick)
      for (WritingDevice &device : devices)
        appendReading(text, device, tick + 1, liveStart() + tick * kSecond / kFastHz);
    writeFile(folder + "/" + numbered(file) + ".json", text);
  }
}

} // namespace

Corpus fastCorpus(const Run &run) {
  const std::int64_t readings = run.isQuick() ? 200'000 : 2'000'000;
  const std::string folder = run.path("400hz");
  makeOnce(folder, [&](const std::string &unfinished) {
    SimulatorOptions options;
    options.folder = unfinished;
    options.devices = kFastDevices;
    options.rate_hz = kFastHz;
    options.duration_s = static_cast<double>(readings / kFastDevices / kFastHz);
    options.start_us = kStart;
    options.fast = true;
    const SimulatorReport report = require(simulate(options, std::atomic<bool>(false)));
    require(report.readings == readings, "the simulator wrote another number of readings");
  });
  return {folder, readings, filesBelow(folder)};
}

Corpus smallFiles(const Run &run, int files) {
  const std::string folder = run.path("small-" + std::to_string(files));
  makeOnce(folder, [files](const std::string &unfinished) { writeSmallFiles(unfinished, files); });
  return {folder, std::int64_t{files} * kSlowReadings, filesBelow(folder)};
}

Corpus liveFiles(const Run &run, int files) {
  const std::string folder = run.path("live-files");
  makeOnce(folder, [files](const std::string &unfinished) { writeLiveFiles(unfinished, files); });
  return {folder, std::int64_t{files} * kFastDevices * kFastHz / 10, filesBelow(folder)};
}

TimeUs liveStart() { return kStart + kHour; }

} // namespace meteorograph::bench
