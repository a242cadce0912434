// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/CorrectionsBench.h"
#include "ui/dialogs/LimitsDialog.h"
#include "ui/dialogs/MappingDialog.h"
#include "ui/dialogs/MergeDialog.h"
#include "ui/dialogs/SourceDialog.h"
#include "ui/panels/RowList.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

using namespace meteorograph;
using namespace meteorograph::ui;

/// Wishes about what was taken in, from the question to the result.
class tst_CorrectionsInWindow : public QObject {
  Q_OBJECT
  struct Bench : CorrectionsBench {
    void yes() const { bar.findChildren<QPushButton *>().first()->click(); }
    QString question() const { return bar.findChild<QLabel *>()->text(); }
  };
  static FileStatus file(std::int64_t id, const std::string &zone = {}) {
    FileStatus file;
    file.id = id;
    file.path = "/data/" + std::to_string(id) + ".csv";
    file.readings = 500;
    file.mapping.zone = zone;
    return file;
  }

private Q_SLOTS:
  void removesOnlyAfterAYes() {
    Bench bench;
    bench.corrections.removeFiles({file(3), file(5)});
    QVERIFY(bench.question().startsWith("Remove 2 files with their 1,000 readings?"));
    QVERIFY(bench.engine->corrections.empty());
    bench.yes();
    QCOMPARE(bench.engine->corrections, std::vector<std::string>{"remove 3,5"});
    QVERIFY(bench.corrections.isRunning());
    CorrectionReport report;
    report.files = 2;
    report.readings_before = 1000;
    bench.engine->answerCorrection(report);
    QTRY_COMPARE(bench.told.count(), 1);
    QCOMPARE(bench.told.first().first().toString(),
             QStringLiteral("Removed · 2 files: 1,000 readings before, 0 now"));
    QVERIFY(!bench.corrections.isRunning());
  }

  void readsAgainWithTheMappingThatEachHas() {
    Bench bench;
    bench.corrections.readAgain({file(1), file(2, "Europe/Berlin"), file(3)});
    QCOMPARE(bench.engine->corrections, (std::vector<std::string>{"apply 1,3", "apply 2"}));
    QCOMPARE(bench.engine->applied.zone, std::string("Europe/Berlin"));
  }

  void renamesUnlessTheNameIsTaken() {
    Bench bench;
    bench.corrections.renameDevice(1, "  cellar ");
    QCOMPARE(bench.engine->corrections, std::vector<std::string>{"rename 1 cellar"});
    bench.corrections.renameDevice(1, "rpi-lobby");
    QCOMPARE(bench.engine->corrections.size(), std::size_t{1});
    QCOMPARE(bench.told.count(), 1);
    QVERIFY(bench.told.first().first().toString().contains("Merge into"));
  }

  void mergesIntoTheChosenDevice() {
    Bench bench;
    bench.corrections.mergeDevice(1);
    auto *dialog = bench.window.findChild<MergeDialog *>();
    QCOMPARE(dialog->findChild<QListWidget *>()->count(), 3);
    dialog->findChild<QListWidget *>()->setCurrentRow(1);
    for (QPushButton *button : dialog->findChildren<QPushButton *>())
      if (button->text() == "Merge")
        button->click();
    QCOMPARE(bench.engine->corrections, std::vector<std::string>{"merge 1 3"});
  }

  void limitsAreReadWithCommaAndPoint() {
    Bench bench;
    bench.corrections.editLimits(1);
    auto *dialog = bench.window.findChild<LimitsDialog *>();
    const QList<QLineEdit *> edits = dialog->findChildren<QLineEdit *>();
    edits[0]->setText("-20,5");
    edits[1]->setText("50");
    for (QPushButton *button : dialog->findChildren<QPushButton *>())
      if (button->text() == "Set limits")
        button->click();
    QCOMPARE(bench.engine->corrections, std::vector<std::string>{"limits 1"});
    QCOMPARE(bench.engine->limits.low, -20.5);
    QVERIFY(qIsNaN(bench.engine->limits.spike));
  }

  void aSourceLeavesOutDuplicates() {
    Bench bench;
    bench.corrections.editSource(2);
    auto *dialog = bench.window.findChild<SourceDialog *>();
    dialog->findChild<QCheckBox *>()->setChecked(true);
    for (QPushButton *button : dialog->findChildren<QPushButton *>())
      if (button->text() == "Apply and read again")
        button->click();
    QCOMPARE(bench.engine->corrections, std::vector<std::string>{"source 2"});
    QVERIFY(bench.engine->settings.leave_out_duplicates);
  }

  void findsTheFileOfAQuarantinedRecord() {
    Bench bench;
    bench.engine->files = {file(7), file(8)};
    bench.corrections.editMappingOf(8, "/data/8.csv");
    QTRY_COMPARE(bench.engine->previews.size(), std::size_t{1});
    QCOMPARE(bench.engine->previews.front().path, std::string("/data/8.csv"));
  }

  void dialogsEndWithTheirStore() {
    Bench bench;
    bench.corrections.editMapping({file(3)});
    QVERIFY(bench.window.findChild<MappingDialog *>());
    bench.corrections.closeDialogs();
    QVERIFY(!bench.window.findChild<MappingDialog *>());
  }

  void aRowIsRenamedInPlace() {
    RowList list;
    ListRow row;
    row.id = 4;
    row.name = "old";
    row.editable = true;
    list.setRows({row});
    list.show();
    list.setFocus();
    QSignalSpy renamed(&list, &RowList::renamed);
    list.rename(4);
    auto *editor = list.findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->clear();
    QTest::keyClicks(editor, "new");
    row.detail = "a refresh meanwhile";
    list.setRows({row});
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(renamed.count(), 1);
    QCOMPARE(renamed.first().at(1).toString(), QStringLiteral("new"));
  }
};

METEOROGRAPH_TEST(tst_CorrectionsInWindow)
#include "tst_CorrectionsInWindow.moc"
