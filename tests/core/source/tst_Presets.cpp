// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Presets.h"

#include "core/source/MappingCheck.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <algorithm>

using namespace meteorograph;

namespace {

struct Sample {
  const char *preset;
  const char *file;
  const char *first; ///< reading: `time|device|name[unit]=value …`
  int readings;
};

const Sample kSamples[] = {
    {"home_assistant_history",
     "entity_id,state,last_changed\nsensor.hall_temperature,21.5,2026-04-24T10:00:00.000Z\n"
     "sensor.hall_temperature,unavailable,2026-04-24T10:05:00.000Z\n",
     "2026-04-24T10:00:00|", 1},
    {"sensor_community",
     "sensor_id;sensor_type;location;lat;lon;timestamp;pressure;altitude;pressure_sealevel;temperature;"
     "humidity\n"
     "77;BME280;5;48.7;9.2;2017-03-31T00:00:47;96913.02;;;12.75;63.35\n"
     "77;BME280;5;48.7;9.2;2017-03-31T00:03:12;96910.5;nan;;12.5;\n",
     "2017-03-31T00:00:47|77|humidity[%RH]=63.35 pressure[hPa]=969.1302000000001 temperature[°C]=12.75", 2},
    {"weewx_csv", "28/11/2017 08:00:00,1016.9,24.6,84,1\n28/11/2017 08:05:00,1017,24.5,85,1\n",
     "2017-11-28T08:00:00|default|humidity[%RH]=84 pressure[hPa]=1016.9 temperature[°C]=24.6", 2},
    {"ecowitt",
     "Time,Indoor Temperature(℃),Indoor Humidity(%),ABS Pressure(hPa)\n2024-01-02 10:00,21.5,40,1001.5\n",
     "2024-01-02T10:00:00|default|pressure[hPa]=1001.5", 2},
    {"cumulus_monthly", "28/11/17 08:00,1511856000,24.6,84,21.7,3,5,180,0,0,1016.9,12,22.1,50\n",
     "2017-11-28T08:00:00|default|", 2},
    {"cumulus_monthly_old", "28-11-17;08:00;24,6;84;21,7;3;5;180;0;0;1016,9;12;22,1;50\n",
     "2017-11-28T08:00:00|default|", 2},
    {"hobo",
     "\"Plot Title: x\"\n\"#\",\"Date Time, GMT-05:00\",\"Temp, °C (LGR S/N: 12, SEN S/N: 12)\",\"Host "
     "Connected "
     "(LGR S/N: 12)\"\n1,05/16/18 04:07:26 PM,21.5,\n2,05/16/18 04:08:26 PM,,Logged\n",
     "2018-05-16T21:07:26|12|temperature[°C]=21.5", 1},
    {"jena_weather",
     "\"Date Time\",\"p (mbar)\",\"T (degC)\",\"rh (%)\"\n01.01.2009 00:10:00,996.52,-8.02,93.30\n"
     "01.01.2009 00:20:00,-9999.0,-8.41,93.40\n",
     "2009-01-01T00:10:00|default|humidity[%RH]=93.3 pressure[hPa]=996.52 temperature[°C]=-8.02", 2},
    {"thingspeak_csv",
     "created_at,entry_id,temperature,latitude,status\n2024-02-07 18:18:25 UTC,1,21.5,48.1,\n",
     "2024-02-07T18:18:25|default|temperature[°C]=21.5", 1},
    {"thingspeak_temperature_humidity",
     "created_at,entry_id,field1,field2,field3\n2024-02-07T18:18:25+05:30,1,21.5,40,3\n",
     "2024-02-07T12:48:25|default|field3[]=3 humidity[%RH]=40 temperature[°C]=21.5", 1},
    {"uci_air_quality",
     "Date;Time;T;RH;AH,,,,\n10/03/2004;18.00.00;13,6;48,9;0,7578;;\n10/03/"
     "2004;19.00.00;-200;47,7;0,7255;;,\n;;;;,,\n",
     "2004-03-10T18:00:00|default|ah[]=0.7578 humidity[%RH]=48.9 temperature[°C]=13.6", 2},
    {"uci_occupancy",
     "\"date\",\"Temperature\",\"Humidity\",\"Light\",\"CO2\"\n\"1\",2015-02-11 "
     "14:48:00,21.5,31.5,437,1029\n",
     "2015-02-11T14:48:00|default|co2[ppm]=1029 humidity[%RH]=31.5 light[lux]=437 temperature[°C]=21.5", 1},
    {"uci_energy",
     "\"date\",\"T1\",\"RH_1\",\"T2\",\"RH_2\",\"T_out\",\"Press_mm_hg\"\n"
     "\"2016-01-11 17:30:00\",\" 19.5\",\"46.5\",\"19\",\"44\",\"6.5\",\"750\"\n",
     "2016-01-11T17:30:00|", 3},
    {"room_climate", "1, 1458117704955, 1, 4, 20.5, 40.5, 251, 874, 0, 0\n",
     "2016-03-16T08:41:44|4|humidity[%RH]=40.5 light_1[]=251 light_2[]=874 temperature[°C]=20.5", 1},
    {"azure_stream_analytics_sample",
     "\"time\",\"hmdt\",\"temp\",\"prss\",\"dspl\"\n\"2014-12-11T02:24:56.8850110Z\",\"42.5\",\"50\","
     "\"98000\",\"a\"\n",
     "2014-12-11T02:24:56|a|humidity[%RH]=42.5 pressure[hPa]=980 temperature[°C]=10", 1},
    {"bme280_tsv",
     "logger-id\tDate_time\tCO2\tBME_temp\nx\t2026-01-06T05:46:39\t1457\t21.5\n# Sensor\tMean\n",
     "2026-01-06T05:46:39|x|co2[ppm]=1457 temperature[°C]=21.5", 1},
    {"dwd_hourly",
     "STATIONS_ID;MESS_DATUM;QN_9;TT_TU;RF_TU;eor\n        433;2024013110;    3;   1.5;  93.0;eor\n"
     "        433;2024013111;    3;-999;-999;eor\n",
     "2024-01-31T10:00:00|433|", 1},
};

Mapping presetNamed(const std::string &name) {
  for (const Preset &preset : allPresets())
    if (preset.name == name && !preset.own)
      return preset.mapping;
  return {};
}

} // namespace

