// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ByteReader.h"
#include "tests/support/Packing.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace meteorograph;

namespace {

std::string textOf(const std::string &path) {
  const Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  std::string text(1 << 20, '\0');
  const Result<std::size_t> got = reader ? (*reader)->read(text.data(), text.size()) : 0;
  if (!got)
    return got.error().message;
  text.resize(*got);
  return (*reader)->refusal().empty() ? text : (*reader)->refusal();
}

std::string bytesOf(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What the table of that SQL becomes.
std::string textOfSql(const std::string &sql) {
  const QTemporaryDir folder;
  const std::string path = folder.filePath("a.db").toStdString();
  SqliteFile(path).execute(sql);
  return textOf(path);
}

} // namespace

class tst_SqliteReader : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void writesRowsAsJson();
  void choosesTheTableByContent_data();
  void choosesTheTableByContent();
  void refusesOtherDatabases_data();
  void refusesOtherDatabases();
  void takesInTheArchiveOfWeewx();
  void readsOnWhenRowsAreAdded();
  void replacesWhatWasChanged();
  void triesAgainWhileLocked();
  void keepsReadingsWhileLocked();
  void seesRowsThatAreOnlyInTheLog();
  void leavesNothingBeside();
  void doesNotListSideFiles();
  void refusesAnotherStore();
  void tellsOfDamage();
  void refusesACompressedDatabase();
};

void tst_SqliteReader::writesRowsAsJson() {
  const std::string text = textOfSql("CREATE TABLE t (time TEXT, \"temp\"\"x\" REAL, n INTEGER, note TEXT,"
                                     " photo BLOB, rowid TEXT);"
                                     "INSERT INTO t VALUES"
                                     " ('2023-11-14 22:13:20', 21.25, -9007199254740993, 'a\"b', x'00', 'r'),"
                                     " ('2023-11-14 22:13:21', NULL, 1e3, x'41', NULL, 9e999);");
  const std::string first = "{\"time\":\"2023-11-14 22:13:20\",\"temp\\\"x\":21.25,\"n\":-9007199254740993,"
                            "\"note\":\"a\\\"b\",\"rowid\":\"r\"}\n";
  const std::string second = "{\"time\":\"2023-11-14 22:13:21\",\"temp\\\"x\":null,\"n\":1000,"
                             "\"photo\":null,\"rowid\":\"Inf\"}\n";
  QCOMPARE(text, first + second);
}

void tst_SqliteReader::choosesTheTableByContent_data() {
  QTest::addColumn<QString>("sql");
  QTest::addColumn<QString>("text");
  QTest::newRow("the one with a time") << "CREATE TABLE a (temperature REAL); INSERT INTO a VALUES (1);"
                                          "CREATE TABLE b (timestamp INTEGER, temperature REAL);"
                                          "INSERT INTO b VALUES (1700000000, 21.5);"
                                       << R"({"timestamp":1700000000,"temperature":21.5})";
  QTest::newRow("the one with most rows")
      << "CREATE TABLE a (time INTEGER, temperature REAL); INSERT INTO a VALUES (1700000000, 1);"
         "CREATE TABLE b (time INTEGER, humidity REAL);"
         "INSERT INTO b VALUES (1700000000, 50), (1700000001, 51);"
      << "{\"time\":1700000000,\"humidity\":50.0}\n{\"time\":1700000001,\"humidity\":51.0}";
  QTest::newRow("a time by its look") << "CREATE TABLE a (x TEXT, temperature TEXT);"
                                         "INSERT INTO a VALUES ('2023-11-14T22:13:20Z', '21.5');"
                                      << R"({"x":"2023-11-14T22:13:20Z","temperature":"21.5"})";
  QTest::newRow("the archive before all") << "CREATE TABLE archive (dateTime INTEGER PRIMARY KEY, outTemp "
                                             "REAL); INSERT INTO archive VALUES (1700000000, 60);"
                                             "CREATE TABLE b (time INTEGER, humidity REAL);"
                                             "INSERT INTO b VALUES (1700000000, 50), (1700000001, 51);"
                                          << R"({"dateTime":1700000000,"outTemp":60.0})";
  QTest::newRow("not one without row ids")
      << "CREATE TABLE a (time INTEGER PRIMARY KEY, humidity REAL) WITHOUT ROWID;"
         "INSERT INTO a VALUES (1, 50), (2, 51); CREATE TABLE b (time INTEGER, humidity REAL);"
         "INSERT INTO b VALUES (1700000000, 50);"
      << R"({"time":1700000000,"humidity":50.0})";
}

