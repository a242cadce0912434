// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/charts/SpanRasterizer.h"

#include <QDir>
#include <QPainter>

#include <cmath>

using namespace meteorograph::ui;

namespace {

constexpr int kWidth = 160;
constexpr int kHeight = 120;

constexpr double kScales[] = {1, 1.25, 1.5, 2}; // device pixels a logical pixel

using Corners = std::vector<QPointF>;

Corners line(double fromX, double toX, double step, const std::function<double(double)> &y) {
  Corners corners;
  for (double x = fromX; x <= toX + 1e-9; x += step)
    corners.emplace_back(x, y(x));
  return corners;
}

/// Noise that is the same on every machine.
double noise(int index) {
  const double value = std::sin(index * 12.9898) * 43758.5453;
  return (value - std::floor(value)) * 2 - 1;
}

std::vector<SpanVertex> vertices(const Corners &corners, double scale) {
  std::vector<SpanVertex> result;
  double arc = 0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    if (i > 0)
      arc += std::hypot(corners[i].x() - corners[i - 1].x(), corners[i].y() - corners[i - 1].y()) * scale;
    result.push_back({static_cast<float>(corners[i].x() * scale), static_cast<float>(corners[i].y() * scale),
                      static_cast<float>(arc)});
  }
  return result;
}

QImage paper(double scale) {
  QImage image(qCeil(kWidth * scale), qCeil(kHeight * scale), QImage::Format_RGB32);
  image.fill(Qt::white);
  return image;
}

QImage bySpans(const Corners &corners, SpanPen pen, double scale) {
  QImage image = paper(scale);
  pen.width *= scale;
  pen.dash *= scale;
  pen.gap *= scale;
  SpanRasterizer(image, image.rect()).drawLine(vertices(corners, scale), pen);
  return image;
}

