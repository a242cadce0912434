// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/export/ChartExport.h"
#include "ui/export/SceneExport.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QTemporaryDir>

#include <unistd.h>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

ChartScene scene(int devices = 3) {
  SyntheticScene recipe;
  recipe.devices = devices;
  recipe.gapFrom_us = 100 * kSecond;
  recipe.gapTo_us = 150 * kSecond;
  recipe.watermark_us = recipe.from_us + 248 * kSecond;
  return recipe.make();
}

/// Exports without a sidecar, in the format of the path's suffix.
Result<std::int64_t> exported(const ChartScene &scene, bool dark, QSize size, int scale,
                              const QString &path) {
  ExportOrder order;
  order.plan.path = path;
  order.plan.format = formatOf(path).value();
  order.plan.scale = scale;
  order.plan.sidecar = false;
  order.scene = scene;
  order.dark = dark;
  order.size = size;
  return writeScene(order);
}

QByteArray contents(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A copy where METEOROGRAPH_PICTURES names a folder, for eyes to judge.
void show(const QString &path) {
  const QString folder = qEnvironmentVariable("METEOROGRAPH_PICTURES");
  if (!folder.isEmpty())
    QFile::copy(path, QDir(folder).filePath(QStringLiteral("export-") + QFileInfo(path).fileName()));
}

} // namespace

