// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Base64.h"
#include "core/source/MessageTopic.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace meteorograph;

namespace {

/// The text as JSON writes it.
std::string asText(const std::string &text) { return nlohmann::json(text).dump(); }

/// Around a body, as an IoT Hub writes it to storage.
std::string routed(const std::string &body) {
  return R"({"EnqueuedTimeUtc":"2019-05-10T06:06:32.7220000Z","Properties":{"level":"storage","n":7},)"
         R"("SystemProperties":{"connectionDeviceId":"pi","connectionAuthMethod":)" +
         asText(R"({"scope":"device"})") +
         R"(,)"
         R"("enqueuedTime":"2019-05-10T06:06:32.7220000Z"},"Body":)" +
         body + "}\n";
}

std::string base64(const std::string &text) {
  return QByteArray::fromStdString(text).toBase64().toStdString();
}

std::string rescuedOf(const Batch &batch, std::size_t row) {
  const std::int32_t index = batch.rows.at(row).rescued;
  return index < 0 ? std::string() : batch.rescued[static_cast<std::size_t>(index)];
}

std::string deviceOf(const Batch &batch, std::size_t row) {
  return batch.devices[static_cast<std::size_t>(batch.rows.at(row).device)];
}

} // namespace

class tst_JsonMessages : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void decodesBase64_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *text, bool good, const char *bytes) {
      QTest::newRow(text) << QByteArray(text) << good << QByteArray(bytes);
    };
    row("", true, "");
    row("Zg==", true, "f");
    row("Zg", true, "f");
    row("Zm8=", true, "fo");
    row("Zm8", true, "fo");
    row("Zm9v", true, "foo");
    row("Zm9vYg==", true, "foob");
    row("Zm9v\r\nYmFy\n", true, "foobar");
    row("_-8=", true, "\xFF\xEF");
    row("/+8=", true, "\xFF\xEF");
    row("Zg=", false, "");
    row("Zg===", false, "");
    row("Zh==", false, ""); // bits that no byte takes
    row("Z", false, "");
    row("Zm9v=", false, "");
    row("Zg==Zg==", false, "");
    row("Zm9v!", false, "");
  }
  void decodesBase64() {
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    QFETCH(QByteArray, bytes);
    const auto decoded = decodeBase64(text.toStdString());
    QCOMPARE(decoded.has_value(), good);
    if (good)
      QCOMPARE(*decoded, bytes.toStdString());
  }

  void decodesWhatWasEncoded() {
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
      QVERIFY(decodeBase64(base64(bytes)) == bytes);
      bytes.push_back(static_cast<char>(i * 37));
    }
  }

  void readsTheBody_data() {
    QTest::addColumn<QByteArray>("body");
    const std::string body = R"({"temperature":29.5,"co2":400,"who":"me?>"})";
    std::string broken = base64(body);
    std::string unpadded = broken;
    unpadded.erase(unpadded.find_last_not_of('=') + 1);
    broken.insert(20, "\\r\\n");
    std::string safe = base64(body);
    for (char &c : safe)
      c = c == '+' ? '-' : c == '/' ? '_' : c;
    const auto row = [](const char *name, const std::string &text) {
      QTest::newRow(name) << QByteArray::fromStdString(text);
    };
    row("object", body);
    row("text", asText(body));
    row("base64", '"' + base64(body) + '"');
    row("base64 without padding", '"' + unpadded + '"');
    row("base64 with line breaks", '"' + broken + '"');
    row("base64 for addresses", '"' + safe + '"');
    row("JSON in base64 in JSON", "{\"payload\":" + asText(base64(body)) + "}");
  }
  void readsTheBody() {
    QFETCH(QByteArray, body);
    const std::string file = routed(body.toStdString());
    const Batch batch = batchOf(file);
    QCOMPARE(batch.rows.size(), 1U);
    QCOMPARE(formatIsoTime(batch.rows[0].event_time_us), std::string("2019-05-10T06:06:32.722000Z"));
    QCOMPARE(deviceOf(batch, 0), std::string("pi"));
    QCOMPARE(valueOf(batch, 0, "temperature"), 29.5);
    QCOMPARE(valueOf(batch, 0, "co2"), 400.0);
    QCOMPARE(batch.quantities().size(), 2U);
    QVERIFY(rescuedOf(batch, 0).ends_with("who\":\"me?>\"}"));
    QCOMPARE(differenceWhenCut(file + file, 20), std::string());
  }

  void keepsABodyThatItCannotRead_data() {
    QTest::addColumn<QByteArray>("body");
    for (const std::string body : {"wet", "d2V0", "{\"a\":1", "eyJhIjo=", "eyJhé", "{} and more", ""})
      QTest::newRow(body.c_str()) << QByteArray::fromStdString(asText(body));
  }
  void keepsABodyThatItCannotRead() {
    QFETCH(QByteArray, body);
    const Batch batch = batchOf(routed(body.toStdString()));
    QCOMPARE(batch.counts.quarantined, 1);
    QCOMPARE(batch.rejects.at(0).reason, std::string("body not understood"));
    const Batch other = batchOf(R"({"ts":1600000000,"t":1,"Body":)" + body.toStdString() + "}");
    QCOMPARE(other.counts.accepted, 1);
    QCOMPARE(rescuedOf(other, 0).empty(), body.size() == 2);
  }

  void readsJsonInTexts() {
    const Batch batch = batchOf(
        R"({"ts":1600000000,"payload":)" +
        asText(R"({"temperature":22.5,"n":{"co2":5},"s":)" + asText("a 'b'\t") + "}") +
        "}\n{\"ts\":1600000000,\"message\":" + asText(" {\"data\":" + asText(R"({"temperature":23})") + "}") +
        "}\n{\"ts\":1600000000,\"t\":1,\"data\":" + asText(R"({"temperature":22.5)") +
        "}\n{\"ts\":1600000000,\"t\":1,\"Properties\":{\"x\":" + asText(R"({"humidity":1})") + "}}");
    QCOMPARE(batch.rows.size(), 4U);
    QCOMPARE(valueOf(batch, 0, "temperature"), 22.5);
    QCOMPARE(valueOf(batch, 0, "n_co2"), 5.0);
    QCOMPARE(rescuedOf(batch, 0), "{\"payload.s\":" + asText("a 'b'\t") + "}");
    QCOMPARE(valueOf(batch, 1, "temperature"), 23.0);
    QCOMPARE(rescuedOf(batch, 2), "{\"data\":" + asText(R"({"temperature":22.5)") + "}");
    QVERIFY(std::isnan(valueOf(batch, 3, "humidity")));
  }

  void unwrapsNetworkServers_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("device");
    QTest::addColumn<QByteArray>("time");
    const auto row = [](const char *name, const char *device, const char *time, const char *message) {
      QTest::newRow(name) << QByteArray(message) << QByteArray(device) << QByteArray(time);
    };
    row("The Things Stack", "s1", "2020-01-15T16:02:10.668892Z",
        R"({"end_device_ids":{"device_id":"s1","application_ids":{"application_id":"app"},"dev_eui":"00"},)"
        R"("correlation_ids":["a"],"received_at":"2020-01-15T16:02:10.668892406Z","uplink_message":{)"
        R"("f_port":1,"f_cnt":7,"frm_payload":"AQID","decoded_payload":{"temp":6.5,"co2":400},)"
        R"("rx_metadata":[{"gateway_ids":{"gateway_id":"g"},"time":"2020-01-15T16:02:09Z","rssi":-35,)"
        R"("snr":5.2,"timestamp":2463457000}],"settings":{"data_rate":{"lora":{"bandwidth":125000}},)"
        R"("timestamp":2463457000,"time":"2020-01-15T16:02:09Z"},"consumed_airtime":"0.05s"}})");
    row("ChirpStack", "0102030405060708", "2024-06-20T08:48:38.863512Z",
        R"({"deduplicationId":"3a","time":"2024-06-20T08:48:38.863512+00:00","deviceInfo":{"tenantId":"t",)"
        R"("applicationName":"a","devEui":"0102030405060708","tags":{"floor":1}},"devAddr":"01","adr":true,)"
        R"("dr":5,"fCnt":10,"fPort":2,"confirmed":false,"data":"AQ==","object":{"temp":"6.5","co2":400},)"
        R"("rxInfo":[{"gatewayId":"g","rssi":-57,"snr":10,"time":"2024-06-20T08:48:38Z"}],)"
        R"("txInfo":{"frequency":868100000,"modulation":{"lora":{"bandwidth":125000}}}})");
    row("a shadow", "default", "2020-01-15T16:02:10.000000Z",
        R"({"state":{"reported":{"temperature":6.5,"co2":400}},"metadata":{"reported":{"temperature":{)"
        R"("timestamp":1579104130}}},"version":5,"timestamp":1579104130})");
    row("Zigbee2MQTT", "Living room", "2020-01-15T16:02:10.000000Z",
        R"({"co2":400,"temperature":6.5,"last_seen":"2020-01-15T16:02:10+00:00","humidity":null,)"
        R"("device":{"friendlyName":"Living room","networkAddress":123},"update":{"installed_version":1}})");
    row("Node-RED", "kitchen", "2020-01-15T16:02:10.000000Z",
        R"({"topic":"home/kitchen/state","payload":{"temperature":6.5,"co2":400,"time":1579104130000},)"
        R"("_msgid":"a1b2","qos":0,"retain":false,"time":1579104999000})");
    row("Firehose, data in base64", "a", "2020-01-15T16:02:10.000000Z",
        R"({"approximateArrivalTimestamp":1579104999,"data":)"
        R"("eyJ0aW1lIjoxNTc5MTA0MTMwLCJkZXZpY2UiOiJhIiwidGVtcCI6Ni41LCJjbzIiOjQwMH0="})");
  }
  void unwrapsNetworkServers() {
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, device);
    QFETCH(QByteArray, time);
    const std::string file = message.toStdString();
    const Batch batch = batchOf(file);
    QCOMPARE(batch.counts.accepted, 1);
    QCOMPARE(deviceOf(batch, 0), device.toStdString());
    QCOMPARE(formatIsoTime(batch.rows[0].event_time_us), time.toStdString());
    std::vector<std::string> names;
    for (const QuantityKey &key : batch.quantities())
      names.push_back(key.name);
    std::sort(names.begin(), names.end());
    QCOMPARE(names, (std::vector<std::string>{"co2", "temperature"}));
    QCOMPARE(valueOf(batch, 0, "temperature"), 6.5);
    QCOMPARE(valueOf(batch, 0, "co2"), 400.0);
    QCOMPARE(differenceWhenCut(file + "\n" + file, 20), std::string());
  }

  void putsNamesAndValuesTogether() {
    const std::string record =
        R"({"id":1,"timestamp":"2020-01-15 16:02:10","location":{"id":3,"latitude":"48.7","altitude":"250"},)"
        R"("sensor":{"id":1093,"pin":"1","sensor_type":{"id":14,"name":"BME280"}},"sensordatavalues":[)"
        R"({"id":10,"value_type":"temperature","value":"22.5"}, {"id":11,"value":"47","value_type":"humidity"},)"
        R"({"value_type":"P1","value":12.5,"unit":"µg/m³"}]})";
    const std::string file = "[" + record + "," + record + "]";
    const Batch batch = batchOf(file);
    QCOMPARE(batch.rows.size(), 2U);
    QCOMPARE(deviceOf(batch, 1), std::string("1093"));
    QCOMPARE(valueOf(batch, 1, "temperature"), 22.5);
    QCOMPARE(valueOf(batch, 1, "humidity"), 47.0);
    QCOMPARE(valueOf(batch, 1, "p1"), 12.5);
    QCOMPARE(batch.quantities().size(), 3U);
    QCOMPARE(differenceWhenCut(file, 30), std::string());
  }

  void readsColumns() {
    const std::string file =
        "{\"latitude\":52.5,\"elevation\":38,\"utc_offset_seconds\":7200,\"device\":\"d\",\"hourly_units\":{"
        "\"time\":\"iso8601\",\"temperature\":\"°F\",\"co2\":\"ppm\"},\n\"hourly\":{\"time\":"
        "[\"2022-07-01T00:00\",\n\"2022-07-01T01:00\",\"soon\"],\"temperature\":[50, null ,59],"
        "\"co2\":[400,401,402],\"short\":[1]}}\n";
    const Batch batch = batchOf(file);
    QCOMPARE(batch.counts.records, 3);
    QCOMPARE(batch.rows.size(), 2U);
    QCOMPARE(batch.rejects.size(), 1U);
    QCOMPARE(batch.rejects[0].text, std::string("soon"));
    QCOMPARE(formatIsoTime(batch.rows[0].event_time_us), std::string("2022-06-30T22:00:00.000000Z"));
    QCOMPARE(batch.rows[1].line, 3);
    QCOMPARE(batch.rows[1].offset, static_cast<std::int64_t>(file.find("\"2022-07-01T01")));
    QCOMPARE(deviceOf(batch, 0), std::string("d"));
    QVERIFY(std::abs(valueOf(batch, 0, "temperature") - 10) < 1e-9);
    QVERIFY(std::isnan(valueOf(batch, 1, "temperature")));
    QCOMPARE(valueOf(batch, 1, "co2"), 401.0);
    QCOMPARE(batch.rescued.at(static_cast<std::size_t>(batch.rows[0].rescued)),
             std::string(R"({"latitude":52.5,"elevation":38,"utc_offset_seconds":7200,"hourly.short":[1]})"));
    QCOMPARE(batch.rows[1].rescued, -1);
    QCOMPARE(differenceWhenCut(file + file, 30), std::string());
    QVERIFY(isAccounted(parseWhole(file)));
  }

  void saysWhichColumnsItCannotRead() {
    const Batch batch =
        batchOf("{\"time\":[1600000000,1600000001],\"t\":[1]}\n{\"time\":[1600000000],\"t\":[[1]]}");
    QCOMPARE(batch.counts.quarantined, 2);
    QVERIFY(batch.rejects.at(0).reason.starts_with("values in columns"));
  }

  void tellsATopicsParts_data() {
    QTest::addColumn<QByteArray>("topic");
    QTest::addColumn<bool>("scalar");
    QTest::addColumn<QByteArray>("device");
    QTest::addColumn<QByteArray>("quantity");
    const auto row = [](const char *topic, bool scalar, const char *device, const char *quantity) {
      QTest::newRow(topic) << QByteArray(topic) << scalar << QByteArray(device) << QByteArray(quantity);
    };
    row("livingroom/sensor/temperature/state", true, "livingroom", "temperature");
    row("home/kitchen/temperature", true, "kitchen", "temperature");
    row("home/kitchen/dht22/temperature", true, "kitchen/dht22", "temperature");
    row("temperature", true, "", "temperature");
    row("tele/tasmota_12AB/SENSOR", false, "tasmota_12AB", "");
    row("zigbee2mqtt/Living room", false, "Living room", "");
    row("v3/app@ttn/devices/eui-1/up", false, "eui-1", "");
    row("/tele/sensor/", false, "", "");
  }
  void tellsATopicsParts() {
    QFETCH(QByteArray, topic);
    QFETCH(bool, scalar);
    QFETCH(QByteArray, device);
    QFETCH(QByteArray, quantity);
    const TopicParts parts = partsOfTopic(topic.toStdString(), scalar);
    QCOMPARE(parts.device, device.toStdString());
    QCOMPARE(parts.quantity, quantity.toStdString());
  }

  void readsANumberBesideItsTopic() {
    const std::string file = R"({"topic":"attic/sensor/temperature/state","payload":21.5,"ts":1600000000})"
                             "\n"
                             R"({"ts":1600000000,"payload":"40","topic":"attic/sensor/humidity/state"})"
                             "\n"
                             R"({"ts":1600000000,"payload":"ON","topic":"attic/switch/lamp/state"})"
                             "\n"
                             R"({"ts":1600000000,"payload":7})";
    const Batch batch = batchOf(file);
    QCOMPARE(batch.rows.size(), 3U);
    QCOMPARE(batch.counts.skipped, 1);
    QCOMPARE(valueOf(batch, 0, "temperature"), 21.5);
    QCOMPARE(valueOf(batch, 1, "humidity"), 40.0);
    QCOMPARE(deviceOf(batch, 1), std::string("attic"));
    QCOMPARE(valueOf(batch, 2, "payload"), 7.0);
    QCOMPARE(differenceWhenCut(file, 30), std::string());
  }
};

METEOROGRAPH_TEST(tst_JsonMessages)
#include "tst_JsonMessages.moc"
