// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/CrashHistory.h"
#include "tests/support/FaultVfs.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <map>
#include <random>

using namespace meteorograph;

/// Whatever goes wrong below a store, and whenever: what comes of it is what would have come without.
/// METEOROGRAPH_FAULTS says how many faults are tried (40), METEOROGRAPH_FAULT_SEED the first one's seed (1).
class tst_CrashLaws : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void aStoreWhoseMakingWasCutOffIsMadeAnew();
  void anyFaultAtAnyMomentEndsWithTheSameTables_data();
  void anyFaultAtAnyMomentEndsWithTheSameTables();

private:
  struct Calm {
    QStringList tables;
    std::array<std::int64_t, kFaults> operations{};
  };
  const Calm &calm(unsigned history);
  QString run(unsigned seed);
  QString takeStep(StoreHarness &harness, const CrashHistory::Step &step, bool abandons);
  bool recover(StoreHarness &harness, bool anew);
  void strikeAgain();

  FaultVfs &m_vfs = FaultVfs::install();
  std::map<unsigned, Calm> m_calm;
  std::optional<std::int64_t> m_powerCut; ///< so many operations behind the fault
  bool m_struck = false;
};

namespace {

constexpr unsigned kHistories = 12;

Fault faultOf(unsigned seed) { return static_cast<Fault>(seed % kFaults); }

int fromEnvironment(const char *name, int otherwise) {
  const int given = qEnvironmentVariableIntValue(name);
  return given > 0 ? given : otherwise;
}

QString damage(const std::string &store) {
  Result<Database> database = Database::open(store, Database::Mode::ReadOnly);
  Statement check = database->prepareOnce("PRAGMA integrity_check");
  if (!check.next() || check.text(0) != "ok")
    return "the store is damaged: " + QString::fromUtf8(check.text(0).data());
  constexpr const char *kAccounts = "SELECT records - accepted - quarantined - skipped, readings - (SELECT "
                                    "rows_deleted FROM retention WHERE"
                                    " layer = 0) - (SELECT count(*) FROM bronze), silver_rows - (SELECT "
                                    "count(*) FROM silver), quarantined -"
                                    " (SELECT count(*) FROM quarantine) FROM totals";
  Statement accounts = database->prepareOnce(kAccounts);
  if (!accounts.next())
    return "the store cannot be read: " + QString::fromStdString(database->message());
  for (int i = 0; i < 4; ++i)
    if (accounts.integer(i) != 0)
      return QString("account %1 is wrong by %2").arg(i).arg(accounts.integer(i));
  return {};
}

} // namespace

/// What the history gives when nothing goes wrong.
const tst_CrashLaws::Calm &tst_CrashLaws::calm(unsigned history) {
  const auto known = m_calm.find(history);
  if (known != m_calm.end())
    return known->second;
  Calm &calm = m_calm[history];
  m_vfs.disarm();
  {
    StoreHarness harness;
    harness.root = "data";
    harness.write("data/a.json", "");
    harness.replaces_together = history % 2 == 1;
    const CrashHistory life(history);
    for (const CrashHistory::Step &step : life.steps) {
      step.change(harness);
      if (!step.take(harness))
        qFatal("history %u fails by itself: %s", history, harness.errors.back().message.c_str());
    }
    for (int fault = 0; fault < kFaults; ++fault)
      calm.operations[static_cast<std::size_t>(fault)] = m_vfs.operations(static_cast<Fault>(fault));
    calm.tables = tablesOf(harness.store());
    if (const QString wrong = damage(harness.store()) + (life.gives_up ? "" : harness.inconsistency());
        !wrong.isEmpty())
      qFatal("history %u is wrong by itself: %s", history, qPrintable(wrong));
  }
  m_vfs.restart();
  return calm;
}

/// Starts the program anew, where it must or is to be; false where that fails, too.
bool tst_CrashLaws::recover(StoreHarness &harness, bool anew) {
  if (!m_vfs.down() && !anew)
    return true;
  harness.close();
  if (m_vfs.down())
    m_vfs.restart();
  return harness.open();
}

/// After what could be gone on from power fails: what was reported as written must be.
void tst_CrashLaws::strikeAgain() {
  m_struck = true;
  if (m_powerCut && !m_vfs.down())
    m_vfs.arm(Fault::PowerCut, *m_powerCut, 1, static_cast<unsigned>(*m_powerCut));
  m_powerCut.reset();
}

QString tst_CrashLaws::takeStep(StoreHarness &harness, const CrashHistory::Step &step, bool abandons) {
  constexpr int kPatience = 60; // longer than any fault lasts
  for (int i = 0; i < kPatience; ++i) {
    const bool before = m_vfs.struck();
    const bool taken = harness.isOpen() && step.take(harness);
    const bool passedOver = m_vfs.struck() && !before; // what was not taken in is looked at again
    if (passedOver)
      strikeAgain();
    if (taken && !passedOver && !m_vfs.down())
      return {};
    const bool down = m_vfs.down();
    if (!recover(harness, abandons || !harness.isOpen()) || !down)
      continue;
    if (const QString wrong = damage(harness.store()); !wrong.isEmpty())
      return wrong;
  }
  return "it never recovers: " +
         QString::fromStdString(harness.errors.empty() ? "" : harness.errors.back().message);
}

