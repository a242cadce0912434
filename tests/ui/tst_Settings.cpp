// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/ViewState.h"
#include "ui/settings/Settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace meteorograph;
using namespace meteorograph::ui;

class tst_Settings : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void everySettingIsInTheTableOnce() {
    std::set<std::string> names;
    std::set<Setting> keys;
    for (const SettingRow &row : settingTable()) {
      QVERIFY(names.insert(row.name).second);
      QVERIFY(keys.insert(row.key).second);
      QCOMPARE(row.fallback.typeId(), static_cast<int>(row.type));
    }
    QCOMPARE(keys.size(), static_cast<std::size_t>(Setting::ExportFolder) + 1);
  }

  void remembersWhatWasSet() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("deep/down/settings.ini");
    {
      Settings settings(path);
      settings.set(Setting::RefreshMs, 250);
      settings.set(Setting::HiddenDevices, QStringList{"one, with comma", "zwei"});
      settings.set(Setting::Geometry, QByteArray("\0\x01\xff", 3));
    }
    const Settings settings(path);
    QCOMPARE(settings.value(Setting::RefreshMs).toInt(), 250);
    QCOMPARE(settings.value(Setting::HiddenDevices).toStringList(), (QStringList{"one, with comma", "zwei"}));
    QCOMPARE(settings.value(Setting::Geometry).toByteArray(), QByteArray("\0\x01\xff", 3));
  }

  void listsOfNoneAndOneSurvive() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings.ini");
    {
      Settings settings(path);
      settings.set(Setting::HiddenDevices, QStringList());
      settings.set(Setting::ShownQuantities, QStringList{"co2"});
    }
    const Settings settings(path);
    QVERIFY(settings.value(Setting::HiddenDevices).toStringList().isEmpty());
    QCOMPARE(settings.value(Setting::ShownQuantities).toStringList(), QStringList{"co2"});
  }

  void damagedValuesHaveTheirDefault_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no number") << QByteArray("[view]\nrefresh_ms=quickly\n");
    QTest::newRow("too small") << QByteArray("[view]\nrefresh_ms=1\n");
    QTest::newRow("too large") << QByteArray("[view]\nrefresh_ms=99999999\n");
    QTest::newRow("a list") << QByteArray("[view]\nrefresh_ms=1, 2, 3\n");
    QTest::newRow("empty") << QByteArray("[view]\nrefresh_ms=\n");
  }
  void damagedValuesHaveTheirDefault() {
    QFETCH(QByteArray, text);
    const QTemporaryDir folder;
    QFile file(folder.filePath("settings.ini"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    QCOMPARE(Settings(file.fileName()).value(Setting::RefreshMs).toInt(), 1000);
  }

  void damagedFileNeverStopsTheStart_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("binary") << QByteArray("\x00\xff\xfe[[[\n]]=\x01\x02", 12);
    QTest::newRow("cut off") << QByteArray("[window]\ngeometry=@ByteArray(\\x1\\xd9\\");
    QTest::newRow("not INI") << QByteArray("{\"window\": 1}");
    QTest::newRow("unclosed section") << QByteArray("[view\nrefresh_ms=250");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("endless") << QByteArray("[view]\nrefresh_ms=250\n").leftJustified(20'000'000, ' ');
    QTest::newRow("huge line") << QByteArray(2'000'000, 'x');
  }
  void damagedFileNeverStopsTheStart() {
    QFETCH(QByteArray, text);
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings.ini");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    {
      Settings settings(path);
      QCOMPARE(settings.value(Setting::RefreshMs).toInt(), 1000);
      QCOMPARE(settings.value(Setting::Theme).toString(), QStringLiteral("system"));
      if (settings.wasDamaged())
        QVERIFY(QFile::exists(path + ".damaged"));
      settings.set(Setting::RefreshMs, 500);
    }
    QCOMPARE(Settings(path).value(Setting::RefreshMs).toInt(), 500);
  }

  void recentsAreUniqueNewestFirstAndFew() {
    const QTemporaryDir folder;
    Settings settings(folder.filePath("settings.ini"));
    for (int i = 0; i < 15; ++i)
      settings.addRecent(Setting::RecentFolders, QString::number(i));
    settings.addRecent(Setting::RecentFolders, "12");
    const QStringList recents = settings.value(Setting::RecentFolders).toStringList();
    QCOMPARE(recents.size(), 10);
    QCOMPARE(recents.first(), QStringLiteral("12"));
    QCOMPARE(recents.count("12"), 1);
  }

  void sessionComesBack() {
    const QTemporaryDir folder;
    Settings settings(folder.filePath("settings.ini"));
    ViewState view;
    view.hiddenDevices = {"rpi-vault"};
    view.devicesChosen = true;
    view.shownQuantities = {"co2"};
    view.average = averageFromSetting("8w");
    view.zone = "Asia/Tokyo";
    LiveState live;
    live.observe({100 * kDay, 0, 100 * kDay, 0});
    live.showRange({50 * kDay, 51 * kDay});
    saveView(settings, view, live);
    ViewState again;
    LiveState liveAgain;
    restoreView(settings, again, liveAgain);
    QCOMPARE(again.hiddenDevices, view.hiddenDevices);
    QCOMPARE(again.shownQuantities, view.shownQuantities);
    QVERIFY(again.average == view.average);
    QCOMPARE(again.zone, view.zone);
    QVERIFY(!liveAgain.isLive());
    QVERIFY(liveAgain.range() == (ViewRange{50 * kDay, 51 * kDay}));
  }

  void liveSessionComesBackLive() {
    const QTemporaryDir folder;
    Settings settings(folder.filePath("settings.ini"));
    LiveState live;
    live.showSpan(LiveSpan::last(6 * kHour));
    saveView(settings, {}, live);
    ViewState view;
    LiveState again;
    restoreView(settings, view, again);
    QVERIFY(again.isLive());
    QCOMPARE(again.span().width_us, 6 * kHour);
  }
};

METEOROGRAPH_TEST(tst_Settings)
#include "tst_Settings.moc"
