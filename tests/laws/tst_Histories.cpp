// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/HistoryRun.h"
#include "tests/support/TestMain.h"

#include <QtTest>

namespace {

HistoryRun runOf(std::uint32_t seed) {
  return HistoryRun(seed, seed % 5 == 4 ? makeEngineSubject() : makeSteppedSubject(seed));
}

std::string failureOf(std::uint32_t seed, const History &history) { return runOf(seed).go(history); }

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
    HistoryRun run = runOf(seed);
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
    HistoryRun run = runOf(seed);
    const std::string failure = run.go(history);
    early += run.leftEarly() ? 1 : 0;
    if (failure.empty())
      continue;
    QFAIL(reportOf(seed, history, failure).constData());
  }
  qInfo("%u histories, of which %u ended early", last - first + 1, early);
  QVERIFY(early * 10 <= last - first + 1);
}

METEOROGRAPH_TEST(tst_Histories)
#include "tst_Histories.moc"
