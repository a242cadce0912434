// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Engine.h"
#include "core/store/StoreReader.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/TestMain.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

using namespace meteorograph;

namespace {

constexpr int kPatience = 60'000; // milliseconds; a loaded machine is slow, not wrong

class Fixture {
public:
  Fixture() {
    std::filesystem::create_directories(data());
    EngineOptions options;
    options.store_path = store();
    Result<std::unique_ptr<Engine>> opened = Engine::open(options);
    if (!opened)
      qFatal("%s", opened.error().message.c_str());
    engine = std::move(*opened);
  }
  std::string data() const { return m_folder.filePath("data").toStdString(); }
  std::string store() const { return m_folder.filePath("s.meteorograph").toStdString(); }
  std::int64_t readings() const {
    Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(store());
    return reader ? (*reader)->overview()->readings : -1;
  }

private:
  QTemporaryDir m_folder;

public:
  std::unique_ptr<Engine> engine;
};

} // namespace

/// A weather station's database that is written while it is followed.
class tst_FollowedDatabase : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void takesInRowsAsTheyAreWritten_data();
  void takesInRowsAsTheyAreWritten();
};

void tst_FollowedDatabase::takesInRowsAsTheyAreWritten_data() {
  QTest::addColumn<QString>("journal");
  for (const char *journal : {"delete", "wal", "truncate"})
    QTest::newRow(journal) << journal;
}

void tst_FollowedDatabase::takesInRowsAsTheyAreWritten() {
  QFETCH(QString, journal);
  const Fixture fixture;
  SqliteFile weewx(fixture.data() + "/weewx.sdb");
  weewx.execute("PRAGMA journal_mode = " + journal.toStdString() + ";" + weewxSchema() + weewxRows(0, 2'000));
  fixture.engine->follow({fixture.data()});
  for (int rows = 2'000; rows < 2'020; rows += 5) {
    QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), rows, kPatience);
    weewx.execute(weewxRows(rows, rows + 5));
  }
  QTRY_COMPARE_WITH_TIMEOUT(fixture.readings(), 2'020, kPatience);
  fixture.engine->stop();
  QCOMPARE(fixture.engine->followReport().readings, 2'020);
}

METEOROGRAPH_TEST(tst_FollowedDatabase)
#include "tst_FollowedDatabase.moc"
