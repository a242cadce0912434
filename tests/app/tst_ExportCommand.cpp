// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTest>

#include <nlohmann/json.hpp>

using Json = nlohmann::ordered_json;

class tst_ExportCommand : public QObject {
  Q_OBJECT

  Program m_program;

  ProgramRun exported(const QStringList &arguments) const {
    return m_program.run(QStringList{"export", "--store", "store"} + arguments);
  }

  QByteArray file() const { return m_program.path("data/a.json").toUtf8(); }

private Q_SLOTS:
  void initTestCase() {
    m_program.write(
        "data/a.json",
        R"({"deviceId":"roof","temperature":20,"humidity":50,"time":"2024-01-01T00:00:00Z"})"
        "\n"
        R"({"deviceId":"roof","temperature":21,"time":"2024-01-01T00:00:00.25Z"})"
        "\n"
        R"({"deviceId":"cellar, north","temperature":8.5,"co2":400,"time":"2024-01-01T00:00:01Z"})"
        "\n"
        R"({"deviceId":"roof","temperature":25.5,"time":"2024-01-01T00:00:12Z"})"
        "\n");
    QCOMPARE(m_program.run({"ingest", "--store", "store", "data"}).code, 0);
  }

  void writesBronze() {
    const ProgramRun run = exported({"--layer", "bronze"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.err, "");
    QCOMPARE(run.out, "event_time,device,temperature,humidity,co2,file,line\n"
                      "2024-01-01T00:00:01.000000Z,\"cellar, north\",8.5,,400," +
                          file() +
                          ",3\n"
                          "2024-01-01T00:00:00.000000Z,roof,20,50,," +
                          file() +
                          ",1\n"
                          "2024-01-01T00:00:00.250000Z,roof,21,,," +
                          file() +
                          ",2\n"
                          "2024-01-01T00:00:12.000000Z,roof,25.5,,," +
                          file() + ",4\n");
  }

  void writesSilver() {
    const ProgramRun run = exported({"--layer", "silver"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.out, "window_start,device,quantity,count,mean,min,max\n"
                      "2024-01-01T00:00:01.000000Z,\"cellar, north\",co2,1,400,400,400\n"
                      "2024-01-01T00:00:01.000000Z,\"cellar, north\",temperature,1,8.5,8.5,8.5\n"
                      "2024-01-01T00:00:00.000000Z,roof,humidity,1,50,50,50\n"
                      "2024-01-01T00:00:00.000000Z,roof,temperature,2,20.5,20,21\n"
                      "2024-01-01T00:00:12.000000Z,roof,temperature,1,25.5,25.5,25.5\n");
  }

  void writesLongerWindows() {
    const ProgramRun run =
        exported({"--layer", "silver", "--window", "60s", "--device", "roof", "--quantity", "temperature"});
    QCOMPARE(run.out, "window_start,device,quantity,count,mean,min,max\n"
                      "2024-01-01T00:00:00.000000Z,roof,temperature,3,22.166666666666668,20,25.5\n");
  }

  void writesGold() {
    const ProgramRun run = exported({"--layer", "gold", "--device", "roof", "--quantity", "temperature"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.out, "window_start,device,quantity,mean,ma_8,ma_15s,ma_60s\n"
                      "2024-01-01T00:00:00.000000Z,roof,temperature,20.5,20.5,20.5,20.5\n"
                      "2024-01-01T00:00:12.000000Z,roof,temperature,25.5,23,23,23\n");
  }

  void takesTheRangeFromInclusiveToExclusive() {
    const ProgramRun run =
        exported({"--layer", "bronze", "--device", "roof", "--from", "2024-01-01T00:00:00.250Z", "--to",
                  "2024-01-01T00:00:12", "--quantity", "temperature"});
    QCOMPARE(run.out, "event_time,device,temperature,file,line\n"
                      "2024-01-01T00:00:00.250000Z,roof,21," +
                          file() + ",2\n");
    QCOMPARE(exported({"--layer", "silver", "--from", "now-6h"}).out.count('\n'), 1);
  }

  void takesSeveralDevicesAndQuantities() {
    const ProgramRun run = exported({"--layer", "silver", "--device", "cellar, north", "--device", "roof",
                                     "--quantity", "humidity", "--quantity", "co2"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.out.count('\n'), 3);
  }

  void writesJson() {
    const ProgramRun run = exported({"--layer", "silver", "--format", "json"});
    QCOMPARE(run.code, 0);
    const Json rows = Json::parse(run.out.toStdString());
    QCOMPARE(rows.size(), std::size_t(5));
    QCOMPARE(rows[3].dump(),
             std::string(R"({"window_start":"2024-01-01T00:00:00.000000Z","device":"roof",)"
                         R"("quantity":"temperature","count":2,"mean":20.5,"min":20,"max":21})"));
  }

  void namesWhatIsUnknown_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("device") << QStringList{"--device", "roof", "--device", "attic"} << QByteArray("attic");
    QTest::newRow("quantity") << QStringList{"--quantity", "wind"} << QByteArray("wind");
    QTest::newRow("from") << QStringList{"--from", "yesterday"} << QByteArray("yesterday");
    QTest::newRow("to") << QStringList{"--to", "2024-13-01"} << QByteArray("2024-13-01");
    QTest::newRow("range") << QStringList{"--from", "2024-01-02", "--to", "2024-01-01"}
                           << QByteArray("--from");
  }
  void namesWhatIsUnknown() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);
    for (const char *layer : {"bronze", "silver", "gold"}) {
      const ProgramRun run = exported(QStringList{"--layer", layer} + arguments);
      QCOMPARE(run.code, 2);
      QCOMPARE(run.out, "");
      QVERIFY2(run.err.count('\n') == 1 && run.err.contains(named), run.err);
    }
  }

  void writesIntoAFile() {
    const ProgramRun run = exported({"--layer", "bronze", "--output", "rows.csv"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.out, "");
    QCOMPARE(m_program.read("rows.csv"), exported({"--layer", "bronze"}).out);
  }

  void describesTheFileBeside() {
    QCOMPARE(
        exported({"--layer", "silver", "--device", "roof", "--from", "2024-01-01", "--output", "told.csv"})
            .code,
        0);
    const Json facts = Json::parse(m_program.read("told.csv.json").toStdString());
    QCOMPARE(facts["rows"].get<int>(), int(m_program.read("told.csv").count('\n')) - 1);
    QCOMPARE(QByteArray::fromStdString(facts["sha256"].get<std::string>()),
             QCryptographicHash::hash(m_program.read("told.csv"), QCryptographicHash::Sha256).toHex());
    QCOMPARE(facts["content"], Json("silver"));
    QCOMPARE(facts["devices"], Json::array({"roof"}));
    QCOMPARE(facts["from"], Json("2024-01-01T00:00:00.000000Z"));
    QCOMPARE(facts["to"], Json());
    QCOMPARE(facts["store"].get<std::string>(), m_program.path("store").toStdString());
    QCOMPARE(exported({"--layer", "silver", "--output", "untold.csv", "--no-sidecar"}).code, 0);
    QVERIFY(!QFile::exists(m_program.path("untold.csv.json")));
  }

  void aFullDiskLeavesWhatWasThere() {
    m_program.write("full.csv", "old"); // files may not grow beyond 35 kB, which is enough to read the store
    QCOMPARE(m_program.run({"simulate", "--output", "much", "--fast", "--duration", "600"}).code, 0);
    QCOMPARE(m_program.run({"ingest", "--store", "much.store", "much"}).code, 0);
    const ProgramRun run = m_program.shell(
        "trap '' XFSZ; ulimit -f 70; $M export --store much.store --layer bronze --output full.csv");
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains("cannot write") && run.err.contains("full.csv"),
             run.err);
    QCOMPARE(m_program.read("full.csv"), QByteArray("old"));
    QVERIFY(!QFile::exists(m_program.path("full.csv.json")));
    QCOMPARE(QDir(m_program.path(".")).entryList({"full*"}).size(), 1);
  }

  void replacesNeitherTheStoreNorItsSources_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("kept");
    const QStringList silver{"export", "--layer", "silver", "--store", "kept.json", "--output"};
    const QStringList chart{"chart", "--store", "kept.json", "--output"};
    QTest::newRow("store") << silver + QStringList{"kept.json"} << "kept.json";
    QTest::newRow("store in other words") << silver + QStringList{"data/../kept.json"} << "kept.json";
    QTest::newRow("store by a link") << silver + QStringList{"link.csv"} << "kept.json";
    QTest::newRow("store by a hard link") << silver + QStringList{"hard.csv"} << "kept.json";
    QTest::newRow("sidecar") << silver + QStringList{"kept"} << "kept.json";
    QTest::newRow("log") << silver + QStringList{"kept.json-wal", "--no-sidecar"} << "kept.json";
    QTest::newRow("lock") << silver + QStringList{"kept.json-lock", "--no-sidecar"} << "kept.json";
    QTest::newRow("another store") << silver + QStringList{"store"} << "store";
    QTest::newRow("source") << silver + QStringList{"data/a.json"} << "data/a.json";
    QTest::newRow("source by a link") << silver + QStringList{"source.csv"} << "data/a.json";
    QTest::newRow("chart of the store") << chart + QStringList{"hard.csv"} << "kept.json";
    QTest::newRow("sidecar of a chart")
        << QStringList{"chart", "--store", "y.png.json", "--output", "y.png"} << "y.png.json";
    QTest::newRow("file of data beside") << silver + QStringList{"rows.csv"} << "rows.csv.json";
    QTest::newRow("file of data beside a chart") << chart + QStringList{"rows.csv"} << "rows.csv.json";
  }
  void replacesNeitherTheStoreNorItsSources() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, kept);
    m_program.write("rows.csv.json", "{\"sha256\":\"of somebody else\"}");
    m_program.shell("cp -n store kept.json; cp -n store y.png.json; ln -sf kept.json link.csv;"
                    " ln -f kept.json hard.csv; ln -sf data/a.json source.csv; rm -f kept y.png rows.csv");
    const QByteArray before = m_program.read(kept);
    const ProgramRun run = m_program.run(arguments);
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.count('\n') == 1 && run.err.startsWith("meteorograph: cannot write "), run.err);
    QVERIFY(!before.isEmpty() && m_program.read(kept) == before);
    for (const char *name : {"kept", "y.png", "rows.csv"}) // nothing before the sidecar was refused
      QVERIFY(!QFile::exists(m_program.path(name)));
  }

  void replacesItsOwnSidecar() {
    for (const char *layer : {"silver", "gold"})
      QCOMPARE(exported({"--layer", layer, "--output", "twice.csv"}).code, 0);
    QCOMPARE(Json::parse(m_program.read("twice.csv.json").toStdString())["content"], Json("gold"));
    m_program.write("twice.csv.json", "[1]");
    QVERIFY(exported({"--layer", "silver", "--output", "twice.csv"}).err.contains("--no-sidecar"));
    QCOMPARE(exported({"--layer", "silver", "--output", "twice.csv", "--no-sidecar"}).code, 0);
  }

  void namesThatWouldBeFormulasComeBack() {
    m_program.write(
        "formulas/a.json",
        "{\"deviceId\":\"=1+1\",\"temperature\":20,\"time\":\"2024-01-01T00:00:00Z\"}\n"
        "{\"deviceId\":\"'=1+1\",\"temperature\":21,\"time\":\"2024-01-01T00:00:01Z\"}\n"
        "{\"deviceId\":\"-5, north\",\"temperature\":22,\"time\":\"2024-01-01T00:00:02Z\"}\n"
        "{\"deviceId\":\"'s-Hertogenbosch\",\"temperature\":23,\"time\":\"2024-01-01T00:00:03Z\"}\n");
    QCOMPARE(m_program.run({"ingest", "--store", "formulas.store", "formulas"}).code, 0);
    const QStringList silver{"export", "--layer", "silver", "--quantity", "temperature", "--store"};
    const ProgramRun before = m_program.run(silver + QStringList{"formulas.store"});
    QVERIFY(before.out.contains(",'=1+1,") && before.out.contains(",''=1+1,") &&
            before.out.contains(",\"'-5, north\",") && before.out.contains(",'s-Hertogenbosch,"));
    QDir().mkpath(m_program.path("back"));
    QCOMPARE(
        m_program.run({"export", "--store", "formulas.store", "--layer", "bronze", "--output", "back/b.csv"})
            .code,
        0);
    QCOMPARE(m_program.run({"ingest", "--store", "back.store", "back"}).code,
             0); // the sidecar too: no reading
    QCOMPARE(m_program.run(silver + QStringList{"back.store"}).out, before.out);
  }

  void tellsWhatCannotBeWritten_data() {
    QTest::addColumn<QString>("script");
    QTest::newRow("full disk") << "$M export --store store --layer bronze > /dev/full";
    QTest::newRow("full disk by name") << "$M export --store store --layer bronze --output /dev/full";
    QTest::newRow("no folder") << "$M export --store store --layer bronze --output absent/rows.csv";
    QTest::newRow("closed output") << "$M export --store store --layer bronze >&-";
    QTest::newRow("status") << "$M status --store store > /dev/full";
    QTest::newRow("version") << "$M --version > /dev/full";
  }
  void tellsWhatCannotBeWritten() {
    QFETCH(QString, script);
    const ProgramRun run = m_program.shell(script);
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.count('\n') == 1 && run.err.startsWith("meteorograph: cannot "), run.err);
  }

  void aClosedPipeIsToldInOneLine() {
    const ProgramRun run = m_program.shell("mkfifo pipe; ( exec 3<pipe; exec 3<&- ) & "
                                           "exec 4>pipe; wait; $M export --store store --layer gold >&4");
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains("standard output"), run.err);
  }
};

METEOROGRAPH_TEST(tst_ExportCommand)
#include "tst_ExportCommand.moc"
