// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FieldNames.h"
#include "core/source/FieldRoles.h"
#include "core/source/FieldWords.h"
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
                              {"battery [%]", "battery", "%"},
                              // Languages
                              {"Temperatur", "temperature", ""},
                              {"Lufttemperatur [°C]", "temperature", "°C"},
                              {"Luftfeuchte", "humidity", ""},
                              {"rel. Luftfeuchte (%)", "humidity", "%"},
                              {"Luftfeuchtigkeit", "humidity", ""},
                              {"Luftdruck (hPa)", "pressure", "hPa"},
                              {"Luftdruck absolut", "pressure", ""},
                              {"Température", "temperature", ""},
                              {"Temperature de l'air", "temperature", ""},
                              {"TEMPÉRATURE (°C)", "temperature", "°C"},
                              {"Humidité relative (%)", "humidity", "%"},
                              {"Humidite", "humidity", ""},
                              {"Pression atmosphérique", "pressure", ""},
                              {"HR (%)", "humidity", "%"},
                              {"hr", "hr", ""},
                              {"Temperatura", "temperature", ""},
                              {"Temperatura ambiente", "temperature", ""},
                              {"Humedad relativa", "humidity", ""},
                              {"Presión atmosférica (hPa)", "pressure", "hPa"},
                              {"Presion", "pressure", ""},
                              {"Umidità relativa", "humidity", ""},
                              {"Pressione", "pressure", ""},
                              {"Umidade do ar", "humidity", ""},
                              {"Pressão", "pressure", ""},
                              {"Temperatuur", "temperature", ""},
                              {"Luchtvochtigheid", "humidity", ""},
                              {"Vochtigheid (%)", "humidity", "%"},
                              {"Luchtdruk", "pressure", ""},
                              {"Suhu", "temperature", ""},
                              {"Suhu Udara (°C)", "temperature", "°C"},
                              {"Kelembapan", "humidity", ""},
                              {"Kelembaban Udara", "humidity", ""},
                              {"Tekanan Udara", "pressure", ""},
                              {"Lufttryck", "pressure", ""},
                              {"Luftfuktighet", "humidity", ""},
                              {"Temperatura powietrza", "temperature", ""},
                              {"Wilgotność", "humidity", ""},
                              {"Ciśnienie", "pressure", ""},
                              {"Teplota", "temperature", ""},
                              {"Vlhkost", "humidity", ""},
                              {"Tlak vzduchu", "pressure", ""},
                              {"Температура", "temperature", ""},
                              {"温度(℃)", "temperature", "°C"},
                              // Makers
                              {"Temp, °C (LGR S/N: 10689813, SEN S/N: 1068, LBL: x)", "temperature", "°C"},
                              {"RH, % (LGR S/N: 20042964, SEN S/N: 20042964)", "humidity", "%"},
                              {"T (degC)", "temperature", "°C"},
                              {"Tdew (degC)", "tdew", "°C"},
                              {"Tdew", "tdew", ""},
                              {"ABS Pressure(hPa)", "pressure", "hPa"},
                              {"Absolute Pressure (inHg)", "pressure", "inHg"},
                              {"REL Pressure(hPa)", "pressure", "hPa"},
                              {"pressure_sealevel", "pressure", ""},
                              {"surface_pressure (hPa)", "pressure", "hPa"},
                              {"barometer", "pressure", ""},
                              {"altimeter", "pressure", ""},
                              {"BME_temp", "temperature", ""},
                              {"temp_bme280", "temperature", ""},
                              {"temperature_F", "temperature", "°F"},
                              {"tempf", "temperature", "°F"},
                              {"Temperature°C", "temperature", "°C"},
                              {"Temperature℉", "temperature", "°F"},
                              {"Temp °F", "temperature", "°F"},
                              {"Hum - %", "humidity", "%"},
                              {"Temperature_Celsius", "temperature", "°C"},
                              {"Temperature_Celsius(°C)", "temperature", "°C"},
                              {"temperature_2m (°C)", "temperature", "°C"},
                              {"relative_humidity_2m (%)", "humidity", "%"},
                              {"rhum", "humidity", ""},
                              {"TT_TU", "temperature", ""},
                              {"RF_TU", "humidity", ""},
                              {"AirTC_Avg", "temperature", "°C"},
                              {"Temp_C_Avg", "temperature", "°C"},
                              {"BP_mbar_Avg", "pressure", "hPa"},
                              {"tmpf", "temperature", "°F"},
                              {"relh", "humidity", ""},
                              {"baromabsin", "pressure", "inHg"},
                              {"baromrelin", "pressure", "inHg"},
                              {"rF [%]", "humidity", "%"},
                              {"tC", "temperature", "°C"},
                              // Their own
                              {"tempinf", "tempinf", "°F"},
                              {"h2", "h2", ""},
                              {"outTemp", "out_temp", ""},
                              {"Indoor Temperature(℃)", "indoor_temperature", "°C"},
                              {"Außentemperatur", "außentemperatur", ""},
                              {"temp_1", "temp_1", ""},
                              {"T1", "t1", ""},
                              {"Temperature (Sensor 2)", "temperature_sensor_2", ""},
                              {"DS181", "ds181", ""},
                              {"ADT1", "adt1", ""},
                              {"PM2.5", "pm2_5", ""},
                              {"CO(GT)", "co_gt", ""},
                              {"NO", "no", ""},
                              {"temp_max", "temp_max", ""},
                              {"cpu_temp", "cpu_temp", ""},
                              {"Dew Point (°F)", "dew_point", "°F"},
                              {"Abs Humidity(g/m³)", "abs_humidity", "g/m³"},
                              {"abs_humidity", "abs_humidity", ""},
                              {"altitude", "altitude", ""},
                              {"field1", "field1", ""},
                              {"Wind km/h", "wind_km_h", ""}};
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
    for (const char *name : {"Zeit",
                             "Datum",
                             "Uhrzeit",
                             "Datum/Uhrzeit",
                             "Zeitstempel",
                             "Date et heure",
                             "Horodatage",
                             "Fecha",
                             "Hora",
                             "Fecha y hora",
                             "Data/Hora",
                             "Data ora",
                             "Ora",
                             "Tijd",
                             "Datum tijd",
                             "Tijdstip",
                             "Waktu",
                             "Tanggal",
                             "Jam",
                             "Czas",
                             "Čas",
                             "Время",
                             "Date Time, GMT-05:00",
                             "Time(DD/MM/YYYY H:mm:ss)",
                             "Timestamp (America/New_York)",
                             "dateutc",
                             "ISO8601",
                             "MESS_DATUM",
                             "time",
                             "Timestamp",
                             "Date Time",
                             "date_time",
                             "created_at",
                             "readtime",
                             "ts",
                             "last_changed",
                             "received_at",
                             "date",
                             "Time (UTC)",
                             "EventEnqueuedUtcTime",
                             "EnqueuedTimeUtc"})
      row(name, Role::Time);
    for (const char *name :
         {"deviceId", "device", "dspl",    "sensor",    "sensorid",  "sensor_id", "station",
          "node",     "room",   "name",    "entity_id", "logger-id", "Gerät",     "Geraet",
          "Raum",     "Zimmer", "capteur", "pièce",     "Piece",     "Estación",  "habitación",
          "stanza",   "kamer",  "ruangan", "perangkat", "Standort",  "pokój",     "MAC address"})
      row(name, Role::Device);
    for (const char *name : {"messageId", "message_id", "entry_id", "sequenceNumber", "", "#"})
      row(name, Role::MessageId);
    for (const char *name :
         {"latitude", "lon", "lat", "elevation", "id", "gateway_id", "index", "No.", "Lfd. Nr.",
          "Measurement sequence number", "gps_lat", "Breitengrad", "Timezone : Europe/Paris"})
      row(name, Role::Attribute);
    for (const char *name : {"PartitionId", "ConnectionDeviceGenerationId"})
      row(name, Role::Envelope);
    for (const char *name : {"metric", "parameter", "variable", "sensor_type", "value_type", "_field"})
      row(name, Role::QuantityName);
    for (const char *name : {"value", "state", "_value", "Messwert"})
      row(name, Role::Value);
    for (const char *name : {"unit", "unit_of_measurement", "TempUnit", "pressureUnit", "temperature_unit",
                             "Einheit", "usUnits"})
      row(name, Role::UnitText);
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
    const std::string_view processor[] = {"ESP32", "Temperature"};
    QCOMPARE(roleOfField(processor).name, std::string("esp32_temperature"));
  }
};

METEOROGRAPH_TEST(tst_FieldRoles)
#include "tst_FieldRoles.moc"
