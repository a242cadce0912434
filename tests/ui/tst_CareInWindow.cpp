// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/CorrectionsBench.h"
#include "ui/CareRequests.h"

#include <QAction>
#include <QFileDialog>

using namespace meteorograph;
using namespace meteorograph::ui;

/// Checks and backups from the window's menu.
class tst_CareInWindow : public QObject {
  Q_OBJECT
  struct Bench : CorrectionsBench {
    QAction check{"Check"};
    QAction backup{"Back up"};
    CareRequests care{controller, &check, &backup, &window};
    QSignalSpy says{&care, &CareRequests::told};
    QString last() const { return says.last().at(0).toString(); }
    bool lastIsError() const { return says.last().at(1).toBool(); }
  };

private Q_SLOTS:
  void tellsThatTheStoreIsSound() {
    Bench bench;
    bench.check.trigger();
    QCOMPARE(bench.engine->checks.size(), std::size_t(1));
    QVERIFY(bench.check.text().contains("Stop"));
    bench.engine->checks[0](Integrity{"ok", true});
    QTRY_COMPARE(bench.check.text(), QString("Check"));
    QVERIFY(bench.last().contains("sound") && !bench.lastIsError());
  }

  void tellsOfDamageAndWhatHelps() {
    Bench bench;
    bench.check.trigger();
    bench.engine->checks[0](Integrity{"row 7 missing", true});
    QTRY_VERIFY(bench.last().contains("row 7 missing"));
    QVERIFY(bench.last().contains("repair") && bench.lastIsError());
  }

  void stopsACheckThatIsUnderWay() {
    Bench bench;
    bench.check.trigger();
    bench.check.trigger();
    QCOMPARE(bench.engine->checks.size(), std::size_t(1));
    QCOMPARE(bench.engine->cancelled.size(), std::size_t(1));
    bench.engine->checks[0](fail(ErrorCode::Cancelled, "the check was interrupted"));
    QTRY_VERIFY(bench.last().contains("interrupted"));
    QVERIFY(!bench.lastIsError());
  }

  void backsUpToTheChosenFile() {
    Bench bench;
    bench.backup.trigger();
    auto *dialog = bench.window.findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected("/backups/a.meteorograph");
    QTRY_VERIFY(bench.last().contains("was backed up"));
    QCOMPARE(bench.engine->backups, std::vector<std::string>{"/backups/a.meteorograph"});
    QCOMPARE(bench.backup.text(), QString("Back up"));
  }
};

METEOROGRAPH_TEST(tst_CareInWindow)
#include "tst_CareInWindow.moc"
