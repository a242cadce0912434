// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Migrations.h"
#include "tests/support/EarlierStore.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace meteorograph;

/// Stores of every released schema are brought up to date with all that they hold; those of a later one
/// are left alone.
class tst_Migrations : public QObject {
  Q_OBJECT

  static QByteArray hashOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly)
               ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256)
               : QByteArray();
  }

  static std::string lines(int from, int to) {
    std::string text;
    for (int second = from; second < to; ++second)
      text += jsonLine(second % 3 == 0 ? "roof" : "cellar", second, 10 + second % 7 * 0.5);
    return text + (from == 0 ? "no reading\n" : "");
  }

  static std::string dump(const std::string &store) {
    const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(store);
    return reader ? dumpStore(**reader, true) : reader.error().message;
  }

private Q_SLOTS:
  void bringsEveryReleasedSchemaUpToDate_data() {
    QTest::addColumn<int>("steps");
    for (std::size_t step = 1; step <= migrations().size(); ++step)
      QTest::addRow("user_version %d", static_cast<int>(step)) << static_cast<int>(step);
  }
  void bringsEveryReleasedSchemaUpToDate() {
    QFETCH(int, steps);
    QTemporaryDir folder;
    const std::string data = folder.filePath("data.json").toStdString();
    const std::string today = folder.filePath("today").toStdString();
    const std::string earlier = folder.filePath("earlier").toStdString();
    const auto ingest = [&](const std::string &store) {
      EngineOptions options;
      options.store_path = store;
      const std::atomic<bool> stop{false};
      return (*Engine::open(options))->ingest({data}, stop).value_or(IngestReport()).readings;
    };
    const auto write = [&](const std::string &text) {
      QFile file(QString::fromStdString(data));
      QVERIFY(file.open(QIODevice::Append) && file.write(text.c_str()) == static_cast<qint64>(text.size()));
    };
    write(lines(0, 90));
    QCOMPARE(ingest(today), 90);
    QCOMPARE(makeEarlierStore(today, earlier, static_cast<std::size_t>(steps)), std::string());
    const std::string before = dump(today);

    QCOMPARE(ingest(earlier), 0); // migrated, and nothing is read twice
    QCOMPARE(QString::fromStdString(dump(earlier)), QString::fromStdString(before));
    QCOMPARE(storeInconsistency(earlier), QString());
    QCOMPARE(*(*Database::open(earlier, Database::Mode::ReadOnly)).integer("PRAGMA user_version"),
             static_cast<std::int64_t>(migrations().size()));

    write(lines(90, 120));
    QCOMPARE(ingest(today), 30);
    QCOMPARE(ingest(earlier), 30);
    QCOMPARE(QString::fromStdString(dump(earlier)), QString::fromStdString(dump(today)));
    QCOMPARE(storeInconsistency(earlier), QString());
  }

  void leavesALaterSchemaAlone_data() {
    QTest::addColumn<int>("version");
    QTest::newRow("the next one") << static_cast<int>(migrations().size()) + 1;
    QTest::newRow("one far ahead") << 1'000'000;
  }
  void leavesALaterSchemaAlone() {
    QFETCH(int, version);
    QTemporaryDir folder;
    const QString path = folder.filePath("store");
    const std::string store = path.toStdString();
    EngineOptions options;
    options.store_path = store;
    QVERIFY(Engine::open(options));
    {
      Result<Database> database = Database::open(store, Database::Mode::ReadWrite);
      QVERIFY(database->execute("PRAGMA user_version = " + std::to_string(version)));
    }
    const QByteArray before = hashOf(path);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList("store"));

    const auto engine = Engine::open(options);
    QVERIFY(!engine);
    QCOMPARE(engine.error().code, ErrorCode::StoreNewer);
    QVERIFY(engine.error().message.find("newer version") != std::string::npos);
    const auto reader = StoreReader::open(store);
    QVERIFY(!reader);
    QCOMPARE(reader.error().code, ErrorCode::StoreNewer);
    QCOMPARE(hashOf(path), before);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList("store"));
  }
};

METEOROGRAPH_TEST(tst_Migrations)
#include "tst_Migrations.moc"
