// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ReadingBuilder.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <cmath>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>

using namespace meteorograph;

namespace {

using Row = std::vector<std::string>;

/// A table read with a mapping: its header, then its rows.
class Table {
public:
  Table(Row header, std::string_view mapping = "{}")
      : m_builder({"/data/file", "default", mappingFromJson(mapping).value()}) {
    struct Column {
      std::string name;
      FieldRole role;
    };
    std::vector<Column> columns;
    for (const std::string &name : header) {
      const std::string_view path[] = {name};
      columns.push_back({name, m_builder.roles().of(path, static_cast<int>(columns.size()) + 1)});
    }
    arrangeColumns(m_builder.roles(), columns);
    for (const Column &column : columns)
      m_fields.emplace_back(column.role, column.name);
  }

  void add(const Row &row) {
    m_builder.begin();
    for (std::size_t i = 0; i < row.size(); ++i)
      m_builder.add(m_fields[i],
                    {row[i].empty() ? FieldValue::Kind::Absent : FieldValue::Kind::Text, row[i], {}});
    m_builder.finish(m_batch, {m_line++, 0, "text"});
  }

  Inference inference() const {
    std::vector<const Field *> fields;
    for (const Field &field : m_fields)
      fields.push_back(&field);
    Inference inference;
    m_builder.describe(fields, inference);
    return inference;
  }
  const FieldRole &role(std::size_t column) const { return m_fields[column].role; }
  Batch &batch() { return m_batch; }
  ReadingBuilder &builder() { return m_builder; }

private:
  ReadingBuilder m_builder;
  std::deque<Field> m_fields;
  Batch m_batch;
  std::int64_t m_line = 1;
};

/// A row as `device: name=value …`, by name.
std::string reading(const Batch &batch, std::size_t row) {
  std::map<std::string, double> values;
  for (std::size_t i = 0; i < batch.quantities().size(); ++i)
    if (!std::isnan(batch.value(row, i)))
      values[batch.quantities()[i].name] = batch.value(row, i);
  std::string text = batch.devices[static_cast<std::size_t>(batch.rows[row].device)] + ":";
  for (const auto &[name, value] : values)
    text += " " + name + "=" + QByteArray::number(value, 'g', 6).toStdString();
  return text;
}

Row readings(const Batch &batch) {
  Row all;
  for (std::size_t row = 0; row < batch.rows.size(); ++row)
    all.push_back(reading(batch, row));
  return all;
}

const std::string kTime = "2024-01-01T00:00:00Z";

} // namespace

