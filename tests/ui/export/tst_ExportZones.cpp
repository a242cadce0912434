// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/export/SeriesCsv.h"
#include "ui/format/TimeFormat.h"

#include <QSet>
#include <QTest>

#include <ctime>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

constexpr TimeUs kYear = 1'767'225'600 * kSecond; // 2026-01-01T00:00:00Z

/// What the C library says of a time, as `2026-11-22T15:07:10+0100`.
class LocalTime {
public:
  explicit LocalTime(const char *zone) : m_before(qgetenv("TZ")) {
    qputenv("TZ", zone);
    ::tzset();
  }
  ~LocalTime() {
    qputenv("TZ", m_before);
    ::tzset();
  }
  static QByteArray of(TimeUs time) {
    const std::time_t seconds = time / kSecond;
    std::tm broken = {};
    ::localtime_r(&seconds, &broken);
    char text[64];
    return QByteArray(text, qsizetype(std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S%z", &broken)));
  }

private:
  QByteArray m_before;
};

/// A reading every quarter of an hour, four hours around a time.
ChartScene sceneAround(TimeUs time, const QTimeZone &zone) {
  SyntheticScene recipe;
  recipe.from_us = time - 4 * kHour;
  recipe.length_us = 8 * kHour;
  recipe.cadence_us = 15 * kMinute;
  recipe.devices = recipe.panes = 1;
  ChartScene scene = recipe.make();
  scene.zone = zone;
  return scene;
}

} // namespace

class tst_ExportZones : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void localTimesAreRightAcrossBothChanges_data() {
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone : {"Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe",
                             "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Chatham", "UTC"})
      QTest::newRow(zone) << QByteArray(zone);
  }
  void localTimesAreRightAcrossBothChanges() {
    QFETCH(QByteArray, zone);
    const LocalTime local(zone.constData());
    QList<TimeUs> changes{kYear + 90 * kDay};
    for (const QTimeZone::OffsetData &change :
         QTimeZone(zone).transitions(QDateTime::fromSecsSinceEpoch(kYear / kSecond),
                                     QDateTime::fromSecsSinceEpoch(kYear / kSecond + 365 * 86'400)))
      changes << change.atUtc.toSecsSinceEpoch() * kSecond;
    for (const TimeUs change : changes) {
      QSet<QByteArray> texts;
      const QList<QByteArray> rows = seriesCsv(sceneAround(change, QTimeZone(zone))).text.split('\n');
      QCOMPARE(rows.size(), 1 + 32 + 1);
      for (qsizetype row = 1; row <= 32; ++row) {
        const QByteArray text = rows[row].split(',')[1];
        const TimeUs time = parseIsoTime(rows[row].split(',')[0].toStdString())->time_us;
        QCOMPARE(QByteArray(text).remove(19, 7).remove(22, 1), LocalTime::of(time));
        texts.insert(text);
      }
      QCOMPARE(texts.size(), 32); // a doubled hour's times differ by their offset
    }
  }

  void everyZonesTimesLeadBack() {
    int changes = 0;
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
      const QTimeZone zone(id);
      QList<TimeUs> times{kYear, -kYear}; // today's and 1913's, when zones had offsets of odd seconds
      for (const QTimeZone::OffsetData &change :
           zone.transitions(QDateTime::fromSecsSinceEpoch(kYear / kSecond),
                            QDateTime::fromSecsSinceEpoch(kYear / kSecond + 365 * 86'400))) {
        const TimeUs at = change.atUtc.toSecsSinceEpoch() * kSecond;
        times << at - kHour << at - 1 << at << at + kHour;
        ++changes;
      }
      for (const TimeUs time : times)
        QVERIFY2(parseIsoTime(formatIsoLocal(time, zone).toStdString())->time_us == time,
                 id + ' ' + formatIsoLocal(time, zone));
    }
    QVERIFY(changes > 100);
  }
};

METEOROGRAPH_TEST(tst_ExportZones)
#include "tst_ExportZones.moc"
