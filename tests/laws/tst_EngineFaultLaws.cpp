// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/FaultVfs.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

/// A running engine whose store fails for a while goes on by itself, and has lost nothing.
class tst_EngineFaultLaws : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void goesOnWhenItsStoreWorksAgain_data();
  void goesOnWhenItsStoreWorksAgain();

private:
  FaultVfs &m_vfs = FaultVfs::install();
};

namespace {

constexpr std::int64_t kForever = std::int64_t{1} << 40;

std::string lines(int from, int count) {
  std::string text;
  for (int second = from; second < from + count; ++second)
    text += jsonLine("roof", second, second % 17);
  return text;
}

} // namespace

void tst_EngineFaultLaws::goesOnWhenItsStoreWorksAgain_data() {
  QTest::addColumn<Fault>("fault");
  for (const Fault fault :
       {Fault::WriteError, Fault::DiskFull, Fault::SyncError, Fault::ReadError, Fault::Busy})
    QTest::newRow(toString(fault)) << fault;
}

void tst_EngineFaultLaws::goesOnWhenItsStoreWorksAgain() {
  QFETCH(Fault, fault);
  m_vfs.disarm();
  EngineHarness harness;
  harness.write("live/a.json", lines(0, 2000));
  harness.engine().follow({harness.path("live")});
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), 2000, EngineHarness::kPatience);
  m_vfs.arm(fault, 2, kForever, 1);
  // A file grows, another comes: what seems not to be known would be read twice.
  harness.append("live/a.json", lines(2000, 100));
  harness.write("live/b.json", lines(2100, 50));
  QTRY_VERIFY_WITH_TIMEOUT(m_vfs.struck(), EngineHarness::kPatience);
  harness.append("live/a.json", lines(2150, 100));
  m_vfs.disarm();
  constexpr int kAll = 2250;
  QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), kAll, EngineHarness::kPatience);
  QCOMPARE(harness.inconsistency(), QString());
  Result<Database> database = Database::open(harness.store(), Database::Mode::ReadOnly);
  QCOMPARE(database->integer("SELECT count(DISTINCT event_time_us) FROM bronze").value_or(-1), kAll);
}

METEOROGRAPH_TEST(tst_EngineFaultLaws)
#include "tst_EngineFaultLaws.moc"