class tst_ReadingBuilder : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void partsRowsOfSeveralDevices_data() {
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("expected");
    QTest::newRow("rooms in numbers") << "T1;RH_1;T2;RH_2;T_out;rv1"
                                      << "1;2;3;4;5;6"
                                      << "default: rv1=6 temperature=5|default 1: humidity=2 temperature=1|"
                                         "default 2: humidity=4 temperature=3";
    QTest::newRow("a sensor without a value") << "Temperature (Sensor 1);Temperature (Sensor 2)"
                                              << ";3"
                                              << "default 2: temperature=3";
    QTest::newRow("channels") << "CH1 Temperature(℃);CH2 Temperature(℃);CH1 Humidity(%)"
                              << "1;2;3"
                              << "default 1: humidity=3 temperature=1|default 2: temperature=2";
    QTest::newRow("chips with numbers") << "bme280_1_temp;bme280_2_temp"
                                        << "1;2"
                                        << "default 1: temperature=1|default 2: temperature=2";
    QTest::newRow("one number is a name") << "T1;H2;co2_1"
                                          << "1;2;3"
                                          << "default: co2_1=3 h2=2 t1=1";
    QTest::newRow("one number, no other") << "temp_1;RH_2"
                                          << "1;2"
                                          << "default: humidity=2 temperature=1";
    QTest::newRow("other numbers are names") << "rv1;rv2;PM2.5;PM10;CO2;field1;field2"
                                             << "1;2;3;4;5;6;7"
                                             << "default: co2=5 field1=6 field2=7 pm10=4 pm2_5=3 rv1=1 rv2=2";
    QTest::newRow("two probes") << "ADT1;BME_temp;DS181"
                                << "1;2;3"
                                << "default: adt1=1 ds181=3 temperature=2";
    QTest::newRow("indoors and outdoors") << "Indoor Temperature(℃);Outdoor Temperature(℃);Indoor Humidity(%)"
                                          << "1;2;3"
                                          << "default: humidity=3 indoor_temperature=1 outdoor_temperature=2";
    QTest::newRow("a plain one beside") << "temp;outTemp"
                                        << "1;2"
                                        << "default: out_temp=2 temperature=1";
    QTest::newRow("pressures of a weather station") << "altimeter;barometer;pressure"
                                                    << "1010;1011;990"
                                                    << "default: altimeter=1010 barometer=1011 pressure=990";
    QTest::newRow("pressure at sea level alone") << "barometer"
                                                 << "1011"
                                                 << "default: pressure=1011";
    QTest::newRow("the same name twice") << "Temp;Temp"
                                         << "1;2"
                                         << "default: temp_2=2 temperature=1";
  }
  void partsRowsOfSeveralDevices() {
    QFETCH(QString, header);
    QFETCH(QString, row);
    QFETCH(QString, expected);
    Row names{"time"};
    Row values{kTime};
    for (const QString &name : header.split(';'))
      names.push_back(name.toStdString());
    for (const QString &value : row.split(';'))
      values.push_back(value.toStdString());
    Table table(names);
    table.add(values);
    QString all;
    for (const std::string &text : readings(table.batch()))
      all += (all.isEmpty() ? "" : "|") + QString::fromStdString(text);
    QCOMPARE(all, expected);
    QCOMPARE(table.batch().counts, (RecordCounts{1, 1, 0, 0}));
  }

  void groupsNumberedFieldsOfMessages() {
    const std::string file =
        R"({"ts":1600000000,"room1":{"temperature":1}})"
        R"({"ts":1600000001,"room1":{"temperature":2},"room2":{"temperature":3},"hum1":4})"
        R"({"ts":1600000002,"room2":{"temperature":5}})";
    QCOMPARE(readings(batchOf(file)), (Row{"default: temperature=1", "default 1: humidity=4 temperature=2",
                                           "default 2: temperature=3", "default 2: temperature=5"}));
    QCOMPARE(differenceWhenCut(file, 30), std::string());
  }

  void groupsNumberedFieldsOfPartialMessages() {
    const std::string file =
        R"({"ts":1600000000,"temperature_1":1,"relative_humidity_2":2,"h2":3})"
        R"({"ts":1600000001,"temperature":null,"temperature_1":3})"
        R"({"ts":1600000001,"temperature":9,"temperature_1":3})"
        R"({"ts":1600000002,"temperature_3":4})"
        R"({"ts":1600000003,"temperature_1":5,"relative_humidity_2":6,"temperature":null})";
    QCOMPARE(readings(batchOf(file)),
             (Row{"default: h2=3 humidity=2 temperature=1", "default: temperature_1=3",
                  "default: temperature=9 temperature_1=3", "default 3: temperature=4", "default: humidity=6",
                  "default 1: temperature=5"}));
    QCOMPARE(differenceWhenCut(file, 30), std::string());
  }

  void guessesUnitsAndSaysSo() {
    const std::string file =
        R"({"ts":1600000000,"temp":293.15,"pressure":101325}{"ts":1600000001,"temp":273.15})";
    QCOMPARE(readings(batchOf(file)),
             (Row{"default: pressure=1013.25 temperature=20", "default: temperature=0"}));
    QCOMPARE(parseWhole(file).notes, (Row{"1 temperature is read as K, which its first value looks like",
                                          "1 pressure is read as Pa, which its first value looks like"}));
    QCOMPARE(differenceWhenCut(file, 30), std::string());
  }

  void readsAsItsMappingSays() {
    Table table({"id", "temp", "probe", "Außen", "remark", "co2"},
                R"({"time":[{"field":"id","slice":[-10,null],"format":"epoch_s"}],
                    "device":{"field":"id","slice":[0,-10]},
                    "quantities":[{"field":"PROBE ","name":"temperature","unit":"F","missing":[-200]},
                                  {"field":"4","name":"temperature","device":"roof"}],
                    "ignore":["remark"],"missing":[-999]})");
    table.add({"71600000000", "21", "50", "3", "hello", "400"});
    table.add({"71600000001", "-999", "-200", "-999", "hello", "401"});
    QCOMPARE(readings(table.batch()),
             (Row{"7: co2=400 temp=21 temperature=10", "roof: temperature=3", "7: co2=401"}));
    QCOMPARE(table.batch().rows[0].event_time_us, 1'600'000'000 * kSecond);
    QVERIFY(table.batch().rescued.empty());
  }

  void prefersTheVeryNameThatAMappingGives() {
    Table table({"2", "t", "T"}, R"({"quantities":[{"field":"2","name":"x"},{"field":"T","name":"y"}],
                                     "time":[{"format":"arrival"}]})");
    table.add({"1", "2", "3"});
    QCOMPARE(readings(table.batch()), Row{"default: temperature=2 x=1 y=3"});
    QCOMPARE(table.batch().rows[0].event_time_us, kNoTime);
  }

  void keepsColumnsWithoutNamesThatTheMappingLeavesOut() {
    Table table(
        {"column_1", "column_2", "column_3"},
        R"({"time":[{"field":"1"}],"device":{"constant":"x"},"quantities":[{"field":"3","name":"light"}]})");
    table.add({kTime, "7", "8"});
    QCOMPARE(readings(table.batch()), Row{"x: light=8"});
    QCOMPARE(table.batch().rescued.at(0), std::string(R"({"column_2":"7"})"));
  }

  void putsTheTimeTogether_data() {
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("time");
    QTest::newRow("to the hour") << "No;year;month;day;hour;t"
                                 << "1;2010;1;2;3;0"
                                 << "2010-01-02T03:00:00.000000Z";
    QTest::newRow("of a buoy") << "#YY;MM;DD;hh;mm;t"
                               << "98;12;31;23;50;0"
                               << "1998-12-31T23:50:00.000000Z";
    QTest::newRow("beside a time of day") << "year;month;day;time;t"
                                          << "2024;1;15;00:10;0"
                                          << "2024-01-15T00:10:00.000000Z";
    QTest::newRow("as other programs write") << "Jahr;Monat;Tag;Stunde;t"
                                             << "2010;01;02;03;0"
                                             << "2010-01-02T03:00:00.000000Z";
    QTest::newRow("a whole time goes before") << "time;year;month;day;t"
                                              << "2020-01-01T00:00:00;1;1;1;0"
                                              << "2020-01-01T00:00:00.000000Z";
    QTest::newRow("no such month") << "year;month;day;t"
                                   << "2010;13;1;0"
                                   << "";
    QTest::newRow("no day") << "year;month;day;t"
                            << "2010;12;;0"
                            << "";
  }
  void putsTheTimeTogether() {
    QFETCH(QString, header);
    QFETCH(QString, row);
    QFETCH(QString, time);
    Row names;
    Row values;
    for (const QString &name : header.split(';'))
      names.push_back(name.toStdString());
    for (const QString &value : row.split(';'))
      values.push_back(value.toStdString());
    Table table(names);
    table.add(values);
    const Batch &batch = table.batch();
    QCOMPARE(batch.rows.empty() ? "" : formatIsoTime(batch.rows[0].event_time_us), time.toStdString());
    if (batch.rows.empty())
      return;
    const Mapping understood = table.inference().mapping;
    Table again(names, toJson(understood));
    again.add(values);
    QCOMPARE(formatIsoTime(again.batch().rows.at(0).event_time_us), time.toStdString());
  }

  void readsLongFiles() {
    Table entities({"entity_id", "state", "last_changed"});
    entities.add({"sensor.living_room_temperature", "21.5", kTime});
    entities.add({"sensor.outdoor_humidity", "unavailable", kTime});
    entities.add({"sensor.outdoor_humidity", "70", kTime});
    entities.add({"sensor.dht22_temperature", "3", kTime});
    entities.add({"sensor.temperature", "4", kTime});
    entities.add({"binary_sensor.door", "on", kTime});
    entities.add({"sensor.odd", "5", kTime});
    QCOMPARE(readings(entities.batch()),
             (Row{"living_room: temperature=21.5", "outdoor: humidity=70", "dht22: temperature=3",
                  "default: temperature=4", "sensor.odd: state=5"}));
    QCOMPARE(entities.batch().counts, (RecordCounts{7, 5, 0, 2}));

    Table metrics({"device", "metric", "value", "unit", "time"});
    metrics.add({"a", "Temperature", "50", "°F", kTime});
    metrics.add({"a", "air pressure", "100000", "Pa", kTime});
    metrics.add({"b", "CO2", "400", "ppm", kTime});
    QCOMPARE(readings(metrics.batch()), (Row{"a: temperature=10", "a: pressure=1000", "b: co2=400"}));
    QCOMPARE(metrics.batch().quantities()[2].unit, std::string("ppm"));
    QVERIFY(metrics.batch().rescued.empty());
  }

  void readsLongMessages() {
    const std::string file =
        R"({"ts":1600000000,"value":50,"value_type":"temperature","unit":"F"})"
        R"({"last_changed":"2024-01-01T00:00:00Z","entity_id":"sensor.kitchen_temperature","state":"20",)"
        R"("attributes":{"unit_of_measurement":"°C","device_class":"temperature"}})"
        R"({"ts":1600000000,"value":"7"})";
    QCOMPARE(readings(batchOf(file)),
             (Row{"default: temperature=10", "kitchen: temperature=20", "default: value=7"}));
    QCOMPARE(differenceWhenCut(file, 30), std::string());
  }

  void takesUnitsThatStandBeside() {
    const std::string file =
        R"({"Time":"2024-01-01T00:00:00","BME280":{"Temperature":50,"DewPoint":32,"Pressure":750},)"
        R"("DS18B20":{"Temperature":68},"PressureUnit":"mmHg","TempUnit":"F"})"
        R"({"Time":"2024-01-01T00:00:00","temperature":{"value":50,"unit":"F"},"dew":{"value":1,"unit":"C"}})"
        R"({"dateTime":1600000000,"usUnits":1,"outTemp":50,"pressure":29.92})"
        R"({"dateTime":1600000300,"usUnits":16,"outTemp":10,"pressure":1000})";
    const Row all = readings(batchOf(file));
    QCOMPARE(
        all[0],
        std::string("default: bme280_dew_point=0 ds18b20_temperature=20 pressure=999.918 temperature=10"));
    QCOMPARE(all[1], std::string("default: dew_value=1 temperature=10"));
    QCOMPARE(all[2], std::string("default: out_temp=10 pressure=1013.21"));
    QCOMPARE(all[3], std::string("default: out_temp=10 pressure=1000"));
    QCOMPARE(differenceWhenCut(file, 30), std::string());
  }

  void readsNumbersAsPeopleWriteThem_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("celsius");
    QTest::newRow("blanks") << "  21.5 " << 21.5;
    QTest::newRow("a unit behind") << "21.5 °C" << 21.5;
    QTest::newRow("another unit behind") << "50°F" << 10.0;
    QTest::newRow("a decimal comma") << "21,5" << 21.5;
    QTest::newRow("nothing but a decimal comma") << "0,125" << 0.125;
    QTest::newRow("thousands") << "1,234.5" << std::nan("");
    QTest::newRow("thousands or thousandths") << "1,234" << std::nan("");
    QTest::newRow("text") << "warm" << std::nan("");
    QTest::newRow("nothing") << "N/A" << std::nan("");
  }
  void readsNumbersAsPeopleWriteThem() {
    QFETCH(QString, text);
    QFETCH(double, celsius);
    Table table({"time", "temperature", "x"});
    table.add({kTime, text.toStdString(), "1"});
    const double value = valueOf(table.batch(), 0, "temperature");
    QVERIFY(std::isnan(celsius) ? std::isnan(value) : value == celsius);
  }

  void followsTheFilesDecimalSign() {
    Table table({"time", "temperature", "humidity"});
    table.builder().setDecimal(',');
    table.add({kTime, "1,234", "45%"});
    QCOMPARE(readings(table.batch()), Row{"default: humidity=45 temperature=1.234"});
    QVERIFY(table.batch().notes.empty());
  }

  void tellsOfChangesOnce() {
    const std::string file = "{\"ts\":1600000000,\"temp\":1}\n{\"ts\":1600000001,\"temp\":2,\"co2\":400}\n"
                             "{\"ts\":1600000002,\"temp\":\"warm\",\"co2\":1}\n"
                             "{\"ts\":1600000003,\"temp\":\"warm\",\"co2\":\"2,5\"}\n";
    const Parsed parsed = parseWhole(file);
    QCOMPARE(parsed.notes, (Row{"2 new field co2", "3 temp held numbers and now holds text, such as \"warm\"",
                                "4 decimal commas are read as such in co2"}));
    QCOMPARE(differenceWhenCut(file, 30), std::string());
  }

  void tellsNoMoreThanOneReads() {
    std::string file;
    for (int i = 0; i < 100; ++i)
      file += "{\"ts\":1600000000,\"q" + std::to_string(i) + "x\":1}\n";
    QCOMPARE(batchOf(file).notes.size(), 50U);
  }

  void takesTheFirstOfTwoNamesThatDifferInCase() {
    const Batch batch =
        batchOf(R"({"ts":1600000000,"Temperature":1,"temperature":2}{"ts":1600000000,"CO2":1,"co2":2})");
    QCOMPARE(readings(batch), (Row{"default: temperature=2", "default: co2=1"}));
    QCOMPARE(batch.rescued, (Row{R"({"Temperature":1})", R"({"co2":2})"}));
  }

  void describesHowItRead() {
    Table table(
        {"Timestamp", "EventEnqueuedUtcTime", "station", "pressure", "temp (°F)", "T1", "T2", "status"});
    table.add({kTime, kTime, "a", "101325", "50", "1", "2", "ok"});
    const Inference inference = table.inference();
    const Mapping &mapping = inference.mapping;
    QCOMPARE(mapping.time.size(), 1U);
    QCOMPARE(mapping.time[0].field, std::string("Timestamp"));
    QCOMPARE(inference.fields[0].remark, std::string("chosen before EventEnqueuedUtcTime"));
    QVERIFY(inference.fields[1].use == FieldUse::Envelope);
    QCOMPARE(mapping.device->field, std::string("station"));
    QCOMPARE(mapping.quantities.size(), 4U);
    QCOMPARE(inference.fields[3].unit, std::string("Pa"));
    QVERIFY(inference.fields[3].unit_guessed);
    QCOMPARE(mapping.quantities[1].unit, std::string("°F"));
    QVERIFY(!inference.fields[4].unit_guessed);
    QCOMPARE(mapping.quantities[2].device, std::string("default 1"));
    QVERIFY(inference.fields[7].use == FieldUse::Attribute);
  }
};

METEOROGRAPH_TEST(tst_ReadingBuilder)
#include "tst_ReadingBuilder.moc"
