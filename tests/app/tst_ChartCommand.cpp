// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QCryptographicHash>
#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

class tst_ChartCommand : public QObject {
  Q_OBJECT

  Program m_program;

  ProgramRun drawn(const QStringList &arguments) const {
    return m_program.run(QStringList{"chart", "--store", "store"} + arguments);
  }

  QImage picture(const char *name) const { return QImage::fromData(m_program.read(name)); }

  static int coloursOf(const QImage &image) {
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        colours.insert(image.pixel(x, y));
    return static_cast<int>(colours.size());
  }

private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(m_program.run({"simulate", "--output", "data", "--fast", "--duration", "600"}).code, 0);
    QCOMPARE(m_program.run({"ingest", "--store", "store", "data"}).code, 0);
  }

  void drawsAllDataWithoutADisplay() {
    const ProgramRun run = drawn({"--output", "all.png"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.out, "");
    QCOMPARE(run.err, "");
    const QImage image = picture("all.png");
    QCOMPARE(image.size(), QSize(1600, 1000));
    QVERIFY(coloursOf(image) > 50);
    QVERIFY(qGray(image.pixel(2, 2)) < 60); // dark
  }

  void drawsInTheSizeAndThemeAskedFor() {
    QCOMPARE(
        drawn({"--output", "light.PNG", "--size", "800x400", "--theme", "light", "--quantity", "pressure"})
            .code,
        0);
    const QImage image = picture("light.PNG");
    QCOMPARE(image.size(), QSize(800, 400));
    QVERIFY(qGray(image.pixel(2, 2)) > 200);
  }

  void takesZonesAndSizesAsPeopleWriteThem_data() {
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("kept");
    QTest::newRow("offset") << "+02:00"
                            << "UTC+02:00";
    QTest::newRow("offset behind") << "-03:30"
                                   << "UTC-03:30";
    QTest::newRow("blanks") << " Europe/Berlin "
                            << "Europe/Berlin";
    QTest::newRow("UTC") << "UTC"
                         << "UTC";
  }
  void takesZonesAndSizesAsPeopleWriteThem() {
    QFETCH(QString, zone);
    QFETCH(QString, kept);
    const ProgramRun run = drawn({"--output", "zone.png", "--size", "600X400", "--zone=" + zone});
    QVERIFY2(run.code == 0, run.err);
    QCOMPARE(picture("zone.png").size(), QSize(600, 400));
    QCOMPARE(QJsonDocument::fromJson(m_program.read("zone.png.json")).object()["zone"].toString(), kept);
  }

  void drawsDifferentDataDifferently() {
    QCOMPARE(drawn({"--output", "one.png", "--device", "Raspberry Pi 01"}).code, 0);
    QCOMPARE(drawn({"--output", "two.png", "--device", "Raspberry Pi 02"}).code, 0);
    QCOMPARE(drawn({"--output", "again.png", "--device", "Raspberry Pi 01"}).code, 0);
    QVERIFY(picture("one.png") != picture("two.png"));
    QCOMPARE(picture("one.png"), picture("again.png"));
  }

  void drawsDocuments() {
    QCOMPARE(drawn({"--output", "chart.svg", "--from", "2024-01-01T00:02", "--to", "2024-01-01T00:04"}).code,
             0);
    QVERIFY(m_program.read("chart.svg").contains("<svg"));
    QCOMPARE(drawn({"--output", "chart.pdf"}).code, 0);
    QVERIFY(m_program.read("chart.pdf").startsWith("%PDF"));
  }

  void saysWhereTheDataAreWhenThePictureHasNone() {
    const ProgramRun run = drawn({"--output", "empty.png", "--from", "2030-01-01", "--to", "2030-01-02"});
    QCOMPARE(run.code, 0);
    QCOMPARE(picture("empty.png").size(), QSize(1600, 1000));
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains("from 2030-01-01T00:00:00.000000Z") &&
                 run.err.contains("go from 2024-01-01T00:00:0"),
             run.err);
  }

  void drawsFinerPictures_data() {
    QTest::addColumn<int>("scale");
    for (const int scale : {1, 2, 4})
      QTest::addRow("%d", scale) << scale;
  }
  void drawsFinerPictures() {
    QFETCH(int, scale);
    QCOMPARE(drawn({"--output", "fine.png", "--size", "800x400", "--scale", QString::number(scale)}).code, 0);
    QCOMPARE(picture("fine.png").size(), QSize(800, 400) * scale);
  }

  void finerPicturesPlotMorePoints() {
    int rows[2] = {};
    for (const int scale : {1, 4}) {
      const QStringList options{"--size", "300x300", "--scale", QString::number(scale)};
      QCOMPARE(drawn(options + QStringList{"--output", "columns.png"}).code, 0);
      QCOMPARE(drawn(options + QStringList{"--output", "columns.csv"}).code, 0);
      int &count = rows[scale / 4] = static_cast<int>(m_program.read("columns.csv").count('\n')) - 1;
      QCOMPARE(QJsonDocument::fromJson(m_program.read("columns.png.json")).object()["points"].toInteger(),
               count);
    }
    QVERIFY2(rows[1] > 2 * rows[0], qPrintable(QStringLiteral("%1 and %2").arg(rows[0]).arg(rows[1])));
  }

  void isAsHighAsThePanesNeedUnlessToldOtherwise() {
    m_program.write("many.csv", [] {
      QByteArray text = "time,device,temperature,humidity,pressure\n";
      for (int device = 0; device < 20; ++device)
        text += "2024-01-01T00:00:00Z,room " + QByteArray::number(device) + ",20,50,1000\n";
      return text;
    }());
    QCOMPARE(m_program.run({"ingest", "--store", "many", "many.csv"}).code, 0);
    const QStringList chart{"chart", "--store", "many", "--multiples", "--output", "many.png"};
    QCOMPARE(m_program.run(chart).code, 0);
    QVERIFY(picture("many.png").width() == 1600 && picture("many.png").height() > 1600);
    QCOMPARE(m_program.run(chart + QStringList{"--size", "800x500"}).code, 0);
    QCOMPARE(picture("many.png").size(), QSize(800, 500));
  }

  void saysItsAverage_data() {
    QTest::addColumn<QString>("average");
    QTest::addColumn<QString>("told");
    QTest::newRow("by the range") << "automatic"
                                  << "15 s average";
    QTest::newRow("seconds") << "300s"
                             << "5 min average";
    QTest::newRow("windows") << "8w"
                             << "average of 8 windows";
  }
  void saysItsAverage() {
    QFETCH(QString, average);
    QFETCH(QString, told);
    QCOMPARE(drawn({"--output", "average.png", "--average", average}).code, 0);
    QCOMPARE(QJsonDocument::fromJson(m_program.read("average.png.json"))
                 .object()["average"]
                 .toString()
                 .replace(QChar(0xa0), ' '),
             told);
  }

  void printsOnThePaperAskedFor_data() {
    QTest::addColumn<QString>("paper");
    QTest::addColumn<QByteArray>("box");
    QTest::newRow("A4") << "A4" << QByteArray("/MediaBox [0 0 842");
    QTest::newRow("Letter") << "letter" << QByteArray("/MediaBox [0 0 792");
  }
  void printsOnThePaperAskedFor() {
    QFETCH(QString, paper);
    QFETCH(QByteArray, box);
    QCOMPARE(drawn({"--output", "page.pdf", "--paper", paper}).code, 0);
    QVERIFY(m_program.read("page.pdf").contains(box));
  }

  void describesThePictureBeside() {
    QCOMPARE(drawn({"--output", "told.png", "--device", "Raspberry Pi 01", "--quantity", "humidity"}).code,
             0);
    QCOMPARE(drawn({"--output", "told.csv", "--device", "Raspberry Pi 01", "--quantity", "humidity"}).code,
             0);
    const QJsonObject facts = QJsonDocument::fromJson(m_program.read("told.png.json")).object();
    QCOMPARE(facts["file"].toString(), QStringLiteral("told.png"));
    QCOMPARE(facts["sha256"].toString().toLatin1(),
             QCryptographicHash::hash(m_program.read("told.png"), QCryptographicHash::Sha256).toHex());
    QCOMPARE(facts["points"].toInteger(), m_program.read("told.csv").count('\n') - 1);
    QCOMPARE(facts["devices"].toArray(), QJsonArray{"Raspberry Pi 01"});
    QCOMPARE(facts["quantities"].toArray(), QJsonArray{"humidity"});
    QCOMPARE(facts["sources"].toArray(), QJsonArray{m_program.path("data")});
    QCOMPARE(facts["store"].toString(), m_program.path("store"));
    QCOMPARE(facts["zone"].toString(), QStringLiteral("UTC"));
    QCOMPARE(drawn({"--output", "untold.png", "--no-sidecar"}).code, 0);
    QVERIFY(!QFile::exists(m_program.path("untold.png.json")));
  }

  void aFolderOfExportsIsReadWithoutTheirDescriptions() {
    QDir(m_program.path(".")).mkpath("exports");
    QCOMPARE(drawn({"--output", "exports/chart.csv"}).code, 0);
    QCOMPARE(
        m_program.run({"export", "--store", "store", "--layer", "bronze", "--output", "exports/b.csv"}).code,
        0);
    QFile::remove(m_program.path("exports/chart.csv"));
    const ProgramRun run = m_program.run({"ingest", "--store", "again", "--json", "exports"});
    QCOMPARE(run.code, 0);
    const QJsonObject totals = QJsonDocument::fromJson(run.out).object();
    // Skipped: two descriptions, and the table's line of names.
    QVERIFY2(totals["quarantined"].toInteger() == 0 && totals["skipped"].toInteger() == 3 &&
                 totals["accepted"].toInteger() > 1000,
             run.out);
    // What only looks like one is a record as any other.
    m_program.write("foreign/a.json", "{\"program\": \"Other\", \"sha256\": \"00\"}\n");
    const QJsonObject foreign =
        QJsonDocument::fromJson(m_program.run({"ingest", "--store", "again", "--json", "foreign"}).out)
            .object();
    QCOMPARE(foreign["quarantined"].toInteger(), 1);
  }

  void aFullDiskLeavesWhatWasThere_data() {
    QTest::addColumn<QString>("name");
    for (const char *suffix : {"png", "svg", "pdf", "csv"})
      QTest::newRow(suffix) << QStringLiteral("full.%1").arg(suffix);
  }
  void aFullDiskLeavesWhatWasThere() {
    QFETCH(QString, name);
    m_program.write(name, "old"); // files may not grow beyond 35 kB, which is enough to read the store
    const QStringList before = QDir(m_program.path(".")).entryList(QDir::Files);
    const ProgramRun run =
        m_program.shell("trap '' XFSZ; ulimit -f 70; $M chart --store store --output " + name);
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains("cannot write") &&
                 run.err.contains(name.toLatin1()),
             run.err);
    QCOMPARE(m_program.read(name), QByteArray("old"));
    QCOMPARE(QDir(m_program.path(".")).entryList(QDir::Files), before);
  }

  void refusesWhatItCannotDraw_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("device") << 2 << QStringList{"--device", "attic"}
                            << QByteArray(
                                   "'attic'; known are Raspberry Pi 01, Raspberry Pi 02, Raspberry Pi 03");
    QTest::newRow("quantity") << 2 << QStringList{"--quantity", "wind"}
                              << QByteArray("'wind'; known are temperature, humidity, pressure");
    QTest::newRow("zone") << 2 << QStringList{"--zone", "Mars/Olympus"} << QByteArray("Mars/Olympus");
    QTest::newRow("no zone") << 2 << QStringList{"--zone", ""} << QByteArray("--zone");
    QTest::newRow("blank zone") << 2 << QStringList{"--zone", "  "} << QByteArray("--zone");
    QTest::newRow("offset of a hundred hours")
        << 2 << QStringList{"--zone", "+99:00"} << QByteArray("+99:00");
    QTest::newRow("suffix") << 2 << QStringList{"--output", "chart.bmp"} << QByteArray("chart.bmp");
    QTest::newRow("average") << 2 << QStringList{"--average", "1.5s"} << QByteArray("--average: '1.5s'");
    QTest::newRow("average of nothing") << 2 << QStringList{"--average", "0w"} << QByteArray("'0w'");
    QTest::newRow("average of too much")
        << 2 << QStringList{"--average", "99999999s"} << QByteArray("31622400s");
    QTest::newRow("mark") << 2 << QStringList{"--marks", "gaps,ghosts"}
                          << QByteArray("'ghosts' is no mark; known are all, none, watermark");
    QTest::newRow("no marks named") << 2 << QStringList{"--marks", ""} << QByteArray("--marks");
    for (const char *axis : {"tight", "temperature=", "=1:2", "temperature=5:5", "temperature=9:5",
                             "temperature=1:2:3", "temperature=nan:5", "-inf:inf", "1e308:-1e308"})
      QTest::addRow("axis %s", axis) << 2 << QStringList{QStringLiteral("--axis=%1").arg(axis)}
                                     << QByteArray("--axis: '") + axis;
    QTest::newRow("axis of no quantity")
        << 2 << QStringList{"--axis", "wind=0:5"} << QByteArray("unknown quantity 'wind'; known are");
    QTest::newRow("empty range") << 2 << QStringList{"--from", "2024-01-01", "--to", "2024-01-01"}
                                 << QByteArray("empty");
    QTest::newRow("no folder") << 1 << QStringList{"--output", "absent/chart.png"} << QByteArray("absent");
    QTest::newRow("no folder for a document")
        << 1 << QStringList{"--output", "absent/chart.pdf"} << QByteArray("absent");
  }
  void refusesWhatItCannotDraw() {
    QFETCH(int, code);
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);
    const bool named_output = arguments.contains("--output");
    const ProgramRun run =
        drawn(arguments + (named_output ? QStringList() : QStringList{"--output", "refused.png"}));
    QCOMPARE(run.code, code);
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains(named), run.err);
    QVERIFY(!QFile::exists(m_program.path("refused.png")));
  }

  void anEmptyStoreHasNoChart() {
    m_program.write("nothing/a.json", "{\"deviceId\":\"roof\",\"temperature\":20}\n"); // no time
    QCOMPARE(m_program.run({"ingest", "--store", "empty", "nothing"}).code, 0);
    const ProgramRun run = m_program.run({"chart", "--store", "empty", "--output", "none.png"});
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.count('\n') == 1, run.err);
    QVERIFY(!QFile::exists(m_program.path("none.png")));
  }
};

METEOROGRAPH_TEST(tst_ChartCommand)
#include "tst_ChartCommand.moc"
