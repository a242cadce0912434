// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/panels/QuarantineModel.h"
#include "ui/panels/QuarantinePanel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

class tst_QuarantinePanel : public QObject {
  Q_OBJECT
  static std::vector<QuarantinedRecord> records() {
    return {{1, "/data/a.csv", 7, 120, "no number", "1;x\ty", 11},
            {2, "/data/a.csv", 9, 160, "no time", ";;", 11},
            {3, "/data/b.csv", 2, 30, "no number", std::string("z\0\r", 3), 12}};
  }
  static Overview overview() {
    Overview overview;
    overview.counts = {100, 97, 3, 0};
    overview.quarantine_reasons = {{"no number", 2}, {"no time", 1}};
    return overview;
  }
  static int rows(const QuarantinePanel &panel) {
    return panel.findChild<QTableView *>()->model()->rowCount();
  }

private Q_SLOTS:
  void filtersByReasonAndFile() {
    QuarantinePanel panel;
    panel.show(records(), overview());
    auto *reasons = panel.findChild<QListWidget *>();
    QCOMPARE(reasons->count(), 3);
    QCOMPARE(rows(panel), 3);
    reasons->setCurrentRow(1);
    QCOMPARE(rows(panel), 2);
    panel.showFile("/data/b.csv");
    QCOMPARE(rows(panel), 1);
    panel.show(records(), overview()); // a refresh keeps both
    QCOMPARE(rows(panel), 1);
    panel.showFile("");
    reasons->setCurrentRow(0);
    QCOMPARE(rows(panel), 3);
  }

  void showsWhatCannotBeSeen() {
    QuarantinePanel panel;
    panel.show(records(), overview());
    panel.findChild<QTableView *>()->selectRow(2);
    QCOMPARE(panel.findChild<QPlainTextEdit *>()->toPlainText(), QStringLiteral("z␀␍"));
    QCOMPARE(visibleText("\xEF\xBB\xBF"
                         "a\tb"),
             QStringLiteral("‹BOM›a\tb"));
    QCOMPARE(visibleText("caf\xE9"), QStringLiteral("caf\uFFFD"));
  }

  void copiesARowAsOneLineOfCells() {
    QuarantinePanel panel;
    panel.show(records(), overview());
    auto *view = panel.findChild<QTableView *>();
    view->selectRow(0);
    view->actions().first()->trigger();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("/data/a.csv\t7\t120\tno number\t1;x y"));
  }

  void fixesTheRecordsFile() {
    QuarantinePanel panel;
    panel.show(records(), overview());
    QSignalSpy wished(&panel, &QuarantinePanel::mappingRequested);
    panel.findChild<QTableView *>()->selectRow(2);
    panel.findChildren<QPushButton *>().first()->click();
    QCOMPARE(wished.count(), 1);
    QCOMPARE(wished.first().at(0).toLongLong(), 12);
  }
};

METEOROGRAPH_TEST(tst_QuarantinePanel)
#include "tst_QuarantinePanel.moc"
