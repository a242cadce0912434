// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/EngineHarness.h"
#include "tests/support/History.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <atomic>
#include <cmath>
#include <sstream>

using namespace meteorograph;

namespace {

/// What looks at the files: an ingestor that is stepped, or the engine with its threads.
class Subject {
public:
  virtual ~Subject() = default;
  virtual std::string root() const = 0;
  virtual std::string store() const = 0;
  virtual void scan(ReferenceModel::Pass pass, TimeUs now) = 0;
  virtual void reopen() = 0;
  virtual std::string takeErrors() = 0; ///< since the last call
};

class SteppedSubject : public Subject {
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

class EngineSubject : public Subject {
public:
  EngineSubject() { reopen(); }
  std::string root() const override { return m_folder.path().toStdString(); }
  std::string store() const override { return m_storeFolder.path().toStdString() + "/s.meteorograph"; }
  void scan(ReferenceModel::Pass, TimeUs now) override {
    m_now = now;
    const std::atomic<bool> stop{false};
    const Result<IngestReport> report = m_engine->ingest({root()}, stop);
    m_errors += !report ? report.error().message : std::string();
    for (const Error &error : report ? report->errors : std::vector<Error>())
      m_errors += error.message;
  }
  void reopen() override {
    m_engine.reset();
    EngineOptions options;
    options.store_path = store();
    options.clock = [this] { return m_now.load(); };
    m_engine = std::move(*Engine::open(options));
  }
  std::string takeErrors() override { return std::exchange(m_errors, {}); }

private:
  QTemporaryDir m_folder;
  QTemporaryDir m_storeFolder;
  std::atomic<TimeUs> m_now{wallClockNow()};
  std::unique_ptr<Engine> m_engine;
  std::string m_errors;
};

void sortLines(const std::string &text, ModelTables &tables) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    (line.size() > 4 && line[4] == '-' ? tables.gold : tables.windows).push_back(line);
}

/// What the store holds, in the model's words.
ModelTables tablesOf(const Subject &subject) {
  ModelTables tables;
  const std::unique_ptr<StoreReader> reader = std::move(*StoreReader::open(subject.store()));
  const Overview seen = *reader->overview();
  const auto local = [&](std::string_view path) {
    return std::string(path.substr(subject.root().size() + 1));
  };
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
    tables.bronze.push_back(text + " " + local(row.file) + ":" + std::to_string(row.line));
    return true;
  });
  sortLines(dumpWindows(*reader), tables);
  const std::vector<QuarantinedRecord> rejected = *reader->quarantine(-1, 0);
  for (const QuarantinedRecord &record : rejected)
    tables.quarantine.push_back(local(record.file) + ":" + std::to_string(record.line) + "@" +
                                std::to_string(record.offset));
  for (const DeviceStatus &device : seen.devices) {
    if (device.readings == 0)
      continue;
    tables.devices.push_back(device.name + " " + std::to_string(device.readings) + " " +
                             formatIsoTime(device.first_us) + " " + formatIsoTime(device.newest_us));
    if (device.watermark_us != kNoTime)
      tables.watermarks.push_back(device.name + " " + formatIsoTime(device.watermark_us));
  }
  for (std::vector<std::string> *list : {&tables.bronze, &tables.windows, &tables.gold, &tables.quarantine,
                                         &tables.devices, &tables.watermarks})
    std::sort(list->begin(), list->end());
  tables.counts = seen.counts;
  tables.late = seen.late;
  return tables;
}

std::string firstDifference(const char *name, const std::vector<std::string> &seen,
                            const std::vector<std::string> &expected) {
  std::string text;
  std::vector<std::string> lines;
  std::set_difference(expected.begin(), expected.end(), seen.begin(), seen.end(), std::back_inserter(lines));
  if (!lines.empty())
    text += std::string(name) + ": " + std::to_string(lines.size()) + " rows are missing, first " + lines[0] +
            "\n";
  lines.clear();
  std::set_difference(seen.begin(), seen.end(), expected.begin(), expected.end(), std::back_inserter(lines));
  if (!lines.empty())
    text += std::string(name) + ": " + std::to_string(lines.size()) + " rows should not be, first " +
            lines[0] + "\n";
  return text;
}

std::string countsText(const RecordCounts &counts) {
  return std::to_string(counts.records) + " records, " + std::to_string(counts.accepted) + " accepted, " +
         std::to_string(counts.quarantined) + " quarantined, " + std::to_string(counts.skipped) + " skipped";
}

std::string difference(const ModelTables &seen, const ModelTables &expected) {
  std::string text = firstDifference("bronze", seen.bronze, expected.bronze) +
                     firstDifference("quarantine", seen.quarantine, expected.quarantine);
  if (seen.counts != expected.counts)
    text += "counts: " + countsText(seen.counts) + " instead of " + countsText(expected.counts) + "\n";
  if (text.empty())
    text = firstDifference("windows", seen.windows, expected.windows) +
           firstDifference("gold", seen.gold, expected.gold) +
           firstDifference("devices", seen.devices, expected.devices);
  if (text.empty() && !expected.watermarks.empty())
    text = firstDifference("watermarks", seen.watermarks, expected.watermarks);
  if (text.empty() && expected.late && expected.late != seen.late)
    text = "late: " + std::to_string(*seen.late) + " instead of " + std::to_string(*expected.late) + "\n";
  return text;
}

/// One history, step by step, with the model beside it.
class Run {
public:
  Run(std::uint32_t seed, bool threaded)
      : m_seed(seed), m_subject(threaded ? std::unique_ptr<Subject>(std::make_unique<EngineSubject>())
                                         : std::make_unique<SteppedSubject>(seed)),
        m_threaded(threaded), m_folder(m_subject->root(), seed, wallClockNow() + kHour) {}

