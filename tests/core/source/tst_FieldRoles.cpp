// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FieldNames.h"
#include "core/source/FieldRoles.h"
#include "tests/support/TestMain.h"

#include <QTest>

using namespace meteorograph;

namespace {
FieldRole roleOf(std::string_view name) {
  const std::string_view path[] = {name};
  return roleOfField(path);
}
} // namespace

class tst_FieldRoles : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void namesInSnakeCase_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("snake");
    const char *cases[][2] = {{"CO2", "co2"},
                              {"HumidityRatio", "humidity_ratio"},
                              {"lightLevel", "light_level"},
                              {"soilTemp", "soil_temp"},
                              {"pH", "ph"},
                              {"eCO2", "eco2"},
                              {"xAccel", "x_accel"},
                              {"IAQIndex", "iaq_index"},
                              {"NOx(GT)", "nox_gt"},
                              {"PT08.S1(CO)", "pt08_s1_co"},
                              {"PM2.5", "pm2_5"},
                              {"CO₂", "co2"},
                              {"remainV", "remain_v"},
                              {"Außentemperatur", "außentemperatur"},
                              {"Élévation", "élévation"},
                              {"Влажность", "влажность"},
                              {"a - b__c ", "a_b_c"},
                              {"10 cm", "q_10_cm"},
                              {"", "value"},
                              {"%", "value"}};
    for (const auto &[name, snake] : cases)
      QTest::newRow(*name ? name : "empty") << name << snake;
  }
  void namesInSnakeCase() {
    QFETCH(QString, name);
    QFETCH(QString, snake);
    QCOMPARE(QString::fromStdString(snakeCase(name.toStdString())), snake);
  }

  void recognisesQuantities_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("quantity");
    QTest::addColumn<QString>("unit");
    const char *cases[][3] = {{"temperature", "temperature", ""},
                              {"Temperature", "temperature", ""},
                              {"TEMP", "temperature", ""},
                              {"airTemp", "temperature", ""},
                              {"temp_f", "temperature", "°F"},
                              {"Temperature (℃)", "temperature", "°C"},
                              {"Temp, °C", "temperature", "°C"},
                              {"BME280_temperature", "temperature", ""},
                              {"dht22-temp", "temperature", ""},
                              {"hmdt", "humidity", ""},
                              {"RH", "humidity", ""},
                              {"rh (%)", "humidity", "%"},
                              {"RH%", "humidity", ""},
                              {"relative humidity", "humidity", ""},
                              {"prss", "pressure", ""},
                              {"pressure_hPa", "pressure", "hPa"},
                              {"pressurehPa", "pressure", "hPa"},
                              {"Press_mm_hg", "pressure", "mmHg"},
                              {"p (mbar)", "pressure", "hPa"},
                              {"p", "p", ""},
                              {"T_out", "t_out", ""},
                              {"Temperature (%)", "temperature", "%"},
                              {"soilTemp", "soil_temp", ""},
                              {"co2_ppm", "co2_ppm", "ppm"},
                              {"Tpot (K)", "tpot", "K"},
                              {"battery [%]", "battery", "%"}};
    for (const auto &[name, quantity, unit] : cases)
      QTest::newRow(name) << name << quantity << unit;
  }
  void recognisesQuantities() {
    QFETCH(QString, name);
    QFETCH(QString, quantity);
    QFETCH(QString, unit);
    const FieldRole role = roleOf(name.toStdString());
    QCOMPARE(role.role, Role::Quantity);
    QCOMPARE(QString::fromStdString(role.name), quantity);
    QCOMPARE(QString::fromStdString(role.unit.text), unit);
  }

  void recognisesOtherRoles_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("role");
    const auto row = [](const char *name, Role role) {
      QTest::newRow(name) << name << static_cast<int>(role);
    };
    for (const char *name :
         {"time", "Timestamp", "Date Time", "date_time", "created_at", "readtime", "ts", "last_changed",
          "received_at", "date", "Time (UTC)", "EventEnqueuedUtcTime", "EnqueuedTimeUtc"})
      row(name, Role::Time);
    for (const char *name : {"deviceId", "device", "dspl", "sensor", "sensorid", "sensor_id", "station",
                             "node", "room", "name", "entity_id", "logger-id"})
      row(name, Role::Device);
    for (const char *name : {"messageId", "message_id", "entry_id", "sequenceNumber", "", "#"})
      row(name, Role::MessageId);
    for (const char *name : {"latitude", "lon", "lat", "elevation", "id", "gateway_id", "index"})
      row(name, Role::Attribute);
    for (const char *name : {"PartitionId", "ConnectionDeviceGenerationId"})
      row(name, Role::Envelope);
  }
  void recognisesOtherRoles() {
    QFETCH(QString, name);
    QFETCH(int, role);
    QCOMPARE(static_cast<int>(roleOf(name.toStdString()).role), role);
  }

  void looksAtTheLeafAndNamesByThePath() {
    const std::string_view chip[] = {"sensors", "BME280", "Temperature"};
    const std::string_view value[] = {"humidity", "value"};
    const std::string_view other[] = {"uplink", "decoded", "soilMoisture"};
    QCOMPARE(roleOfField(chip).name, std::string("temperature"));
    QCOMPARE(roleOfField(chip).own_name, std::string("sensors_bme280_temperature"));
    QCOMPARE(roleOfField(value).name, std::string("humidity"));
    QCOMPARE(roleOfField(other).name, std::string("uplink_decoded_soil_moisture"));
  }
};

METEOROGRAPH_TEST(tst_FieldRoles)
#include "tst_FieldRoles.moc"