QString tst_CrashLaws::run(unsigned seed) {
  std::mt19937 random(seed);
  const Fault fault = faultOf(seed);
  unsigned history = 0;
  std::int64_t operations = 0; // which a short history may have none of
  while (operations == 0) {
    history = 1 + static_cast<unsigned>(random() % kHistories);
    operations = calm(history).operations[static_cast<std::size_t>(fault)];
  }
  const std::int64_t at = 1 + static_cast<std::int64_t>(random()) % operations;
  const std::int64_t times = random() % 2 ? 1 : 1 + static_cast<std::int64_t>(random() % 12);
  const bool abandons = random() % 2 == 0;
  m_powerCut.reset();
  if (random() % 2)
    m_powerCut = 1 + static_cast<std::int64_t>(random() % 200);
  m_struck = false;
  QString wrong;
  {
    StoreHarness harness(false);
    m_vfs.arm(fault, at, times, seed);
    (void)harness.open();
    harness.root = "data";
    harness.write("data/a.json", "");
    harness.replaces_together = history % 2 == 1;
    harness.tries = abandons ? 1 : 20;
    for (const CrashHistory::Step &step : CrashHistory(history).steps) {
      step.change(harness);
      wrong = takeStep(harness, step, abandons);
      if (!wrong.isEmpty())
        wrong = QString::fromStdString(step.name) + ": " + wrong;
      if (!wrong.isEmpty())
        break;
    }
    if (wrong.isEmpty() && !m_struck && !m_vfs.struck())
      wrong = "nothing went wrong";
    if (!m_vfs.down()) // what is left of it is not for those who look now
      m_vfs.disarm();
    if (wrong.isEmpty())
      wrong = damage(harness.store());
    if (wrong.isEmpty())
      wrong = difference(tablesOf(harness.store()), calm(history).tables);
    m_vfs.disarm();
  }
  m_vfs.restart();
  return wrong.isEmpty() ? wrong
                         : QString("%1 at operation %2 of %3, %4 times, history %5: %6")
                               .arg(toString(fault))
                               .arg(at)
                               .arg(operations)
                               .arg(times)
                               .arg(history)
                               .arg(wrong);
}

/// Whoever was killed with only a part of a new store's first pages written leaves their journal behind.
void tst_CrashLaws::aStoreWhoseMakingWasCutOffIsMadeAnew() {
  for (const Fault fault : {Fault::PowerCut, Fault::Kill}) {
    bool made = false;
    for (std::int64_t at = 1; !made; at += 1 + at / 5) {
      const QString where = QString("%1 at operation %2").arg(toString(fault)).arg(at);
      StoreHarness harness(false);
      harness.write("a.json", jsonLine("d", 0, 20) + jsonLine("d", 1, 21));
      m_vfs.arm(fault, at, 1, static_cast<unsigned>(at));
      made = harness.open() && !m_vfs.struck();
      harness.close();
      if (m_vfs.down())
        m_vfs.restart();
      m_vfs.disarm();
      const bool anew = harness.open();
      QVERIFY2(anew, anew ? "" : qPrintable(where + ": " + harness.errors.back().message.c_str()));
      QVERIFY2(harness.ingest(), qPrintable(where));
      QVERIFY2(harness.overview().readings == 2, qPrintable(where));
      QCOMPARE(where + damage(harness.store()), where);
    }
  }
  m_vfs.restart();
}

void tst_CrashLaws::anyFaultAtAnyMomentEndsWithTheSameTables_data() {
  const int faults = fromEnvironment("METEOROGRAPH_FAULTS", 40);
  const int first = fromEnvironment("METEOROGRAPH_FAULT_SEED", 1);
  QTest::addColumn<unsigned>("seed");
  for (unsigned seed = static_cast<unsigned>(first); seed < static_cast<unsigned>(first + faults); ++seed)
    QTest::addRow("%s, seed %u", toString(faultOf(seed)), seed) << seed;
}

void tst_CrashLaws::anyFaultAtAnyMomentEndsWithTheSameTables() {
  QFETCH(unsigned, seed);
  const QString wrong = run(seed);
  QVERIFY2(
      wrong.isEmpty(),
      qPrintable(wrong +
                 QString("\nalone: METEOROGRAPH_FAULTS=1 METEOROGRAPH_FAULT_SEED=%1 laws_tests tst_CrashLaws")
                     .arg(seed)));
}

METEOROGRAPH_TEST(tst_CrashLaws)
#include "tst_CrashLaws.moc"
