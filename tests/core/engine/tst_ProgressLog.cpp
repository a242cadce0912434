// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ProgressLog.h"
#include "core/store/ProgressTable.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

/// The engine's figures: gathered by the second, bounded, kept in the store.
class tst_ProgressLog : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void commitsOfASecondAreOneRow() {
    ProgressLog log;
    log.add({7, 1000, 3, 10, 50, 5 * kSecond, 4096}, 100 * kSecond + 1);
    log.add({8, 3000, 0, 30, 20, 4 * kSecond, 8192}, 100 * kSecond + 900'000);
    log.add({9, 1, 0, 1, 0, 6 * kSecond, 0}, 102 * kSecond);
    const std::vector<Progress> seconds = log.recent();
    QCOMPARE(seconds.size(), std::size_t{2});
    const Progress &first = seconds.front();
    QCOMPARE(first.time_us, 100 * kSecond);
    QCOMPARE(first.revision, 8);
    QCOMPARE(first.batches, 2);
    QCOMPARE(first.input_rows, 4000);
    QCOMPARE(first.late_rows, 3);
    QCOMPARE(first.input_rows_per_second, 4000.0);
    QCOMPARE(first.processed_rows_per_second, 100'000.0);
    QCOMPARE(first.batch_ms, 20.0);
    QCOMPARE(first.longest_batch_ms, 30.0);
    QCOMPARE(first.queued_rows, 20);
    QCOMPARE(first.watermark_us, 5 * kSecond);
    QCOMPARE(first.wal_bytes, 8192);
  }

  void isBounded() {
    ProgressLog log;
    for (int second = 0; second < 5000; ++second)
      log.add({second, 1, 0, 1, 0, kNoTime, 0}, second * kSecond);
    QCOMPARE(log.recent().size(), ProgressTable::kKept);
    QCOMPARE(log.recent().back().revision, 4999);
  }

  void handsOutEachFullSecondOnce() {
    ProgressLog log;
    log.add({1, 5, 0, 1, 0, kNoTime, 0}, 10 * kSecond);
    QVERIFY(log.takeUnsaved(10 * kSecond, false).empty()); // more may come
    QCOMPARE(log.takeUnsaved(11 * kSecond, false).size(), std::size_t{1});
    QVERIFY(log.takeUnsaved(12 * kSecond, false).empty());
    log.add({2, 5, 0, 1, 0, kNoTime, 0}, 12 * kSecond);
    QCOMPARE(log.takeUnsaved(12 * kSecond, true).size(), std::size_t{1});
    QVERIFY(log.takeUnsaved(12 * kSecond, true).empty());
  }

  void theStoreKeepsTheLastOnes() {
    StoreHarness store;
    ProgressTable &table = store.writer().progress();
    std::vector<Progress> seconds(ProgressTable::kKept + 50);
    for (std::size_t i = 0; i < seconds.size(); ++i) {
      seconds[i].time_us = static_cast<TimeUs>(i) * kSecond;
      seconds[i].input_rows = static_cast<std::int64_t>(i);
    }
    QVERIFY(table.save(seconds, store.now));
    seconds.back().input_rows = 12;
    QVERIFY(table.save(std::span(seconds).last(1), store.now));
    store.reopen();
    const std::vector<Progress> kept = store.writer().progress().read();
    QCOMPARE(kept.size(), ProgressTable::kKept);
    QVERIFY(kept.back() == seconds.back());
    QVERIFY(kept.front() == seconds[50]);
  }

  void sizesAreSampledNowAndThen() {
    StoreHarness store;
    const auto samples = [&store] {
      return Database::open(store.store(), Database::Mode::ReadOnly)
          ->integer("SELECT count(*) FROM size_sample")
          .value_or(-1);
    };
    for (int minute = 0; minute < 60; ++minute) {
      store.now += kMinute;
      QVERIFY(store.writer().progress().save({}, store.now));
    }
    QCOMPARE(samples(), 6);
    store.now += 20 * kDay;
    QVERIFY(store.writer().progress().save({}, store.now));
    QCOMPARE(samples(), 1);
    store.now -= 40 * kDay; // the clock was set back
    QVERIFY(store.writer().progress().save({}, store.now));
    QCOMPARE(samples(), 1);
  }
};

METEOROGRAPH_TEST(tst_ProgressLog)
#include "tst_ProgressLog.moc"