void tst_SqliteReader::choosesTheTableByContent() {
  QFETCH(QString, sql);
  QFETCH(QString, text);
  // Whole reals are written as SQLite gives them: compare without their ".0".
  QCOMPARE(QString::fromStdString(textOfSql(sql.toStdString())), text.replace(".0", "") + "\n");
}

void tst_SqliteReader::refusesOtherDatabases_data() {
  QTest::addColumn<QString>("sql");
  QTest::newRow("no tables") << "PRAGMA user_version = 1";
  QTest::newRow("empty table") << "CREATE TABLE a (time INTEGER, temperature REAL)";
  QTest::newRow("no numbers")
      << "CREATE TABLE a (time TEXT, url TEXT); INSERT INTO a VALUES ('2023-11-14', 'x')";
  QTest::newRow("no time") << "CREATE TABLE a (name TEXT, temperature REAL); INSERT INTO a VALUES ('x', 2)";
}

void tst_SqliteReader::refusesOtherDatabases() {
  QFETCH(QString, sql);
  StoreHarness store;
  SqliteFile(store.path("a.db")).execute(sql.toStdString());
  store.ingest();
  store.ingest();
  QCOMPARE(store.errors.size(), 1u); // told once: only another content is worth another look
  QVERIFY(store.errors[0].message.ends_with(
      "a.db: a SQLite database without a table of readings (a time and numbers)"));
  QCOMPARE(store.files().at(0).state, FileState::Failed);
}

void tst_SqliteReader::takesInTheArchiveOfWeewx() {
  StoreHarness store;
  SqliteFile(store.path("weewx.sdb")).execute(weewxSchema() + weewxRows(0, 5000));
  store.ingest();
  QCOMPARE(store.errors.size(), 0u);
  QCOMPARE(store.overview().counts.records, 5000);
  QCOMPARE(store.overview().counts.accepted, 5000);
  QCOMPARE(store.overview().devices.size(), 1u);
  QCOMPARE(store.overview().devices[0].name, std::string("weewx"));
  QCOMPARE(store.inconsistency(), QString());
}

void tst_SqliteReader::readsOnWhenRowsAreAdded() {
  StoreHarness whole;
  SqliteFile(whole.path("weewx.sdb")).execute(weewxSchema() + weewxRows(0, 900));
  whole.ingest();
  StoreHarness store;
  SqliteFile weewx(store.path("weewx.sdb"));
  weewx.execute(weewxSchema());
  for (int i = 0; i < 900; i += 100) {
    weewx.execute(weewxRows(i, i + 100));
    store.ingest(i % 200 == 0);
    if (i % 300 == 0)
      store.reopen();
  }
  QCOMPARE(store.files().size(), 1u);
  QCOMPARE(store.files()[0].generation, 1);
  QCOMPARE(store.tables(), whole.tables());
}

void tst_SqliteReader::replacesWhatWasChanged() {
  StoreHarness store;
  SqliteFile weewx(store.path("weewx.sdb"));
  weewx.execute(weewxSchema() + weewxRows(0, 100));
  store.ingest();
  weewx.execute("DELETE FROM archive WHERE dateTime = 1700000400");
  store.ingest();
  QCOMPARE(store.overview().readings, 99);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_SqliteReader::triesAgainWhileLocked() {
  StoreHarness store;
  SqliteFile weewx(store.path("weewx.sdb"));
  weewx.execute(weewxSchema() + weewxRows(0, 100));
  weewx.execute("BEGIN EXCLUSIVE");
  store.ingest();
  QCOMPARE(store.errors.size(), 1u);
  QVERIFY(store.errors[0].message.ends_with("weewx.sdb is in use by another program; it is tried again"));
  weewx.execute("ROLLBACK");
  store.ingest();
  QCOMPARE(store.errors.size(), 1u);
  QCOMPARE(store.overview().readings, 100);
}

void tst_SqliteReader::keepsReadingsWhileLocked() {
  StoreHarness store;
  SqliteFile weewx(store.path("weewx.sdb"));
  weewx.execute(weewxSchema() + weewxRows(0, 100));
  store.ingest();
  weewx.execute(weewxRows(100, 110) + "BEGIN EXCLUSIVE");
  store.ingest();
  QCOMPARE(store.overview().readings, 100);
  weewx.execute("ROLLBACK");
  store.ingest();
  QCOMPARE(store.overview().readings, 110);
  QCOMPARE(store.files()[0].generation, 1);
}

void tst_SqliteReader::seesRowsThatAreOnlyInTheLog() {
  StoreHarness store;
  SqliteFile weewx(store.path("weewx.sdb"));
  weewx.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;" + weewxSchema() +
                weewxRows(0, 10));
  store.ingest();
  QCOMPARE(store.overview().readings, 10);
  weewx.execute(weewxRows(10, 30));
  store.ingest();
  QCOMPARE(store.overview().readings, 30);
  QCOMPARE(store.files().size(), 1u);
  QCOMPARE(store.files()[0].generation, 1);
}

