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
  double inkRatio = 1;  ///< total ink of ours to theirs
  double mean = 0;      ///< of the differences over pixels that either has inked
  double blurred = 0;   ///< the greatest difference of a 3 × 3 neighbourhood's mean: a wrong shape
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

/// Ours above theirs above the difference, where METEOROGRAPH_PICTURES names a folder.
void show(const QImage &ours, const QImage &theirs, const QString &name) {
  const QString folder = qEnvironmentVariable("METEOROGRAPH_PICTURES");
  if (folder.isEmpty())
    return;
  QImage both(ours.width(), ours.height() * 2, QImage::Format_RGB32);
  QPainter painter(&both);
  painter.drawImage(0, 0, ours);
  painter.drawImage(0, ours.height(), theirs);
  both.scaled(both.size() * 4).save(QDir(folder).filePath(QStringLiteral("span-") + name + QStringLiteral(".png")));
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
    const Corners sparse = line(10.3, 150, 13.7, [](double x) { return 60 + 45 * noise(static_cast<int>(x)); });
    const Corners steep = line(10.3, 150, 4.1, [](double x) { return 60 + 45 * noise(static_cast<int>(x * 3)); });
    const Corners cliff{{10, 20}, {60.2, 22}, {60.9, 100}, {110.4, 98}, {111.8, 15}, {150, 14}};
    const Corners upright{{10, 30}, {50.6, 30}, {50.6, 90}, {100.25, 90}, {100.25, 20}, {150, 20}};
    const Corners dense = line(10, 150, 0.25, [](double x) { return 60 + 20 * std::sin(x / 9) + 4 * noise(static_cast<int>(x * 4)); });
    const Corners smooth = line(10, 150, 0.5, [](double x) { return 60 + 40 * std::sin(x / 9); });
    for (const double width : {1.0, 2.4}) {
      const auto row = [width](const char *name, const Corners &corners, double mean) {
        QTest::addRow("%s %.1f", name, width) << corners << width << mean;
      };
      row("gentle", gentle, 0.03);
      row("sparse", sparse, 0.05);
      row("steep", steep, 0.06);
      row("cliff", cliff, 0.05);
      row("upright", upright, 0.05);
      row("dense", dense, 0.12);
      row("smooth", smooth, 0.03);
      row("one point", {{80.3, 60.7}}, 0.12);
      row("no point", {}, 0);
    }
  }
  void looksLikeQPainter() {
    QFETCH(Corners, corners);
    QFETCH(double, width);
    QFETCH(double, mean);
    for (const double scale : {1.0, 1.5, 2.0}) {
      const SpanPen pen{Qt::black, 1, width, 0, 0};
      const QImage ours = bySpans(corners, pen, scale);
      const QImage theirs = byPainter(corners, pen, scale);
      show(ours, theirs, QLatin1String(QTest::currentDataTag()) + QString::number(scale));
      const Difference difference = compare(ours, theirs);
      qInfo("scale %.1f ink %.3f mean %.3f blurred %.3f", scale, difference.inkRatio, difference.mean, difference.blurred);
      QVERIFY2(difference.mean <= mean, qPrintable(QStringLiteral("%1 at %2").arg(difference.mean).arg(scale)));
    }
  }
  void dashesLikeQPainter_data() {
    QTest::addColumn<Corners>("corners");
    QTest::newRow("flat") << Corners{{10, 60.5}, {150, 60.5}};
    QTest::newRow("gentle") << line(10, 150, 20, [](double x) { return 60 + 20 * std::sin(x / 25); });
    QTest::newRow("steep") << line(10.3, 150, 8, [](double x) { return 60 + 45 * noise(static_cast<int>(x * 3)); });
    QTest::newRow("cliff") << Corners{{10, 20}, {60.2, 22}, {60.9, 100}, {110.4, 98}, {111.8, 15}, {150, 14}};
  }
  void dashesLikeQPainter() {
    QFETCH(Corners, corners);
    for (const double scale : {1.0, 1.5, 2.0}) {
      const SpanPen pen{Qt::black, 1, 1, 3, 3};
      const QImage ours = bySpans(corners, pen, scale);
      const QImage theirs = byPainter(corners, pen, scale);
      show(ours, theirs, QStringLiteral("dashed ") + QLatin1String(QTest::currentDataTag()) + QString::number(scale));
      const Difference difference = compare(ours, theirs);
      qInfo("scale %.1f ink %.3f mean %.3f blurred %.3f", scale, difference.inkRatio, difference.mean, difference.blurred);
      QVERIFY(difference.mean < 0.2);
    }
  }
};

METEOROGRAPH_TEST(tst_SpanRasterizer)
#include "tst_SpanRasterizer.moc"
