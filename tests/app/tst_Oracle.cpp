// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QDirIterator>
#include <QStandardPaths>
#include <QTest>

#include <nlohmann/json.hpp>

using Json = nlohmann::json;

/// Every layer, compared with what a script in another language makes of the same files.
class tst_Oracle : public QObject {
  Q_OBJECT

  std::unique_ptr<Program> m_program;

  static constexpr const char *kTotals[] = {"records", "accepted", "quarantined",
                                            "skipped", "readings", "late"};

  Json ingested(const QString &path) const {
    const ProgramRun run = m_program->run({"ingest", "--store", "store", "--json", path});
    return run.code == 0 ? Json::parse(run.out.toStdString(), nullptr, false) : Json();
  }

  /// In the order of time, each by a call of its own.
  Json ingestedFileByFile() const {
    QStringList paths;
    for (QDirIterator each(m_program->path("data"), QDir::Files, QDirIterator::Subdirectories);
         each.hasNext();)
      paths += each.next();
    paths.sort();
    Json sum = Json::object();
    for (const QString &path : paths) {
      const Json totals = ingested(path);
      for (const char *key : kTotals)
        sum[key] = sum.value(key, std::int64_t{0}) + totals[key].get<std::int64_t>();
    }
    const Json status = Json::parse(
        m_program->run({"status", "--store", "store", "--json"}).out.toStdString(), nullptr, false);
    sum["devices"] = status["devices"].size();
    return sum;
  }

  bool exported(const QStringList &what, const QString &name) const {
    const QString output = "exports/" + name + ".csv";
    return m_program->run(QStringList{"export", "--store", "store", "--output", output, "--layer"} + what)
               .code == 0;
  }

private Q_SLOTS:
  void initTestCase() {
    if (QStandardPaths::findExecutable("python3").isEmpty())
      QSKIP("python3 is not installed");
  }

  void agreesOnEveryLayer_data() {
    QTest::addColumn<QStringList>("simulation");
    QTest::addColumn<bool>("fileByFile");
    const auto row = [](const char *name, const char *simulation, bool fileByFile) {
      QTest::newRow(name) << QString(simulation).split(' ') << fileByFile;
    };
    row("several readings a window", "--devices 3 --rate 3 --duration 1500 --late 0.05 --bad 0.03", false);
    row("gaps between windows", "--devices 4 --rate 0.21 --duration 14400 --late 0.08 --bad 0.05 --seed 2",
        false);
    row("file by file", "--devices 3 --rate 1 --duration 4000 --late 0.1 --bad 0.02 --seed 3", true);
    row("before 1970", "--devices 2 --rate 1 --duration 1200 --late 0.05 --seed 4 --start 1969-12-31T23:50",
        false);
  }
  void agreesOnEveryLayer() {
    QFETCH(QStringList, simulation);
    QFETCH(bool, fileByFile);
    m_program = std::make_unique<Program>();
    QCOMPARE(m_program->run(QStringList{"simulate", "--output", "data", "--fast"} + simulation).code, 0);
    const Json totals = fileByFile ? ingestedFileByFile() : ingested("data");
    QVERIFY(totals.is_object());
    QDir().mkpath(m_program->path("exports"));
    QVERIFY(exported({"bronze"}, "bronze") && exported({"gold"}, "gold"));
    for (const char *window : {"1s", "10s", "60s", "600s", "3600s"})
      QVERIFY(exported({"silver", "--window", window}, QString("silver-%1").arg(window)));
    QProcess oracle;
    oracle.setProcessChannelMode(QProcess::MergedChannels);
    oracle.start("python3", {METEOROGRAPH_SOURCE "/tests/support/oracle.py", m_program->path("data"),
                             m_program->path("exports"), QString::fromStdString(totals.dump())});
    QVERIFY(oracle.waitForFinished(120'000));
    const QByteArray said = oracle.readAll();
    QVERIFY2(oracle.exitCode() == 0, said);
  }
};

METEOROGRAPH_TEST(tst_Oracle)
#include "tst_Oracle.moc"
