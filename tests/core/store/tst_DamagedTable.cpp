// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/DamagedTable.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/TestMain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace meteorograph;

/// What is read around damage.
class tst_DamagedTable : public QObject {
  Q_OBJECT

  static constexpr int kPage = 1024;

  QString path() const { return m_folder.filePath("damaged"); }

  void make(const std::string &rows) const {
    QFile::remove(path());
    SqliteFile(path().toStdString())
        .execute("PRAGMA page_size = 1024; CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT);" + rows);
  }

  /// Makes the leaf unreadable that holds the n-th row, counted from 0.
  void spoilLeafOf(std::int64_t n) const {
    std::int64_t page = 0;
    {
      Database database = std::move(*Database::open(path().toStdString(), Database::Mode::ReadOnly));
      Statement leaves = database.prepareOnce(
          "SELECT pageno, ncell FROM dbstat WHERE name = 't' AND pagetype = 'leaf' ORDER BY path");
      for (std::int64_t seen = 0; seen <= n && leaves.next(); seen += leaves.integer(1))
        page = leaves.integer(0);
    }
    QFile file(path());
    QVERIFY(page > 1 && file.open(QIODevice::ReadWrite) && file.seek((page - 1) * kPage));
    QCOMPARE(file.write(QByteArray(kPage, '\xff')), kPage);
  }

  /// How many rows there are, and gaps.
  std::pair<std::size_t, std::size_t> counted() const {
    Database database = std::move(*Database::open(path().toStdString(), Database::Mode::ReadOnly));
    DamagedTable table(database, "t", {"x"}, "id");
    std::size_t rows = 0;
    const bool done = table.readAll([&rows](const Statement &) { return ++rows > 0; });
    return {done ? rows : 0, table.gaps().size()};
  }

  QTemporaryDir m_folder;

private Q_SLOTS:
  void readsOnBothSidesAndBetween() {
    make("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
         " INSERT INTO t SELECT i, 'a text of thirty characters or so' FROM n");
    spoilLeafOf(1000);
    spoilLeafOf(2000);
    const auto [rows, gaps] = counted();
    QVERIFY(rows > 2900 && rows < 3000);
    QCOMPARE(gaps, 2U);
  }

  /// A wrong key makes the gap 2^59 wide; nobody waits until all of it has been tried.
  void leavesAGapThatIsTooWide() {
    make("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
         " INSERT INTO t SELECT CASE WHEN i > 2000 THEN (1 << 59) + i ELSE i END, 'a text of thirty "
         "characters or so'"
         " FROM n");
    spoilLeafOf(2000);
    const auto [rows, gaps] = counted();
    QVERIFY(rows > 2900 && rows < 3000);
    QCOMPARE(gaps, 1U);
  }
};

METEOROGRAPH_TEST(tst_DamagedTable)
#include "tst_DamagedTable.moc"