class tst_ChartExport : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void init() { QVERIFY(m_folder.isValid()); }

  void writesPngAtEachScale_data() {
    QTest::addColumn<int>("scale");
    for (const int scale : {1, 2, 4})
      QTest::addRow("%d", scale) << scale;
  }
  void writesPngAtEachScale() {
    QFETCH(int, scale);
    const QString path = m_folder.filePath(QStringLiteral("chart%1.png").arg(scale));
    QVERIFY(exported(scene(), true, QSize(800, 500), scale, path));
    const QImage image(path);
    QCOMPARE(image.size(), QSize(800, 500) * scale);
    QCOMPARE(image.pixelColor(2, 2), QColor(0x1f2329));
    show(path);
  }

  void aLargerScaleShowsTheSamePicture() {
    const QString one = m_folder.filePath(QStringLiteral("one.png"));
    const QString two = m_folder.filePath(QStringLiteral("two.png"));
    QVERIFY(exported(scene(), false, QSize(800, 500), 1, one));
    QVERIFY(exported(scene(), false, QSize(800, 500), 2, two));
    const QImage shrunk = QImage(two).scaled(800, 500, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QImage plain(one);
    double difference = 0;
    for (int y = 0; y < 500; ++y)
      for (int x = 0; x < 800; ++x)
        difference += std::abs(qGray(shrunk.pixel(x, y)) - qGray(plain.pixel(x, y)));
    QVERIFY2(difference / (800 * 500) < 3, qPrintable(QString::number(difference / (800 * 500))));
  }

  void writesSvgThatRendersLikeThePng() {
    const QString path = m_folder.filePath(QStringLiteral("chart.svg"));
    const QString png = m_folder.filePath(QStringLiteral("reference.png"));
    QVERIFY(exported(scene(), true, QSize(800, 500), 1, path));
    QVERIFY(exported(scene(), true, QSize(800, 500), 1, png));
    QSvgRenderer renderer(path);
    QVERIFY(renderer.isValid());
    QCOMPARE(renderer.viewBox(), QRect(0, 0, 800, 500));
    QImage drawn(800, 500, QImage::Format_RGB32);
    drawn.fill(Qt::black);
    QPainter painter(&drawn);
    renderer.render(&painter);
    painter.end();
    const QImage reference(png);
    double difference = 0;
    for (int y = 0; y < 500; ++y)
      for (int x = 0; x < 800; ++x)
        difference += std::abs(qGray(drawn.pixel(x, y)) - qGray(reference.pixel(x, y)));
    QVERIFY2(difference / (800 * 500) < 4, qPrintable(QString::number(difference / (800 * 500))));
    QVERIFY(contents(path).contains("Temperature")); // text stays text
    drawn.save(m_folder.filePath(QStringLiteral("svg.png")));
    show(m_folder.filePath(QStringLiteral("svg.png")));
    show(path);
  }

  void writesOnePdfPageInLandscape() {
    const QString path = m_folder.filePath(QStringLiteral("chart.pdf"));
    QVERIFY(exported(scene(), false, QSize(1200, 800), 1, path));
    const QByteArray bytes = contents(path);
    QVERIFY(bytes.startsWith("%PDF-"));
    QVERIFY(bytes.contains("/MediaBox [0 0 842") || bytes.contains("/MediaBox [0 0 841"));
    QVERIFY(bytes.contains("/Count 1"));
    show(path);
  }

  void dealsPanesOutToPages_data() {
    QTest::addColumn<int>("panes");
    QTest::addColumn<int>("devices");
    QTest::addColumn<int>("pages");
    QTest::addColumn<bool>("upright");
    QTest::newRow("one") << 1 << 1 << 1 << false;
    QTest::newRow("one of many devices") << 1 << 10 << 1 << false;
    QTest::newRow("three") << 3 << 3 << 1 << false;
    QTest::newRow("three of many devices") << 3 << 10 << 1 << true;
    QTest::newRow("six") << 6 << 3 << 2 << false;
    QTest::newRow("six of many devices") << 6 << 10 << 2 << true;
    QTest::newRow("more devices than a page has rows") << 3 << 80 << 4 << false;
  }
  void dealsPanesOutToPages() {
    QFETCH(int, panes);
    QFETCH(int, devices);
    QFETCH(int, pages);
    QFETCH(bool, upright);
    SyntheticScene recipe;
    recipe.devices = devices;
    ChartScene many = recipe.make();
    const std::vector<PaneSpec> three = many.panes;
    many.panes.clear();
    for (int i = 0; i < panes; ++i)
      many.panes.push_back(three[static_cast<std::size_t>(i % 3)]);
    const QString path = m_folder.filePath(QStringLiteral("pages.pdf"));
    QVERIFY(exported(many, false, QSize(1200, 800), 1, path));
    const QByteArray bytes = contents(path);
    const QByteArray count = bytes.mid(bytes.indexOf("/Count ") + 7, 3).split('\n').first();
    QCOMPARE(count.toInt(), pages);
    QCOMPARE(bytes.contains("/MediaBox [0 0 595"), upright);
  }

  void refusesWhatItCannotWrite_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QSize>("size");
    QTest::newRow("empty size") << QStringLiteral("chart.png") << QSize(0, 500);
    QTest::newRow("huge size") << QStringLiteral("chart.png") << QSize(300'000, 500);
  }
  void refusesWhatItCannotWrite() {
    QFETCH(QString, name);
    QFETCH(QSize, size);
    const QString path = m_folder.filePath(name);
    const auto result = exported(scene(), true, size, 1, path);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Usage);
    QVERIFY(!QFile::exists(path));
  }

  void titlesTellBothOffsetsWhereTheyDiffer() {
    ChartScene doubled;
    doubled.zone = QTimeZone("Europe/Berlin");
    doubled.from_us = parseIsoTime("2026-10-25T00:30:00Z")->time_us;
    doubled.to_us = parseIsoTime("2026-10-25T01:30:00Z")->time_us;
    QVERIFY2(rangeTitle(doubled).endsWith(QStringLiteral("UTC+2 → UTC+1")), qPrintable(rangeTitle(doubled)));
    doubled.to_us = doubled.from_us + kMinute;
    QVERIFY(!rangeTitle(doubled).contains(QStringLiteral("→")));
  }

  void aFailureLeavesTheOldFile() {
    if (geteuid() == 0)
      QSKIP("root may write anywhere");
    const QString path = m_folder.filePath(QStringLiteral("kept.svg"));
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::ExeOwner);
    const auto result = exported(scene(), true, QSize(400, 300), 1, path);
    QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY(!result);
    QCOMPARE(contents(path), QByteArray("old"));
  }

  void aMissingFolderIsNamedInTheError() {
    const auto result =
        exported(scene(), true, QSize(400, 300), 1, QStringLiteral("/nowhere/at/all/chart.png"));
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Unwritable);
    QVERIFY(
        QString::fromStdString(result.error().message).contains(QStringLiteral("/nowhere/at/all/chart.png")));
  }

private:
  QTemporaryDir m_folder;
};

METEOROGRAPH_TEST(tst_ChartExport)
#include "tst_ChartExport.moc"