class tst_Presets : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void everyShippedOneIsGood() {
    QVERIFY(embeddedPresets().size() >= std::size(kSamples));
    for (const EmbeddedFile &file : embeddedPresets()) {
      const Result<Mapping> mapping = mappingFromJson(file.text);
      QVERIFY2(mapping, (std::string(file.name) + ": " + (mapping ? "" : mapping.error().message)).c_str());
      QVERIFY2(checkMapping(*mapping), std::string(file.name).c_str());
      QCOMPARE(mapping->name + ".json", std::string(file.name));
    }
  }

  void readsWhatItIsMadeFor_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(std::size(kSamples)); ++i)
      QTest::newRow(kSamples[i].preset) << i;
  }
  void readsWhatItIsMadeFor() {
    QFETCH(int, index);
    const Sample &sample = kSamples[index];
    const Mapping mapping = presetNamed(sample.preset);
    QVERIFY(!mapping.empty());
    const Batch batch = batchOf(sample.file, "default", mapping);
    std::string why;
    for (const Reject &reject : batch.rejects)
      why += reject.reason + "; ";
    QCOMPARE(why, std::string());
    QCOMPARE(static_cast<int>(batch.rows.size()), sample.readings);
    const QStringList parts = QString::fromStdString(describeRow(batch, 0)).split('|');
    const QString first = parts[0].left(19) + "|" + parts[2] + "|" + parts.last().trimmed();
    QVERIFY2(first.startsWith(QString::fromUtf8(sample.first)), qPrintable(first));
  }

  void givesRowsOfSeveralDevices() {
    const Batch batch = batchOf(kSamples[12].file, "default", presetNamed("uci_energy"));
    std::vector<std::string> devices = batch.devices;
    std::sort(devices.begin(), devices.end());
    QCOMPARE(devices, (std::vector<std::string>{"outdoors", "room 1", "room 2"}));
  }

  void refusesUnknownZonesAndFormats() {
    Mapping mapping;
    mapping.zone = "Europe/Atlantis";
    QVERIFY(!checkMapping(mapping));
    QVERIFY(checkMapping(mapping).error().message.find("Europe/Atlantis") != std::string::npos);
    mapping.zone = "+05:30";
    QVERIFY(checkMapping(mapping));
    mapping.time = {{"t", {}, "%Q"}};
    QVERIFY(!checkMapping(mapping));
  }
};

METEOROGRAPH_TEST(tst_Presets)
#include "tst_Presets.moc"