  /// What went wrong; empty: nothing.
  std::string go(const History &history) {
    std::string failure;
    for (const Step &step : history) {
      if (failure = act(step); !failure.empty() || leftEarly)
        return failure.empty() ? failure : "after step " + std::to_string(step.number) + ": " + failure;
    }
    m_folder.completeLines(m_seed % 3 != 0);
    failure = scan(ReferenceModel::Pass::Once, 1, true);
    return failure.empty() && !leftEarly ? again() : failure;
  }
  /// The files as they are now, by their last bytes.
  std::string files() const {
    std::string text;
    for (const auto &[path, file] : m_folder.files())
      text += path + ", " + std::to_string(file.bytes.size()) + " bytes: …" +
              file.bytes.substr(file.bytes.size() - std::min<std::size_t>(file.bytes.size(), 600)) + "\n";
    return text;
  }
  bool leftEarly = false; ///< something came up that the rules do not decide

private:
  std::string act(const Step &step) {
    if (step.deed == Deed::Reopen)
      return m_subject->reopen(), std::string();
    if (step.deed == Deed::Scan)
      return scan(step.which % 2 == 0 && !m_threaded ? ReferenceModel::Pass::Following
                                                     : ReferenceModel::Pass::Once,
                  step.how, step.how % 4 == 0);
    const bool done = m_folder.apply(step, m_model);
    return done && step.deed == Deed::Empty ? scan(ReferenceModel::Pass::Once, 1, false) : std::string();
  }

  std::string scan(ReferenceModel::Pass pass, std::uint32_t how, bool compares) {
    const bool fresh = how % 3 == 0 && !m_folder.needsRest();
    m_folder.now += fresh ? kMillisecond : (5 + how / 4 % 5) * kSecond;
    leftEarly = !m_model.ambiguity(m_folder.files()).empty();
    if (leftEarly)
      return {};
    m_subject->scan(pass, m_folder.now);
    m_model.scan(m_folder.files(), pass, m_folder.now);
    m_folder.wasScanned();
    const std::string errors = m_subject->takeErrors();
    if (!m_model.isDetermined()) // a header alone is an error, for one
      return {};
    return errors.empty() && compares ? compare() : errors;
  }

  std::string compare() const {
    const std::string text = difference(tablesOf(*m_subject), m_model.tables());
    return text.empty() ? storeInconsistency(m_subject->store()).toStdString() : text;
  }

  /// Looking once more changes nothing.
  std::string again() {
    const auto revision = [this] { return (*StoreReader::open(m_subject->store()))->overview()->revision; };
    m_folder.now += kMinute;
    m_subject->scan(ReferenceModel::Pass::Once, m_folder.now); // what had just changed is checked again
    const std::int64_t before = revision();
    m_subject->reopen();
    m_folder.now += kMinute;
    m_subject->scan(ReferenceModel::Pass::Once, m_folder.now);
    if (revision() != before)
      return "reading again changed something";
    return m_model.isDetermined() ? compare() : std::string();
  }

  std::uint32_t m_seed;
  std::unique_ptr<Subject> m_subject;
  bool m_threaded;
  HistoryFolder m_folder;
  ReferenceModel m_model;
};

bool isThreaded(std::uint32_t seed) { return seed % 5 == 4; }

std::string failureOf(std::uint32_t seed, const History &history) {
  return Run(seed, isThreaded(seed)).go(history);
}

QByteArray reportOf(std::uint32_t seed, const History &whole, const std::string &failure) {
  const History least = shrunk(whole, [seed](const History &part) { return !failureOf(seed, part).empty(); });
  const std::string text = "history " + std::to_string(seed) + ": " + failure + "the shortest that fails:\n" +
                           describe(least) + failureOf(seed, least) +
                           "to run it alone: METEOROGRAPH_HISTORY=" + nameOf(seed, least) +
                           " laws_tests tst_Histories";
  return QByteArray::fromStdString(text);
}

} // namespace

/// Whatever happens to files, the tables are what the promises say: those of a model that is written
/// from them and computes everything anew.
class tst_Histories : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void anyHistoryGivesTheTablesOfTheModel();
};

/// METEOROGRAPH_HISTORIES: how many, or `from-to`, their seeds. METEOROGRAPH_HISTORY: this one alone.
void tst_Histories::anyHistoryGivesTheTablesOfTheModel() {
  if (const QByteArray name = qgetenv("METEOROGRAPH_HISTORY"); !name.isEmpty()) {
    std::uint32_t seed = 0;
    const History history = historyNamed(name.toStdString(), seed);
    Run run(seed, isThreaded(seed));
    const std::string failure = run.go(history);
    QVERIFY2(failure.empty(), (describe(history) + failure + run.files()).c_str());
    return;
  }
  const QList<QByteArray> range = qEnvironmentVariable("METEOROGRAPH_HISTORIES", "60").toLatin1().split('-');
  const std::uint32_t first = range.size() > 1 ? range.front().toUInt() : 1;
  const std::uint32_t last = range.back().toUInt();
  std::uint32_t early = 0;
  for (std::uint32_t seed = first; seed <= last; ++seed) {
    const History history = historyOf(seed);
    Run run(seed, isThreaded(seed));
    const std::string failure = run.go(history);
    early += run.leftEarly ? 1 : 0;
    if (failure.empty())
      continue;
    QFAIL(reportOf(seed, history, failure).constData());
  }
  qInfo("%u histories, of which %u ended early", last - first + 1, early);
  QVERIFY(early * 10 <= last - first + 1);
}

METEOROGRAPH_TEST(tst_Histories)
#include "tst_Histories.moc"
