// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/panels/FilesModel.h"
#include "ui/panels/FilesPanel.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

class tst_FilesPanel : public QObject {
  Q_OBJECT
  static std::vector<FileStatus> manyFiles(int count) {
    std::vector<FileStatus> files;
    for (int i = 0; i < count; ++i) {
      FileStatus file;
      file.id = i + 1;
      file.path = "/data/landing/" + std::to_string(i) + ".csv";
      file.state = i % 10 == 3 ? FileState::Failed : FileState::Done;
      file.format = "CSV";
      file.size = file.offset = (i * 7919) % 100'003;
      file.readings = (i * 31) % 997;
      files.push_back(file);
    }
    return files;
  }
  static QTableView *table(const FilesPanel &panel) { return panel.findChild<QTableView *>(); }
  static QString cell(const FilesPanel &panel, int row, int column) {
    return table(panel)->model()->index(row, column).data().toString();
  }

private Q_SLOTS:
  void sortsNumbersAsNumbers() {
    FilesPanel panel;
    panel.show(manyFiles(200), 200);
    table(panel)->sortByColumn(FilesModel::ReadingsColumn, Qt::DescendingOrder);
    QCOMPARE(cell(panel, 0, FilesModel::ReadingsColumn), QStringLiteral("992"));
    QVERIFY(cell(panel, 199, FilesModel::ReadingsColumn) == QStringLiteral("0"));
  }

  void filtersByPathStateAndMapping() {
    FilesPanel panel;
    std::vector<FileStatus> files = manyFiles(100);
    files[7].mapping.zone = "Europe/Berlin";
    files[7].mapping.name = "Cellar";
    panel.show(files, 100);
    auto *filter = panel.findChild<QLineEdit *>();
    filter->setText("FAILED");
    QCOMPARE(table(panel)->model()->rowCount(), 10);
    filter->setText("cellar");
    QCOMPARE(table(panel)->model()->rowCount(), 1);
    filter->setText("landing/42.");
    QCOMPARE(table(panel)->model()->rowCount(), 1);
  }

  void keepsTheChoiceThroughARefresh() {
    FilesPanel panel;
    std::vector<FileStatus> files = manyFiles(50);
    panel.show(files, 50);
    table(panel)->selectRow(20);
    files[20].readings += 5;
    panel.show(files, 50);
    QCOMPARE(panel.selected().size(), std::size_t{1});
    files.insert(files.begin(), FileStatus{});
    panel.show(files, 51); // every row moved
    QCOMPARE(panel.selected().size(), std::size_t{1});
    QCOMPARE(panel.selected().front().id, std::int64_t{21});
  }

  void wishesConcernTheChosenFiles() {
    FilesPanel panel;
    panel.show(manyFiles(10), 10);
    QSignalSpy removed(&panel, &FilesPanel::removeRequested);
    auto *remove = panel.findChildren<QPushButton *>().last();
    QVERIFY(!remove->isEnabled());
    table(panel)->selectAll();
    remove->click();
    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed.first().first().value<std::vector<FileStatus>>().size(), std::size_t{10});
  }

  void aHundredThousandFilesStayFluent() {
    FilesPanel panel;
    panel.resize(1200, 400);
    panel.setVisible(true);
    std::vector<FileStatus> files = manyFiles(100'000);
    panel.show(files, 100'000);
    table(panel)->sortByColumn(FilesModel::TakenColumn, Qt::AscendingOrder);
    for (FileStatus &file : files)
      file.readings += 1;
    QElapsedTimer timer;
    timer.start();
    panel.show(files, 100'000);
    panel.findChild<QLineEdit *>()->setText("9999");
    QCoreApplication::processEvents();
    QVERIFY2(timer.elapsed() < 60'000, "a second or so when linear, minutes when not");
    QCOMPARE(table(panel)->model()->rowCount(), 19);
  }
};

METEOROGRAPH_TEST(tst_FilesPanel)
#include "tst_FilesPanel.moc"
