// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/EngineRun.h"
#include "tests/bench/Run.h"

#include "core/model/Time.h"
#include "core/source/ByteReader.h"
#include "core/source/RecordParser.h"
#include "tests/support/AvroWriter.h"
#include "tests/support/Packing.h"
#include "tests/support/SqliteFile.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 3;
constexpr int kRepeats = 15;
constexpr double kMostPercent = 1;
/// What the parser is shown at first; more until it makes something of it.
constexpr std::size_t kFirstBytes = 4096;

const Figure kFigure{"recognition_share", "% of ingest", "1 %"};

struct Sample {
  std::string folder;
  std::string path;
};

std::string timeText(int reading) { return formatIsoTime((1'700'000'000 + reading) * kSecond); }
std::string valueText(int reading) { return std::to_string(15 + reading % 17) + ".25"; }

std::string jsonText(int readings, const char *begin, const char *between) {
  std::string text = begin;
  for (int i = 0; i < readings; ++i)
    text += (i > 0 ? between : "") + ("{\"device\":\"a\",\"time\":\"" + timeText(i)) +
            "\",\"temperature\":" + valueText(i) + ",\"humidity\":" + valueText(i + 3) + "}";
  return text + "\n";
}

std::string csvText(int readings) {
  std::string text = "time;device;temperature;humidity;pressure\r\n";
  for (int i = 0; i < readings; ++i)
    text += timeText(i) + ";a;" + valueText(i) + ";" + valueText(i + 3) + ";1013.25\r\n";
  return text;
}

std::string avroText(int readings) {
  AvroWriter writer(R"({"type":"record","name":"R","fields":[{"name":"device","type":"string"},
    {"name":"time","type":"string"},{"name":"temperature","type":"double"},{"name":"humidity","type":"double"}]})");
  for (int from = 0; from < readings; from += 500) {
    std::vector<std::string> data;
    for (int i = from; i < std::min(from + 500, readings); ++i)
      data.push_back(avroSized("a") + avroSized(timeText(i)) + avroDouble(15 + i % 17) +
                     avroDouble(18 + i % 17));
    writer.block(data);
  }
  return writer.container();
}

/// One file of a kind in a folder of its own, of some ten megabytes of text (quick: one).
std::vector<Sample> makeSamples(const Run &run, int readings) {
  std::vector<Sample> samples;
  const auto add = [&](const char *name) -> std::string & {
    const std::string folder = run.path(std::string("recognition-") + name);
    std::filesystem::create_directories(folder);
    return samples.emplace_back(Sample{folder, folder + "/" + name}).path;
  };
  const auto write = [&](const char *name, const std::string &bytes) {
    std::ofstream(add(name), std::ios::binary) << bytes;
  };
  const std::string lines = jsonText(readings, "", "\n");
  const std::string table = csvText(readings);
  write("lines.json", lines);
  write("array.json", jsonText(readings, "[", ","));
  write("table.csv", table);
  write("lines.json.gz", gzipOf(lines));
  write("table.csv.zst", zstdOf(table));
  write("table-utf16.csv", utf16Of(table, false));
  write("capture.avro", avroText(readings));
  SqliteFile(add("weewx.sdb")).execute(weewxSchema() + weewxRows(0, readings));
  return samples;
}

/// Bytes from the file's beginning that the parser can begin with, and the padding behind them.
std::vector<char> beginningOf(ByteReader &reader, std::size_t size) {
  std::vector<char> bytes(size + kChunkPadding);
  const std::size_t got = require(reader.read(bytes.data(), size));
  bytes.resize(got + kChunkPadding);
  return bytes;
}

double parseSeconds(RecordParser &parser, std::string_view text, std::size_t &consumed) {
  Batch batch;
  double seconds = 0;
  timed(seconds, [&] { consumed = parser.parse({text, 0, 1, false}, batch).bytes; });
  return seconds;
}

/// Seconds that pass before the first reading of the file can be made: opening it and seeing what it is
/// packed in, its format, and what the parser finds out of its beginning. Parsing itself is not in it.
double recognitionSeconds(const std::string &path) {
  double seconds = 0;
  std::unique_ptr<ByteReader> reader = timed(seconds, [&] { return require(ByteReader::open(path)); });
  for (std::size_t size = kFirstBytes;; size *= 2) {
    const std::vector<char> bytes = beginningOf(*reader, size);
    const std::string_view text(bytes.data(), bytes.size() - kChunkPadding);
    const FileContext context{path, "a", {}};
    double recognised = 0;
    const auto kind = timed(recognised, [&] { return recogniseFormat(text, false).kind; });
    const std::unique_ptr<RecordParser> parser = makeParser(kind, context);
    require(parser != nullptr, path + " was not recognised");
    std::size_t consumed = 0;
    const double first = parseSeconds(*parser, text, consumed);
    if (consumed > 0) {
      const std::unique_ptr<RecordParser> warm = resumeParser(parser->state(), context);
      return seconds + recognised + std::max(first - parseSeconds(*warm, text, consumed), 0.0);
    }
    require(require(reader->seek(0)), path + " became shorter");
  }
}

double recognitionOf(const Sample &sample) {
  std::vector<double> times;
  for (int i = 0; i < kRepeats; ++i)
    times.push_back(recognitionSeconds(sample.path));
  return median(times);
}

void measure(const Run &run) {
  const int readings = run.isQuick() ? 10'000 : 100'000;
  const std::vector<Sample> samples = makeSamples(run, readings);
  const std::string store = run.path("recognition.meteorograph");
  std::vector<double> worst;
  for (int round = 0; round < kRounds; ++round) {
    double most = 0;
    for (const Sample &sample : samples) {
      const double ingest = ingestAlone(store, sample.folder, readings).seconds;
      most = std::max(most, 100 * recognitionOf(sample) / ingest);
    }
    worst.push_back(most);
  }
  removeStore(store);
  run.tell(kFigure, worst, {kMostPercent});
}

} // namespace

Benchmark recognitionBench() { return {{kFigure}, measure}; }

} // namespace meteorograph::bench