void tst_SqliteReader::leavesNothingBeside() {
  StoreHarness store;
  SqliteFile(store.path("weewx.sdb"))
      .execute("PRAGMA journal_mode = WAL;" + weewxSchema() + weewxRows(0, 10));
  QVERIFY(!std::filesystem::exists(store.path("weewx.sdb-wal")));
  store.ingest();
  QCOMPARE(store.overview().readings, 10);
  QVERIFY(!std::filesystem::exists(store.path("weewx.sdb-wal")));
  QVERIFY(!std::filesystem::exists(store.path("weewx.sdb-shm")));
}

void tst_SqliteReader::doesNotListSideFiles() {
  StoreHarness store;
  SqliteFile weewx(store.path("weewx.sdb"));
  weewx.execute(weewxSchema() + weewxRows(0, 10));
  for (const char *name : {"weewx.sdb-shm", "weewx.sdb-journal", "weewx.sdb-wal"})
    store.write(name, "");
  store.write("notes-journal", "time,temp\n2023-11-14T22:13:20Z,21\n"); // beside no database
  store.ingest();
  QCOMPARE(store.files().size(), 2u);
  QCOMPARE(store.overview().readings, 11);
}

void tst_SqliteReader::refusesAnotherStore() {
  StoreHarness store;
  SqliteFile(store.path("old.meteorograph"))
      .execute("PRAGMA application_id = 0x4d654731; CREATE TABLE a (time INTEGER, temperature REAL);"
               "INSERT INTO a VALUES (1700000000, 21)");
  store.ingest();
  QCOMPARE(store.errors.size(), 1u);
  QVERIFY(store.errors[0].message.ends_with(
      "old.meteorograph: a store of this program, not sensor data; open it as a store"));
  QCOMPARE(store.overview().readings, 0);
}

void tst_SqliteReader::tellsOfDamage() {
  StoreHarness store;
  SqliteFile(store.path("weewx.sdb")).execute(weewxSchema() + weewxRows(0, 5000));
  std::string hurt = bytesOf(store.path("weewx.sdb"));
  std::fill_n(hurt.begin() + static_cast<std::ptrdiff_t>(hurt.size() / 2), 8192, '\xFF');
  store.write("hurt.sdb", hurt);
  store.remove("weewx.sdb");
  store.ingest();
  QCOMPARE(store.errors.size(), 1u);
  QVERIFY(store.errors[0].message.find("hurt.sdb is damaged: ") != std::string::npos);
  QVERIFY(store.overview().readings > 1000);
  QVERIFY(store.overview().readings < 5000);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_SqliteReader::refusesACompressedDatabase() {
  StoreHarness store;
  SqliteFile(store.path("weewx.sdb")).execute(weewxSchema());
  store.write("weewx.sdb.gz", gzipOf(bytesOf(store.path("weewx.sdb"))));
  store.remove("weewx.sdb");
  store.ingest();
  QCOMPARE(store.errors.size(), 1u);
  QVERIFY(store.errors[0].message.ends_with("a SQLite database that is compressed; unpack it"));
}

METEOROGRAPH_TEST(tst_SqliteReader)
#include "tst_SqliteReader.moc"
