// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/CrashHistory.h"
#include "tests/support/FaultVfs.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

/// What is asked of a store is answered in full, or not at all: whatever cannot be read on the way.
class tst_ReadFaultLaws : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void answersInFullOrNotAtAll_data();
  void answersInFullOrNotAtAll();

private:
  FaultVfs &m_vfs = FaultVfs::install();
  StoreHarness m_harness;
};

namespace {

using Answer = Result<std::string>;
using Question = Answer (*)(StoreReader &);

std::string number(double value) { return ' ' + QByteArray::number(value, 'g', 15).toStdString(); }

template <class T, class Tell> Answer told(const Result<std::vector<T>> &all, Tell tell) {
  if (!all)
    return tl::unexpected(all.error());
  std::string text;
  for (const T &each : *all)
    text += tell(each) + '\n';
  return text;
}

Answer devices(StoreReader &reader) {
  return told(reader.devices(), [](const Device &device) { return device.name; });
}

Answer quantities(StoreReader &reader) {
  return told(reader.quantities(), [](const Quantity &quantity) { return quantity.name; });
}

Answer files(StoreReader &reader) {
  return told(reader.files(-1, 0),
              [](const FileStatus &file) { return file.path + number(static_cast<double>(file.readings)); });
}

Answer quarantine(StoreReader &reader) {
  return told(reader.quarantine(-1, 0), [](const QuarantinedRecord &record) { return record.text; });
}

Answer events(StoreReader &reader) {
  return told(reader.events(-1), [](const EventEntry &event) { return event.text; });
}

Answer overview(StoreReader &reader) {
  const Result<Overview> all = reader.overview();
  if (!all)
    return tl::unexpected(all.error());
  std::string text = number(static_cast<double>(all->provisional_windows + all->files + all->pending_bytes));
  for (const DeviceStatus &device : all->devices) {
    text += device.name + number(static_cast<double>(device.readings));
    for (const LatestValue &value : device.latest)
      text += number(static_cast<double>(value.time_us)) + number(value.value) + number(value.average);
  }
  for (const Quantity &quantity : all->quantities)
    text += quantity.name;
  for (const SourceStatus &source : all->sources)
    text += source.path + number(static_cast<double>(source.files + source.readings + source.quarantined));
  for (const auto &reason : all->quarantine_reasons)
    text += reason.reason + number(static_cast<double>(reason.count));
  return text;
}

Answer retention(StoreReader &reader) {
  const Result<RetentionStatus> status = reader.retention(std::nullopt, 1'800'000'000 * kSecond);
  if (!status)
    return tl::unexpected(status.error());
  std::string text;
  for (const LayerStatus &layer : status->layers)
    text += number(static_cast<double>(layer.rows)) + number(static_cast<double>(layer.bytes)) +
            number(static_cast<double>(layer.horizon_us)) + toString(layer.limits);
  return text;
}

SeriesRequest wholeChart(TimeUs width) {
  SeriesRequest request;
  request.from_us = 1'700'001'000 * kSecond;
  request.to_us = request.from_us + width;
  request.devices = {1, 2, 3, 4};
  request.quantities = {1, 2, 3};
  return request;
}

Answer chart(StoreReader &reader, TimeUs width) {
  const Result<SeriesSet> set = reader.series(wholeChart(width));
  if (!set)
    return tl::unexpected(set.error());
  std::string text = number(static_cast<double>(set->step_us));
  for (const SeriesLine &line : set->lines)
    for (const SeriesPoint &point : line.points)
      text += number(static_cast<double>(point.last_us)) + number(point.min) + number(point.max) +
              number(point.average) + (point.faults ? "!" : "");
  return text;
}

Answer wideChart(StoreReader &reader) { return chart(reader, 10 * kHour); }
Answer narrowChart(StoreReader &reader) { return chart(reader, 20 * kSecond); }

Answer readings(StoreReader &reader) {
  const Result<ReadingsOfWindow> all =
      reader.readings({2, 1'700'000'000 * kSecond, 1'700'100'000 * kSecond, 500});
  if (!all)
    return tl::unexpected(all.error());
  std::string text = number(static_cast<double>(all->total));
  for (const StoredReading &reading : all->readings)
    text += reading.file + number(static_cast<double>(reading.line)) + number(reading.values.front());
  return text;
}

Answer bronze(StoreReader &reader) {
  ExportRequest request;
  request.layer = Layer::Bronze;
  std::string text;
  const Result<void> done = reader.exportBronze(request, [&](const BronzeRow &row) {
    text += std::string(row.device) + std::string(row.file) + number(static_cast<double>(row.line));
    return true;
  });
  return done ? Answer(text) : tl::unexpected(done.error());
}

Answer silver(StoreReader &reader) {
  ExportRequest request;
  std::string text;
  const Result<void> done = reader.exportSilver(request, [&](const SilverRow &row) {
    text += std::string(row.device) + std::string(row.quantity) + number(row.mean);
    return true;
  });
  return done ? Answer(text) : tl::unexpected(done.error());
}

Answer gold(StoreReader &reader) {
  ExportRequest request;
  request.layer = Layer::Gold;
  request.from_us = 1'700'001'500 * kSecond;
  std::string text;
  const Result<void> done = reader.exportGold(request, [&](const GoldRow &row) {
    text += std::string(row.device) + std::string(row.quantity) + number(row.ma_8) + number(row.ma_60s);
    return true;
  });
  return done ? Answer(text) : tl::unexpected(done.error());
}

} // namespace

void tst_ReadFaultLaws::initTestCase() {
  m_harness.root = "data";
  m_harness.write("data/a.json", "");
  QVERIFY(m_harness.writer().addSource(m_harness.path("data"), true));
  for (const CrashHistory::Step &step : CrashHistory(2).steps) {
    step.change(m_harness);
    QVERIFY(step.take(m_harness));
  }
}

void tst_ReadFaultLaws::answersInFullOrNotAtAll_data() {
  QTest::addColumn<Question>("question");
  QTest::newRow("devices") << Question(devices);
  QTest::newRow("quantities") << Question(quantities);
  QTest::newRow("files") << Question(files);
  QTest::newRow("quarantine") << Question(quarantine);
  QTest::newRow("events") << Question(events);
  QTest::newRow("overview") << Question(overview);
  QTest::newRow("retention") << Question(retention);
  QTest::newRow("wide chart") << Question(wideChart);
  QTest::newRow("narrow chart") << Question(narrowChart);
  QTest::newRow("readings") << Question(readings);
  QTest::newRow("bronze") << Question(bronze);
  QTest::newRow("silver") << Question(silver);
  QTest::newRow("gold") << Question(gold);
}

void tst_ReadFaultLaws::answersInFullOrNotAtAll() {
  QFETCH(Question, question);
  m_vfs.disarm();
  const Answer expected = question(**StoreReader::open(m_harness.store()));
  QVERIFY(expected);
  QVERIFY(!expected->empty());
  int failed = 0;
  for (const Fault fault : {Fault::ReadError, Fault::ShortRead, Fault::Busy, Fault::OpenError})
    for (std::int64_t at = 1;; at += 1 + at / 16) {
      m_vfs.arm(fault, at, 1 + at % 3, 1);
      const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(m_harness.store());
      const Answer answer = reader ? question(**reader) : tl::unexpected(reader.error());
      if (answer && *answer != *expected)
        QFAIL(qPrintable(QString("%1 at operation %2: %3 bytes of %4")
                             .arg(toString(fault))
                             .arg(at)
                             .arg(answer->size())
                             .arg(expected->size())));
      failed += !answer;
      if (!m_vfs.struck())
        break;
    }
  m_vfs.disarm();
  QVERIFY(failed > 0);
}

METEOROGRAPH_TEST(tst_ReadFaultLaws)
#include "tst_ReadFaultLaws.moc"
