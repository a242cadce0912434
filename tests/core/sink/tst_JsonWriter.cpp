// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sink/JsonWriter.h"
#include "tests/core/sink/SinkFile.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <cmath>
#include <nlohmann/json.hpp>

using namespace meteorograph;
using Json = nlohmann::ordered_json;

class tst_JsonWriter : public QObject {
  Q_OBJECT

  SinkFile m_file;

  static constexpr TimeUs kTime = 1'704'067'200'123'456;

private Q_SLOTS:
  void writesOneObjectALineInOneArray() {
    const std::vector<double> values = {21.5, std::nan("")};
    const QByteArray text = m_file.written([&](TextOutput &output) {
      JsonWriter writer(output);
      writer.begin(Layer::Bronze, {"temperature", "humidity"});
      QVERIFY(writer.write(BronzeRow{kTime, "roof", values, "/data/a.json", 17}));
      QVERIFY(writer.write(BronzeRow{kTime, "cellar", values, "/data/a.json", 18}));
      writer.end();
    });
    QCOMPARE(text,
             "[\n"
             "{\"event_time\":\"2024-01-01T00:00:00.123456Z\",\"device\":\"roof\",\"temperature\":21.5,"
             "\"humidity\":null,\"file\":\"/data/a.json\",\"line\":17},\n"
             "{\"event_time\":\"2024-01-01T00:00:00.123456Z\",\"device\":\"cellar\",\"temperature\":21.5,"
             "\"humidity\":null,\"file\":\"/data/a.json\",\"line\":18}\n"
             "]\n");
  }

  void namesTheKeysAsTheColumns() {
    const Json silver = Json::parse(m_file.written([](TextOutput &output) {
      JsonWriter writer(output);
      writer.begin(Layer::Silver, {});
      writer.write(SilverRow{kTime, "roof", "humidity", 3, 1.0 / 3, -0.5, 40});
      writer.end();
    }));
    QCOMPARE(silver.dump(),
             std::string("[{\"window_start\":\"2024-01-01T00:00:00.123456Z\",\"device\":\"roof\","
                         "\"quantity\":\"humidity\",\"count\":3,\"mean\":0.3333333333333333,"
                         "\"min\":-0.5,\"max\":40}]"));
    const Json gold = Json::parse(m_file.written([](TextOutput &output) {
      JsonWriter writer(output);
      writer.begin(Layer::Gold, {});
      writer.write(GoldRow{kTime, "roof", "humidity", 1, 2, 3, 4.25});
      writer.end();
    }));
    QCOMPARE(gold.dump(),
             std::string("[{\"window_start\":\"2024-01-01T00:00:00.123456Z\",\"device\":\"roof\","
                         "\"quantity\":\"humidity\",\"mean\":1,\"ma_8\":2,\"ma_15s\":3,"
                         "\"ma_60s\":4.25}]"));
  }

  void anEmptyLayerIsAnEmptyArray() {
    const QByteArray text = m_file.written([](TextOutput &output) {
      JsonWriter writer(output);
      writer.begin(Layer::Gold, {});
      writer.end();
    });
    QVERIFY(Json::parse(text).empty());
  }

  void survivesAnyName() {
    const QByteArray text = m_file.written([](TextOutput &output) {
      JsonWriter writer(output);
      writer.begin(Layer::Silver, {});
      writer.write(SilverRow{kTime, "a \"quoted\" \\ name\n", "q", 1, 1, 1, 1});
      writer.write(SilverRow{kTime,
                             "k\xFC"
                             "che",
                             "q", 1, 1, 1, 1});
      writer.end();
    });
    const Json rows = Json::parse(text);
    QCOMPARE(rows[0]["device"].get<std::string>(), "a \"quoted\" \\ name\n");
    QCOMPARE(rows[1]["device"].get<std::string>(), "k\uFFFDche");
  }
};

METEOROGRAPH_TEST(tst_JsonWriter)
#include "tst_JsonWriter.moc"
