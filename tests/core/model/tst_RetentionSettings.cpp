// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Retention.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

class tst_RetentionSettings : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsAgesAndSizes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written"); // empty: refused
    const std::pair<const char *, const char *> cases[] = {{"off", "off"},
                                                           {"30d", "30d"},
                                                           {"12w", "12w"},
                                                           {"14d", "2w"},
                                                           {"2y", "2y"},
                                                           {"36h", "36h"},
                                                           {"20GB", "20GB"},
                                                           {"1.5TB", "1500GB"},
                                                           {"500 mb", "500MB"},
                                                           {"30d,20GB", "30d,20GB"},
                                                           {"20GB, 30d", "30d,20GB"},
                                                           {"", ""},
                                                           {"30", ""},
                                                           {"GB", ""},
                                                           {"-3d", ""},
                                                           {"0d", ""},
                                                           {"30d,40d", ""},
                                                           {"30d,", ""},
                                                           {"20GB,1TB", ""},
                                                           {"30min", ""},
                                                           {"10kB", ""},
                                                           {"nan d", ""},
                                                           {"1e30d", ""},
                                                           {"off,30d", ""},
                                                           {"30d20GB", ""}};
    for (const auto &[text, written] : cases)
      QTest::addRow("'%s'", text) << text << written;
  }

  void readsAgesAndSizes() {
    QFETCH(QString, text);
    QFETCH(QString, written);
    const Result<LayerLimits> limits = parseLimits(text.toStdString());
    QCOMPARE(limits.has_value(), !written.isEmpty());
    if (!limits) {
      QCOMPARE(limits.error().code, ErrorCode::Usage);
      QVERIFY(limits.error().message.find(text.toStdString()) != std::string::npos);
      return;
    }
    QCOMPARE(QString::fromStdString(toString(*limits)), written);
    QVERIFY(*parseLimits(written.toStdString()) == *limits);
  }

  void eachLayerOutlivesTheOneBefore_data() {
    QTest::addColumn<QStringList>("limits");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("nothing") << QStringList{"off", "off", "off"} << "";
    QTest::newRow("bronze alone") << QStringList{"7d", "off", "off"} << "";
    QTest::newRow("bronze by size") << QStringList{"1GB", "off", "off"} << "";
    QTest::newRow("all") << QStringList{"7d", "30d", "2y"} << "";
    QTest::newRow("the same") << QStringList{"7d", "7d", "1w"} << "";
    QTest::newRow("sizes") << QStringList{"1GB", "500MB", "1MB"} << "";
    QTest::newRow("size behind age") << QStringList{"7d", "30d,1GB", "off"} << "";
    QTest::newRow("silver shorter") << QStringList{"30d", "7d", "off"} << "silver must be kept";
    QTest::newRow("silver alone") << QStringList{"off", "7d", "off"} << "silver must be kept";
    QTest::newRow("silver alone by size") << QStringList{"off", "1GB", "off"} << "silver must be kept";
    QTest::newRow("age behind size") << QStringList{"1GB", "7d", "off"} << "silver must be kept";
    QTest::newRow("rollups shorter") << QStringList{"1d", "30d", "7d"} << "rollups must be kept";
    QTest::newRow("rollups alone") << QStringList{"7d", "off", "1y"} << "rollups must be kept";
  }

  void eachLayerOutlivesTheOneBefore() {
    QFETCH(QStringList, limits);
    QFETCH(QString, refusal);
    RetentionSettings settings;
    for (std::size_t i = 0; i < 3; ++i)
      settings.layers[i] = *parseLimits(limits[static_cast<qsizetype>(i)].toStdString());
    const Result<void> checked = checkRetention(settings);
    QCOMPARE(checked.has_value(), refusal.isEmpty());
    if (!checked)
      QVERIFY2(checked.error().message.starts_with(refusal.toStdString()), checked.error().message.c_str());
  }
};

METEOROGRAPH_TEST(tst_RetentionSettings)
#include "tst_RetentionSettings.moc"
