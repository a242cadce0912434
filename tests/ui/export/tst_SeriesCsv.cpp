// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/FakeEngine.h"
#include "ui/ViewState.h"
#include "ui/charts/ChartLayout.h"
#include "ui/export/Exporter.h"
#include "ui/export/SeriesCsv.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

constexpr TimeUs kNow = 1'795'000'000 * kSecond;

ChartScene sampleScene(const QString &zone = "Europe/Berlin") {
  const Overview overview = sampleOverview(kNow);
  ViewState view;
  view.zone = zone;
  const ViewRange range{kNow - 5 * kMinute, kNow};
  return view.scene(overview, sampleSeries(view.request(overview, range, 800)), range);
}

QByteArray contentOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_SeriesCsv : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void exportsExactlyWhatIsPlotted() {
    const ChartScene scene = sampleScene();
    const SeriesCsv csv = seriesCsv(scene);
    QList<QByteArray> lines = csv.text.split('\n');
    QVERIFY(lines.takeLast().isEmpty());
    lines.removeFirst();
    QCOMPARE(lines.size(), csv.rows);
    qsizetype row = 0;
    for (const SeriesLine &line : scene.series.lines)
      for (const SeriesPoint &point : line.points) {
        const QList<QByteArray> cells = lines[row++].split(',');
        QCOMPARE(cells.size(), 12);
        QCOMPARE(parseIsoTime(cells[0].toStdString())->time_us, point.first_us);
        QCOMPARE(parseIsoTime(cells[1].toStdString())->time_us, point.first_us); // the same instant
        QCOMPARE(cells[5].toLongLong(), point.count);
        QVERIFY(cells[6].toDouble() == point.first); // bit for bit
        QVERIFY(cells[7].toDouble() == point.min);
        QVERIFY(cells[8].toDouble() == point.max);
        QVERIFY(cells[11].toDouble() == point.average);
      }
    QCOMPARE(row, csv.rows);
  }

  void leavesOutWhatLiesOutsideOrIsHidden() {
    ChartScene scene = sampleScene();
    const std::int64_t all = seriesCsv(scene).rows;
    scene.devices.pop_back();
    QCOMPARE(seriesCsv(scene).rows, all * 3 / 4);
    keepPane(scene, QuantityId{2});
    QCOMPARE(seriesCsv(scene).rows, all / 4);
    scene.from_us = scene.to_us - (scene.to_us - scene.from_us) / 2;
    QCOMPARE(seriesCsv(scene).rows, all / 8);
  }

  void writesBothTimes() {
    const QByteArray first = seriesCsv(sampleScene()).text.split('\n')[1];
    QVERIFY(first.startsWith("2026-11-18T11:01:40.000000Z,2026-11-18T12:01:40.000000+01:00,rpi-cleanroom,"));
  }

  void doesNotDependOnTheLocale() {
    const QByteArray plain = seriesCsv(sampleScene()).text;
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::German));
    const QByteArray german = seriesCsv(sampleScene()).text;
    QLocale::setDefault(before);
    QCOMPARE(german, plain);
  }

  void disarmsFormulas_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << "rpi-1" << QByteArray("rpi-1");
    QTest::newRow("equals") << "=1+1" << QByteArray("'=1+1");
    QTest::newRow("plus") << "+cmd" << QByteArray("'+cmd");
    QTest::newRow("minus") << "-2" << QByteArray("'-2");
    QTest::newRow("at") << "@SUM(A1)" << QByteArray("'@SUM(A1)");
    QTest::newRow("tab") << "\t=1" << QByteArray("'\t=1");
    QTest::newRow("quoted formula") << "=HYPERLINK(\"x\",1)" << QByteArray("\"'=HYPERLINK(\"\"x\"\",1)\"");
    QTest::newRow("comma") << "a,b" << QByteArray("\"a,b\"");
    QTest::newRow("new line") << "a\nb" << QByteArray("\"a\nb\"");
    QTest::newRow("unicode") << "Küche ☀" << QByteArray("Küche ☀");
  }
  void disarmsFormulas() {
    QFETCH(QString, text);
    QFETCH(QByteArray, cell);
    QCOMPARE(csvCell(text), cell);
  }

  void describesTheFileBeside() {
    const QTemporaryDir folder;
    ExportOrder order;
    order.plan.path = folder.filePath("out.csv");
    order.scene = sampleScene();
    order.overview = sampleOverview(kNow);
    order.overview.annotations = {{1, kNow - kMinute, kNoTime, "window opened", {}, 0},
                                  {2, kNow - kHour, kNow - 4 * kMinute, "sensor moved", {}, 0},
                                  {3, kNow - kHour, kNoTime, "long ago", {}, 0}};
    Exporter exporter;
    QSignalSpy finished(&exporter, &Exporter::finished);
    exporter.start(nullptr, order);
    QTRY_COMPARE(finished.count(), 1);
    const QByteArray csv = contentOf(order.plan.path);
    QCOMPARE(csv, seriesCsv(order.scene).text);
    const QJsonObject facts = QJsonDocument::fromJson(contentOf(order.plan.path + ".json")).object();
    QCOMPARE(facts["sha256"].toString().toLatin1(),
             QCryptographicHash::hash(csv, QCryptographicHash::Sha256).toHex());
    QCOMPARE(facts["rows"].toInteger(), csv.count('\n') - 1);
    QCOMPARE(facts["store"].toString(), QStringLiteral("/data/station.meteorograph"));
    QCOMPARE(facts["version"].toString(), QStringLiteral(METEOROGRAPH_VERSION));
    QCOMPARE(facts["from"].toString().toStdString(), formatIsoTime(order.scene.from_us));
    QCOMPARE(facts["devices"].toArray().size(), 4);
    QCOMPARE(facts["sources"].toArray().size(), 2);
    const QJsonArray annotations = facts["annotations"].toArray();
    QCOMPARE(annotations.size(), 2);
    QCOMPARE(annotations[0]["text"].toString(), QStringLiteral("window opened"));
    QVERIFY(annotations[0]["to"].isNull());
    QCOMPARE(annotations[1]["to"].toString().toStdString(), formatIsoTime(kNow - 4 * kMinute));
  }

  void asksTheEngineForAChosenRange() {
    const QTemporaryDir folder;
    const auto engine = std::make_shared<FakeEngine>();
    EngineClient client(engine);
    ExportOrder order;
    order.plan.path = folder.filePath("out.csv");
    order.plan.range = ViewRange{kNow - kDay, kNow - kHour};
    order.plan.sidecar = false;
    order.scene = sampleScene();
    order.scene.devices.resize(2);
    order.scene.panes.resize(1);
    Exporter exporter;
    QSignalSpy finished(&exporter, &Exporter::finished);
    exporter.start(&client, order);
    const SeriesRequest &asked = engine->seriesRequests.back();
    QCOMPARE(asked.from_us, kNow - kDay);
    QCOMPARE(asked.devices.size(), std::size_t{2});
    QCOMPARE(asked.quantities, std::vector<QuantityId>{order.scene.panes[0].quantity});
    engine->answerSeries(sampleSeries(engine->seriesRequests.back()));
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(contentOf(order.plan.path).count('\n'), 201);
    QVERIFY(!QFile::exists(order.plan.path + ".json"));
  }

  void writesPictures_data() {
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("png") << int(ExportPlan::Format::Png) << QByteArray("\x89PNG");
    QTest::newRow("svg") << int(ExportPlan::Format::Svg) << QByteArray("<?xml");
    QTest::newRow("pdf") << int(ExportPlan::Format::Pdf) << QByteArray("%PDF");
  }
  void writesPictures() {
    QFETCH(int, format);
    QFETCH(QByteArray, start);
    const QTemporaryDir folder;
    ExportOrder order;
    order.plan.format = static_cast<ExportPlan::Format>(format);
    order.plan.path = folder.filePath("out." + suffixOf(order.plan.format));
    order.scene = sampleScene();
    order.size = {640, 400};
    order.scene.series.from_us = order.scene.from_us;
    order.scene.series.to_us = order.scene.to_us;
    order.scene.series.columns = plotColumns(order.size, 1); // so that nothing is to be asked for
    Exporter exporter;
    QSignalSpy finished(&exporter, &Exporter::finished);
    exporter.start(nullptr, order);
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(contentOf(order.plan.path).startsWith(start));
  }

  void tellsWhatCannotBeWritten() {
    ExportOrder order;
    order.plan.path = "/proc/nowhere/out.csv";
    order.scene = sampleScene();
    Exporter exporter;
    QSignalSpy failed(&exporter, &Exporter::failed);
    exporter.start(nullptr, order);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().toString().contains("/proc/nowhere/out.csv"));
  }
};

METEOROGRAPH_TEST(tst_SeriesCsv)
#include "tst_SeriesCsv.moc"