/// Drawn large and shrunk: at its own size QPainter has a shortcut for thin lines that is not exact.
QImage byPainter(const Corners &corners, const SpanPen &pen, double scale) {
  constexpr int kLarger = 4;
  QImage image = paper(scale).scaled(paper(scale).size() * kLarger);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(scale * kLarger, scale * kLarger);
  QPen qtPen(pen.colour, pen.width, Qt::SolidLine, pen.dash > 0 ? Qt::FlatCap : Qt::RoundCap, Qt::RoundJoin);
  if (pen.dash > 0)
    qtPen.setDashPattern({pen.dash / pen.width, pen.gap / pen.width});
  painter.setOpacity(pen.opacity);
  painter.setPen(qtPen);
  if (corners.size() == 1)
    painter.drawPoint(corners.front());
  else if (!corners.empty())
    painter.drawPolyline(QPolygonF(QList<QPointF>(corners.begin(), corners.end())));
  return image.scaled(paper(scale).size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

/// How two drawings differ. Ink is 0 to 1 a pixel.
struct Difference {
  double inkRatio = 1; ///< total ink of ours to theirs
  double mean = 0;     ///< of the differences over pixels that either has inked
  double blurred = 0;  ///< the greatest difference of a 3 × 3 neighbourhood's mean: a wrong shape
};

double ink(const QImage &image, int x, int y) { return 1 - qGray(image.pixel(x, y)) / 255.0; }

Difference compare(const QImage &ours, const QImage &theirs) {
  double oursInk = 0;
  double theirsInk = 0;
  double sum = 0;
  double inked = 0;
  Difference result;
  for (int y = 1; y + 1 < ours.height(); ++y)
    for (int x = 1; x + 1 < ours.width(); ++x) {
      const double a = ink(ours, x, y);
      const double b = ink(theirs, x, y);
      oursInk += a;
      theirsInk += b;
      sum += std::abs(a - b);
      inked += a > 0.02 || b > 0.02 ? 1 : 0;
      double around = 0;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
          around += ink(ours, x + dx, y + dy) - ink(theirs, x + dx, y + dy);
      result.blurred = std::max(result.blurred, std::abs(around) / 9);
    }
  result.inkRatio = theirsInk > 0 ? oursInk / theirsInk : oursInk > 0 ? 99 : 1;
  result.mean = inked > 0 ? sum / inked : 0;
  return result;
}

QByteArray describe(const Difference &difference, double scale) {
  return QStringLiteral("scale %1: ink %2, mean %3, blurred %4")
      .arg(scale)
      .arg(difference.inkRatio)
      .arg(difference.mean)
      .arg(difference.blurred)
      .toUtf8();
}

/// Ours above theirs, where METEOROGRAPH_PICTURES names a folder.
void show(const QImage &ours, const QImage &theirs, const QString &name) {
  const QString folder = qEnvironmentVariable("METEOROGRAPH_PICTURES");
  if (folder.isEmpty())
    return;
  QImage both(ours.width(), ours.height() * 2, QImage::Format_RGB32);
  QPainter painter(&both);
  painter.drawImage(0, 0, ours);
  painter.drawImage(0, ours.height(), theirs);
  both.scaled(both.size() * 4)
      .save(QDir(folder).filePath(QStringLiteral("span-") + name + QStringLiteral(".png")));
}

} // namespace

class tst_SpanRasterizer : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void looksLikeQPainter_data() {
    QTest::addColumn<Corners>("corners");
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("mean");
    const Corners gentle = line(10, 150, 20, [](double x) { return 60 + 20 * std::sin(x / 25); });
    const Corners sparse =
        line(10.3, 150, 13.7, [](double x) { return 60 + 45 * noise(static_cast<int>(x)); });
    const Corners steep =
        line(10.3, 150, 4.1, [](double x) { return 60 + 45 * noise(static_cast<int>(x * 3)); });
    const Corners cliff{{10, 20}, {60.2, 22}, {60.9, 100}, {110.4, 98}, {111.8, 15}, {150, 14}};
    const Corners upright{{10, 30}, {50.6, 30}, {50.6, 90}, {100.25, 90}, {100.25, 20}, {150, 20}};
    const Corners dense = line(10, 150, 0.25, [](double x) {
      return 60 + 20 * std::sin(x / 9) + 4 * noise(static_cast<int>(x * 4));
    });
    const Corners smooth = line(10, 150, 0.5, [](double x) { return 60 + 40 * std::sin(x / 9); });
    for (const double width : {1.0, 2.4, 6.0}) {
      const auto row = [width](const char *name, const Corners &corners, double mean) {
        QTest::addRow("%s %.1f", name, width) << corners << width << mean;
      };
      row("gentle", gentle, 0.01);
      row("sparse", sparse, 0.012);
      row("steep", steep, 0.02);
      row("cliff", cliff, 0.04);
      row("upright", upright, 0.08);
      row("dense", dense, 0.07);
      row("smooth", smooth, 0.015);
      row("one point", {{80.3, 60.7}}, 0.03);
      row("no point", {}, 0);
    }
  }
  void looksLikeQPainter() {
    QFETCH(Corners, corners);
    QFETCH(double, width);
    QFETCH(double, mean);
    for (const double scale : kScales) {
      const SpanPen pen{Qt::black, 1, width, 0, 0};
      const QImage ours = bySpans(corners, pen, scale);
      const QImage theirs = byPainter(corners, pen, scale);
      show(ours, theirs, QLatin1String(QTest::currentDataTag()) + QString::number(scale));
      const Difference difference = compare(ours, theirs);
      const QByteArray figures = describe(difference, scale);
      QVERIFY2(difference.mean <= mean, figures);
      QVERIFY2(difference.blurred < 0.2, figures);
      QVERIFY2(std::abs(difference.inkRatio - 1) < 0.1, figures);
    }
  }
  void dashesLikeQPainter_data() {
    QTest::addColumn<Corners>("corners");
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("dash");
    const Corners flat{{10, 60.5}, {150, 60.5}};
    const Corners gentle = line(10, 150, 20, [](double x) { return 60 + 20 * std::sin(x / 25); });
    const Corners steep =
        line(10.3, 150, 8, [](double x) { return 60 + 45 * noise(static_cast<int>(x * 3)); });
    const Corners cliff{{10, 20}, {60.2, 22}, {60.9, 100}, {110.4, 98}, {111.8, 15}, {150, 14}};
    const Corners sparse = line(10, 150, 35, [](double x) { return 60 + 30 * std::sin(x / 20); });
    for (const auto &[width, dash] : {std::pair(1.0, 3.0), {2.0, 6.0}, {2.4, 8.0}}) {
      const auto row = [width = width, dash = dash](const char *name, const Corners &corners) {
        QTest::addRow("%s %.1f", name, width) << corners << width << dash;
      };
      row("flat", flat);
      row("gentle", gentle);
      row("steep", steep);
      row("cliff", cliff);
      row("sparse", sparse);
    }
  }
  void dashesLikeQPainter() {
    QFETCH(Corners, corners);
    QFETCH(double, width);
    QFETCH(double, dash);
    for (const double scale : kScales) {
      const SpanPen pen{Qt::black, 1, width, dash, dash};
      const QImage ours = bySpans(corners, pen, scale);
      const QImage theirs = byPainter(corners, pen, scale);
      show(ours, theirs,
           QStringLiteral("dashed ") + QLatin1String(QTest::currentDataTag()) + QString::number(scale));
      const Difference difference = compare(ours, theirs);
      const QByteArray figures = describe(difference, scale);
      QVERIFY2(difference.mean < 0.2 + 0.12 * width, figures); // a dash may begin a pixel elsewhere
      QVERIFY2(std::abs(difference.inkRatio - 1) < 0.03 * width, figures);
    }
  }

  void fillsBandsLikeQPainter_data() {
    QTest::addColumn<Corners>("top");
    QTest::addColumn<double>("height");
    QTest::newRow("sparse") << line(10.3, 150, 35, [](double x) { return 50 + 20 * std::sin(x / 20); })
                            << 30.0;
    QTest::newRow("dense") << line(10, 150, 1, [](double x) {
      return 50 + 20 * noise(static_cast<int>(x) / 3);
    }) << 20.0;
    QTest::newRow("thin") << line(10, 150, 7, [](double x) { return 60 + 20 * std::sin(x / 9); }) << 0.8;
  }
  void fillsBandsLikeQPainter() {
    QFETCH(Corners, top);
    QFETCH(double, height);
    for (const double scale : kScales) {
      QImage ours = paper(scale);
      QImage theirs = paper(scale);
      std::vector<BandVertex> band;
      QPolygonF area;
      for (const QPointF &corner : top) {
        const QPointF at = corner * scale;
        band.push_back({static_cast<float>(at.x()), static_cast<float>(at.y()),
                        static_cast<float>(at.y() + height * scale)});
        area.append(at);
      }
      for (auto corner = top.rbegin(); corner != top.rend(); ++corner)
        area.append(QPointF(corner->x(), corner->y() + height) * scale);
      SpanRasterizer(ours, ours.rect()).drawBand(band, Qt::black, 1);
      QPainter painter(&theirs);
      painter.setRenderHint(QPainter::Antialiasing);
      painter.setPen(Qt::NoPen);
      painter.setBrush(Qt::black);
      painter.drawPolygon(area);
      painter.end();
      show(ours, theirs,
           QStringLiteral("band ") + QLatin1String(QTest::currentDataTag()) + QString::number(scale));
      const Difference difference = compare(ours, theirs);
      QVERIFY2(difference.mean < 0.03, describe(difference, scale));
      QVERIFY2(difference.blurred < 0.2, describe(difference, scale));
      QVERIFY2(std::abs(difference.inkRatio - 1) < 0.03, describe(difference, scale));
    }
  }

  void drawsDotsLikeQPainter() {
    for (const double scale : kScales)
      for (const double diameter : {1.5, 4.5, 9.0}) {
        QImage ours = paper(scale);
        SpanRasterizer(ours, ours.rect())
            .drawDot(static_cast<float>(60.3 * scale), static_cast<float>(50.7 * scale), diameter * scale,
                     Qt::black, 1);
        const QImage theirs = byPainter({{60.3, 50.7}}, {Qt::black, 1, diameter, 0, 0}, scale);
        const Difference difference = compare(ours, theirs);
        QVERIFY2(difference.mean < 0.03, describe(difference, scale));
        QVERIFY2(std::abs(difference.inkRatio - 1) < 0.05, describe(difference, scale));
      }
  }

  /// Down a steep thick flank the ink of a column changes from row to row, and never by much at once.
  void aSteepThickFlankHasNoStairs() {
    QImage image = paper(1);
    const std::vector<SpanVertex> flank{{60, -200, 0}, {90, 320, 0}};
    SpanRasterizer(image, image.rect()).drawLine(flank, {Qt::black, 1, 6, 0, 0});
    const double perRow = 30.0 / 520; // how far the edge moves with each row, in pixels
    for (int y = 1; y < kHeight; ++y) {
      double row = 0;
      for (int x = 0; x < kWidth; ++x) {
        row += ink(image, x, y);
        QVERIFY(std::abs(ink(image, x, y) - ink(image, x, y - 1)) < 3 * perRow);
      }
      QVERIFY2(std::abs(row - 6 / std::cos(std::atan(perRow))) < 0.1, qPrintable(QString::number(row)));
    }
  }

  void drawsEachRunOfALineWithGaps() {
    const SpanPen pen{Qt::black, 1, 2.4, 0, 0};
    QImage ours = paper(1);
    QImage theirs = paper(1);
    SpanRasterizer rasterizer(ours, ours.rect());
    const Corners first{{10, 20}, {40, 70}};
    const Corners second{{41, 70}, {90.5, 30}, {91, 100}};
    for (const Corners &run : {first, second, Corners{{120, 60}}})
      rasterizer.drawLine(vertices(run, 1), pen);
    for (const Corners &run : {first, second, Corners{{120, 60}}}) {
      const QImage alone = byPainter(run, pen, 1);
      for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x)
          theirs.setPixel(x, y, std::min(theirs.pixel(x, y), alone.pixel(x, y)));
    }
    const Difference difference = compare(ours, theirs);
    QVERIFY2(difference.mean < 0.04, describe(difference, 1));
    QVERIFY2(std::abs(difference.inkRatio - 1) < 0.04, describe(difference, 1));
  }

  void staysInsideItsClip() {
    QImage image = paper(1);
    SpanRasterizer rasterizer(image, QRectF(40, 30, 60, 40));
    const std::vector<SpanVertex> zigzag{
        {-50, 10, 0}, {45, 500, 0}, {60, -400, 0}, {90, 50, 0}, {1e6F, 55, 0}};
    rasterizer.drawLine(zigzag, {Qt::black, 1, 5, 0, 0});
    rasterizer.drawBand(std::vector<BandVertex>{{0, -100, 400}, {200, -100, 400}}, Qt::black, 0.5);
    rasterizer.drawDot(40, 30, 12, Qt::black, 1);
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        if (!QRect(40, 30, 60, 40).contains(x, y))
          QCOMPARE(ink(image, x, y), 0.0);
    QVERIFY(ink(image, 70, 50) > 0.4);
  }

  void fillsABandExactly() {
    QImage image = paper(1);
    SpanRasterizer(image, image.rect())
        .drawBand(std::vector<BandVertex>{{20, 30.5, 60}, {120, 30.5, 60}}, Qt::black, 0.5);
    QVERIFY(std::abs(ink(image, 50, 45) - 0.5) < 0.01);
    QVERIFY(std::abs(ink(image, 50, 30) - 0.25) < 0.01);
    QCOMPARE(ink(image, 50, 29), 0.0);
    QCOMPARE(ink(image, 50, 60), 0.0);
  }

  void blendsWithOpacityOnEveryFormat_data() {
    QTest::addColumn<QImage::Format>("format");
    QTest::newRow("RGB32") << QImage::Format_RGB32;
    QTest::newRow("ARGB32_Premultiplied") << QImage::Format_ARGB32_Premultiplied;
  }
  void blendsWithOpacityOnEveryFormat() {
    QFETCH(QImage::Format, format);
    QImage image(40, 40, format);
    image.fill(Qt::transparent);
    SpanRasterizer(image, image.rect())
        .drawLine(std::vector<SpanVertex>{{0, 20, 0}, {40, 20, 40}}, {Qt::white, 0.5, 10, 0, 0});
    const QRgb pixel = image.pixel(20, 20);
    QVERIFY(std::abs(qAlpha(pixel) - (format == QImage::Format_RGB32 ? 255 : 128)) <= 1);
    QVERIFY(std::abs(qRed(image.pixelColor(20, 20).rgb()) - (format == QImage::Format_RGB32 ? 128 : 255)) <=
            2);
  }

  void aThinnerLineIsFainterNotBroken() {
    QImage image = paper(1);
    const std::vector<SpanVertex> steep{{20, 110, 0}, {22, 10, 100}};
    SpanRasterizer(image, image.rect()).drawLine(steep, {Qt::black, 1, 0.5, 0, 0});
    for (int y = 15; y < 105; ++y) {
      double row = 0;
      for (int x = 0; x < image.width(); ++x)
        row += ink(image, x, y);
      QVERIFY2(std::abs(row - 0.5) < 0.1, qPrintable(QString::number(row)));
    }
  }
};

METEOROGRAPH_TEST(tst_SpanRasterizer)
#include "tst_SpanRasterizer.moc"
