// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TopicPayloadLine.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <cmath>

using namespace meteorograph;

namespace {
std::string deviceOf(const Batch &batch, std::size_t row) {
  return batch.devices[static_cast<std::size_t>(batch.rows.at(row).device)];
}
} // namespace

class tst_TopicPayloadParser : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void takesLinesApart_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("time");
    QTest::addColumn<QByteArray>("topic");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("certain");
    const auto row = [](const char *line, const char *time, const char *topic, const char *payload,
                        bool certain) {
      QTest::newRow(line) << QByteArray(line) << QByteArray(time) << QByteArray(topic) << QByteArray(payload)
                          << certain;
    };
    row("a/b 21.5", "", "a/b", "21.5", true);
    row("a/b\t{}", "", "a/b", "{}", true);
    row("zigbee2mqtt/Living room {\"t\": 1}", "", "zigbee2mqtt/Living room", "{\"t\": 1}", true);
    row("home/Living room/temperature 21.5\r", "", "home/Living room/temperature", "21.5", true);
    row("2020-06-01T10:00:00+0200 a/b 1", "2020-06-01T10:00:00+0200", "a/b", "1", true);
    row("2020-06-01 10:00:00.5 a/b 1", "2020-06-01 10:00:00.5", "a/b", "1", true);
    row("1591005600.123456 a/b 1", "1591005600.123456", "a/b", "1", true);
    row("a/b ON", "", "a/b", "ON", false);
    row("a/b not at home", "", "a/b", "not at home", false);
    row("a/b", "", "a/b", "", false);
    row("28/11/2017 21.5", "28/11/2017", "21.5", "", false);
    row("http://x/y 5", "", "http://x/y", "5", false);
    row("a/b,c 5", "", "a/b,c", "5", false);
  }
  void takesLinesApart() {
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, time);
    QFETCH(QByteArray, topic);
    QFETCH(QByteArray, payload);
    QFETCH(bool, certain);
    const std::string text = line.toStdString();
    const TopicPayloadLine parts = splitTopicPayload(text);
    QCOMPARE(std::string(parts.time), time.toStdString());
    QCOMPARE(std::string(parts.topic), topic.toStdString());
    QCOMPARE(std::string(parts.payload), payload.toStdString());
    QCOMPARE(looksLikeTopicPayload(text), certain);
  }

  void readsAFile() {
    const std::string file =
        "2020-06-01T10:00:00+0200 tele/attic/SENSOR "
        R"({"Time":"2020-06-01T08:00:01","BME280":{"Temperature":21.5,"Humidity":40},"TempUnit":"C"})"
        "\n"
        "2020-06-01T10:00:02+0200 livingroom/sensor/temperature/state 22.5\n"
        "2020-06-01T10:00:03+0200 zigbee2mqtt/Bath room "
        R"({"temperature":23.5,"humidity":null,"linkquality":10})"
        "\n"
        "\n"
        "2020-06-01T10:00:04+0200 livingroom/switch/lamp/state ON\n"
        "livingroom/sensor/temperature/state 22.5\n"
        "2020-06-01T10:00:05+0200 tele/attic/SENSOR "
        "{\"Time\":\"2020-06"
        "\n"
        "nonsense\n";
    const Batch batch = batchOf(file);
    QCOMPARE(batch.rows.size(), 3U);
    QCOMPARE(batch.counts.skipped, 2);
    QCOMPARE(batch.counts.quarantined, 3);
    QCOMPARE(batch.rejects[0].reason, std::string("no time"));
    QCOMPARE(batch.rejects[1].reason, std::string("not JSON"));
    QCOMPARE(batch.rejects[2].reason, std::string("no topic and payload"));
    QCOMPARE(formatIsoTime(batch.rows[0].event_time_us), std::string("2020-06-01T08:00:01.000000Z"));
    QCOMPARE(formatIsoTime(batch.rows[1].event_time_us), std::string("2020-06-01T08:00:02.000000Z"));
    QCOMPARE(deviceOf(batch, 0), std::string("attic"));
    QCOMPARE(deviceOf(batch, 1), std::string("livingroom"));
    QCOMPARE(deviceOf(batch, 2), std::string("Bath room"));
    QCOMPARE(valueOf(batch, 0, "humidity"), 40.0);
    QCOMPARE(valueOf(batch, 1, "temperature"), 22.5);
    QCOMPARE(valueOf(batch, 2, "temperature"), 23.5);
    QCOMPARE(differenceWhenCut(file, 60), std::string());
    QVERIFY(isAccounted(parseWhole(file)));
  }
};

METEOROGRAPH_TEST(tst_TopicPayloadParser)
#include "tst_TopicPayloadParser.moc"
