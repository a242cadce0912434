// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

/// Windows that are merged into those of earlier commits.
class tst_WindowUpsert : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void oneStatementMayChangeManyPages();
};

namespace {

/// A reading of each of many quantities in each of five hours' seconds.
std::string table(double shift) {
  constexpr int kSeconds = 5 * 3600;
  constexpr int kQuantities = 12;
  std::string text = "time";
  for (int q = 0; q < kQuantities; ++q)
    text += ",q" + std::to_string(q);
  text += '\n';
  for (int second = 0; second < kSeconds; ++second) {
    text += formatIsoTime(1'700'002'800 * kSecond + second * kSecond);
    for (int q = 0; q < kQuantities; ++q)
      text += ',' + std::to_string(q + second % 7 + shift);
    text += '\n';
  }
  return text;
}

} // namespace

/// What SQLite keeps to undo a statement that changes hundreds of pages once went to its file in one write
/// that was too large for it, and was reported as a full disk.
void tst_WindowUpsert::oneStatementMayChangeManyPages() {
  StoreHarness harness;
  harness.batches_per_commit = 100;
  for (const char *name : {"data/d1.csv", "more/d1.csv"}) {
    harness.write(name, table(name[0] == 'd' ? 0.25 : 0.5));
    harness.ingest();
  }
  for (const Error &error : harness.errors)
    QFAIL(error.message.c_str());
  QCOMPARE(harness.overview().devices.size(), 1U);
  QCOMPARE(harness.overview().readings, 2 * 5 * 3600);
  QCOMPARE(harness.overview().silver_rows, 5 * 3600);
}

METEOROGRAPH_TEST(tst_WindowUpsert)
#include "tst_WindowUpsert.moc"
