// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <nlohmann/json.hpp>

using Json = nlohmann::ordered_json;

/// `status` and `quarantine`: what the store says of itself.
class tst_StatusCommand : public QObject {
  Q_OBJECT

  Program m_program;

  Json status() const {
    const ProgramRun run = m_program.run({"status", "--store", "store", "--json"});
    return run.code == 0 ? Json::parse(run.out.toStdString(), nullptr, false) : Json();
  }

private Q_SLOTS:
  void initTestCase() {
    m_program.write("data/a.json",
                    R"({"deviceId":"roof","temperature":20,"humidity":50,"time":"2024-01-01T01:00:00Z"})"
                    "\n"
                    "this is \x01 no reading\n"
                    R"({"deviceId":"roof","temperature":21,"time":"2024-01-01T00:00:00Z"})"
                    "\n"
                    R"({"deviceId":"cellar","soil_moisture":0.5,"time":"2024-01-01T02:00:00Z"})"
                    "\n"
                    R"({"deviceId":"cellar","temperature":1})"
                    "\n");
    QCOMPARE(m_program.run({"ingest", "--store", "store", "data"}).code, 0);
  }

  void countsEveryRecord() {
    const Json document = status();
    QCOMPARE(document["integrity"].get<std::string>(), "ok");
    QCOMPARE(document["records"].get<int>(), 5);
    QCOMPARE(document["accepted"].get<int>(), 3);
    QCOMPARE(document["quarantined"].get<int>(), 2);
    QCOMPARE(document["skipped"].get<int>(), 0);
    QCOMPARE(document["late"].get<int>(), 1);
    QCOMPARE(document["pending_bytes"].get<int>(), 0);
    QCOMPARE(document["layers"]["bronze"]["readings"].get<int>(), 3);
    QCOMPARE(document["layers"]["silver"]["windows"].get<int>(), 3);
    QCOMPARE(document["layers"]["gold"]["windows"].get<int>(), 3);
  }

  void knowsDevicesWithTheirWatermarks() {
    const Json devices = status()["devices"];
    QCOMPARE(devices.size(), std::size_t(2));
    const Json roof = devices[devices[0]["name"] == "roof" ? 0 : 1];
    QCOMPARE(roof["readings"].get<int>(), 2);
    QCOMPARE(roof["late"].get<int>(), 1);
    QCOMPARE(roof["newest"].get<std::string>(), "2024-01-01T01:00:00.000000Z");
    QCOMPARE(roof["watermark"].get<std::string>(), "2024-01-01T00:50:00.000000Z");
  }

  void knowsQuantitiesWithTheirUnits() {
    const Json quantities = status()["quantities"];
    const std::vector<std::pair<std::string, std::string>> expected = {
        {"temperature", "°C"}, {"humidity", "%RH"}, {"soil_moisture", quantities[2]["unit"]}};
    QCOMPARE(quantities.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      QCOMPARE(quantities[i]["name"].get<std::string>(), expected[i].first);
      QCOMPARE(quantities[i]["unit"].get<std::string>(), expected[i].second);
    }
  }

  void knowsFilesWithTheirState() {
    const Json file = status()["files"][0];
    QCOMPARE(file["path"].get<std::string>(), m_program.path("data/a.json").toStdString());
    QVERIFY(file["state"].is_string());
    QCOMPARE(file["offset"], file["size"]);
    QCOMPARE(file["records"].get<int>(), 5);
    QCOMPARE(file["quarantined"].get<int>(), 2);
  }

  void countsQuarantineByReason() {
    const Json reasons = status()["quarantine"];
    QCOMPARE(reasons.size(), std::size_t(2));
    int sum = 0;
    for (const auto &[reason, count] : reasons.items())
      sum += count.get<int>();
    QCOMPARE(sum, 2);
  }

  void tellsPeopleTheSame() {
    const ProgramRun run = m_program.run({"status", "--store", "store"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.err, "");
    for (const char *word : {"Integrity", "ok", "roof", "cellar", "2024-01-01T00:50:00.000000Z",
                             "temperature", "°C", "5 = 3 accepted + 2 quarantined + 0 skipped", "a.json"})
      QVERIFY2(run.out.contains(word), word);
  }

  void listsQuarantineAsOneObjectALine() {
    const ProgramRun run = m_program.run({"quarantine", "--store", "store", "--json"});
    QCOMPARE(run.code, 0);
    const QList<QByteArray> lines = run.out.chopped(1).split('\n');
    QCOMPARE(lines.size(), 2);
    const Json first = Json::parse(lines[0].toStdString());
    QCOMPARE(first["file"].get<std::string>(), m_program.path("data/a.json").toStdString());
    QCOMPARE(first["line"].get<int>(), 2);
    QCOMPARE(first["offset"].get<qsizetype>(), m_program.read("data/a.json").indexOf("this is"));
    QCOMPARE(first["text"].get<std::string>(), "this is \x01 no reading");
    QVERIFY(!first["reason"].get<std::string>().empty());
    QVERIFY(Json::parse(lines[1].toStdString())["text"].get<std::string>().starts_with(
        R"({"deviceId":"cellar",)"));
  }

  void listsQuarantineForPeople() {
    const ProgramRun run = m_program.run({"quarantine", "--store", "store"});
    QCOMPARE(run.code, 0);
    QVERIFY2(run.out.contains("data/a.json:2 (byte "), run.out);
    QVERIFY2(run.out.contains("this is . no reading\n"), run.out);
  }
};

METEOROGRAPH_TEST(tst_StatusCommand)
#include "tst_StatusCommand.moc"
