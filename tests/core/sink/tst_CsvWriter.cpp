// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sink/CsvWriter.h"
#include "tests/core/sink/SinkFile.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <cmath>

using namespace meteorograph;

class tst_CsvWriter : public QObject {
  Q_OBJECT

  SinkFile m_file;

  static constexpr TimeUs kTime = 1'704'067'200'123'456;

private Q_SLOTS:
  void writesBronzeWithAColumnAQuantity() {
    const std::vector<double> values = {21.5, std::nan(""), 1013.25};
    const QByteArray text = m_file.written([&](TextOutput &output) {
      CsvWriter writer(output);
      writer.begin(Layer::Bronze, {"temperature", "humidity", "pressure"});
      QVERIFY(writer.write(BronzeRow{kTime, "roof", values, "/data/a.json", 17}));
      writer.end();
    });
    QCOMPARE(text, "event_time,device,temperature,humidity,pressure,file,line\n"
                   "2024-01-01T00:00:00.123456Z,roof,21.5,,1013.25,/data/a.json,17\n");
  }

  void writesSilverLong() {
    const QByteArray text = m_file.written([](TextOutput &output) {
      CsvWriter writer(output);
      writer.begin(Layer::Silver, {});
      QVERIFY(writer.write(SilverRow{kTime, "roof", "humidity", 3, 1.0 / 3, -0.5, 40}));
      writer.end();
    });
    QCOMPARE(text, "window_start,device,quantity,count,mean,min,max\n"
                   "2024-01-01T00:00:00.123456Z,roof,humidity,3,0.3333333333333333,-0.5,40\n");
  }

  void writesGoldLong() {
    const QByteArray text = m_file.written([](TextOutput &output) {
      CsvWriter writer(output);
      writer.begin(Layer::Gold, {});
      QVERIFY(writer.write(GoldRow{kTime, "roof", "humidity", 1, 2, 3, 4.25}));
      writer.end();
    });
    QCOMPARE(text, "window_start,device,quantity,mean,ma_8,ma_15s,ma_60s\n"
                   "2024-01-01T00:00:00.123456Z,roof,humidity,1,2,3,4.25\n");
  }

  void writesTheHeaderOfAnEmptyLayer() {
    const QByteArray text = m_file.written([](TextOutput &output) {
      CsvWriter writer(output);
      writer.begin(Layer::Bronze, {});
      writer.end();
    });
    QCOMPARE(text, "event_time,device,file,line\n");
  }

  void quotesAsTheStandardSays_data() {
    QTest::addColumn<QByteArray>("device");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << QByteArray("north roof") << QByteArray("north roof");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("comma") << QByteArray("a,b") << QByteArray("\"a,b\"");
    QTest::newRow("quotes") << QByteArray("\"a\"b") << QByteArray("\"\"\"a\"\"b\"");
    QTest::newRow("newline") << QByteArray("a\nb") << QByteArray("\"a\nb\"");
    QTest::newRow("UTF-8") << QByteArray("küche") << QByteArray("küche");
    QTest::newRow("formula") << QByteArray("=1+1") << QByteArray("'=1+1");
    QTest::newRow("formula in quotes") << QByteArray("@a,b") << QByteArray("\"'@a,b\"");
    QTest::newRow("as if disarmed") << QByteArray("'=1+1") << QByteArray("''=1+1");
    QTest::newRow("apostrophe") << QByteArray("'s-Hertogenbosch") << QByteArray("'s-Hertogenbosch");
  }
  void quotesAsTheStandardSays() {
    QFETCH(QByteArray, device);
    QFETCH(QByteArray, cell);
    const QByteArray row = m_file.written([&](TextOutput &output) {
      CsvWriter(output).write(BronzeRow{kTime, device.toStdString(), {}, "f", 1});
    });
    QCOMPARE(row, "2024-01-01T00:00:00.123456Z," + cell + ",f,1\n");
  }

  void numbersReadBackAsTheyWere_data() {
    QTest::addColumn<double>("value");
    QTest::newRow("tenth") << 0.1;
    QTest::newRow("seventeen digits") << 29.014941877871451;
    QTest::newRow("next to one") << std::nextafter(1.0, 2.0);
    QTest::newRow("large") << 1.7976931348623157e308;
    QTest::newRow("smallest") << 5e-324;
    QTest::newRow("negative zero") << -0.0;
    QTest::newRow("round") << 100'000.0;
  }
  void numbersReadBackAsTheyWere() {
    QFETCH(double, value);
    const QByteArray text = m_file.written([&](TextOutput &output) {
      CsvWriter(output).write(SilverRow{kTime, "d", "q", 1, value, value, value});
    });
    const double read = text.trimmed().split(',').last().toDouble();
    QCOMPARE(std::memcmp(&read, &value, sizeof value), 0);
  }
};

METEOROGRAPH_TEST(tst_CsvWriter)
#include "tst_CsvWriter.moc"
