// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/CsvExport.h"
#include "tests/support/ReadingStore.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace meteorograph;

namespace {

QByteArray contentOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_CsvExport : public QObject {
  Q_OBJECT
  QTemporaryDir m_folder;
  ReadingStore m_store;

private Q_SLOTS:
  void initTestCase() {
    m_store.commit(
        {{"=roof", 1'700'000'000 * kSecond, {20.5, 50}}, {"cellar", 1'700'000'001 * kSecond, {8, 60}}});
  }

  void writesALayerAndCountsItsRows() {
    const QString path = m_folder.filePath("rows.csv");
    ExportRequest request;
    request.layer = Layer::Silver;
    const Result<std::int64_t> rows = exportCsv(m_store.reader(), request, path.toStdString(), false);
    QCOMPARE(rows.value(), 4);
    const QByteArray text = contentOf(path);
    QCOMPARE(text.count('\n'), 5);
    QVERIFY(text.contains(",'=roof,a,1,20.5,20.5,20.5\n"));
  }

  void aCancelledExportLeavesWhatWasThere() {
    const QString path = m_folder.filePath("kept.csv");
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    const QStringList before = QDir(m_folder.path()).entryList(QDir::Files);
    const Result<std::int64_t> rows = exportCsv(m_store.reader(), {}, path.toStdString(), true);
    QVERIFY(!rows);
    QCOMPARE(rows.error().code, ErrorCode::Cancelled);
    QCOMPARE(contentOf(path), QByteArray("old"));
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), before);
  }
};

METEOROGRAPH_TEST(tst_CsvExport)
#include "tst_CsvExport.moc"
