// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <atomic>

using namespace meteorograph;

namespace {

constexpr int kPatience = EngineHarness::kPatience;
constexpr TimeUs kYears = 10 * 365 * kDay;

/// An engine whose clock is ahead of, or behind, the file system's.
struct Clocked {
  explicit Clocked(TimeUs by) : offset(by), harness(options()) {}
  EngineOptions options() {
    EngineOptions options;
    options.quiet_us = kHour;
    options.clock = [this] { return wallClockNow() + offset; };
    return options;
  }
  std::atomic<TimeUs> offset;
  EngineHarness harness;
};

} // namespace

/// The computer's clock is set while the engine runs, or is wrong.
class tst_ClockFaults : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void waitsForNoClock_data();
  void waitsForNoClock();
  void readsCopiesFromTheFuture();
  void givesUpNothingForAClockThatIsWrongFromTheStart();
};

void tst_ClockFaults::waitsForNoClock_data() {
  QTest::addColumn<qint64>("jump");
  QTest::newRow("years back") << qint64{-kYears};
  QTest::newRow("hours back") << qint64{-5 * kHour};
  QTest::newRow("years on") << qint64{kYears};
}

void tst_ClockFaults::waitsForNoClock() {
  QFETCH(const qint64, jump);
  Clocked clocked(0);
  EngineHarness &harness = clocked.harness;
  harness.write("a.csv", "time,temperature\n2024-01-01T00:00:00Z,20\n2024-01-01T00:00:01Z,21");
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 1, kPatience); // the last line waits until it is quiet
  clocked.offset += jump;
  // An hour passes again and again: from when the jump has been seen it takes one.
  QTRY_VERIFY_WITH_TIMEOUT((clocked.offset += kHour, harness.readings() == 2), kPatience);
  harness.append("a.csv", "\n2024-01-01T00:00:02Z,22\n");
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 3, kPatience);
  QCOMPARE(harness.inconsistency(), QString());
}

void tst_ClockFaults::readsCopiesFromTheFuture() {
  Clocked clocked(-kYears);
  EngineHarness &harness = clocked.harness;
  harness.write("a.json", jsonLine("d", 1, 20));
  harness.engine().follow({harness.path("")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 1, kPatience);
  harness.write("b.json", jsonLine("d", 1, 20));
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 2, kPatience);
  QVERIFY(harness.tells("warning", "same content"));
}

/// What comes meanwhile is stamped by the same clock, so that the newest reading says nothing else.
void tst_ClockFaults::givesUpNothingForAClockThatIsWrongFromTheStart() {
  Clocked clocked(0);
  EngineHarness &harness = clocked.harness;
  const auto line = [](TimeUs time, const char *value) { return formatIsoTime(time) + "," + value + "\n"; };
  const TimeUs now = wallClockNow();
  harness.write("a.csv", "time,temperature\n" + line(now - 365 * kDay, "19") + line(now - kMinute, "20") +
                             line(now, "21"));
  QVERIFY(harness.ingest("a.csv"));
  clocked.offset = kYears;
  harness.reopen();
  harness.append("a.csv", line(now + kYears, "22"));
  QVERIFY(harness.ingest("a.csv"));
  RetentionSettings settings;
  settings.of(StoreLayer::Bronze).age_us = 30 * kDay;
  harness.engine().setRetention(settings, [](const Result<RetentionStatus> &) {});
  const auto kept = [&] {
    Result<Database> store = Database::open(harness.store(), Database::Mode::ReadOnly);
    return store->integer("SELECT count(*) FROM bronze").value_or(-1);
  };
  QTRY_VERIFY_WITH_TIMEOUT(kept() < 4 && !harness.engine().status().giving_up, kPatience);
  QCOMPARE(kept(), 3); // by any clock the first is too old
}

METEOROGRAPH_TEST(tst_ClockFaults)
#include "tst_ClockFaults.moc"
