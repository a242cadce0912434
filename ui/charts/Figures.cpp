// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Figures.h"

#include <QCache>
#include <QFont>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPaintEngine>
#include <QPainter>
#include <QRawFont>

#include <algorithm>

namespace meteorograph::ui {
namespace {

constexpr int kKnown = 500; // texts whose glyphs are remembered, on each thread

/// Glyphs with their places; invalid when the font lacks one of them.
struct Layout {
  QList<quint32> glyphs;
  QList<QPointF> places;
  double width = 0;
  bool valid = false;
};

double widestDigit(const QRawFont &font) {
  const QList<quint32> digits = font.glyphIndexesForString(QStringLiteral("0123456789"));
  double widest = 0;
  for (const QPointF &advance : font.advancesForGlyphIndexes(digits))
    widest = std::max(widest, advance.x());
  return widest;
}

Layout layOut(const QFont &font, const QString &text) {
  Layout layout;
  const QRawFont raw = QRawFont::fromFont(font);
  layout.glyphs = raw.glyphIndexesForString(text);
  if (!raw.isValid() || layout.glyphs.size() != text.size() || layout.glyphs.contains(0U))
    return layout;
  const QList<QPointF> advances = raw.advancesForGlyphIndexes(layout.glyphs);
  const double cell = widestDigit(raw);
  for (qsizetype i = 0; i < layout.glyphs.size(); ++i) {
    const double room = text[i].isDigit() ? cell : advances[i].x();
    layout.places << QPointF(layout.width + (room - advances[i].x()) / 2, 0);
    layout.width += room;
  }
  layout.valid = true;
  return layout;
}

/// What tells one text in one font from another.
struct Key {
  QString family;
  int pixels;
  int weight;
  QString text;
  bool operator==(const Key &) const = default;
};

size_t qHash(const Key &key, size_t seed = 0) {
  return qHashMulti(seed, key.family, key.pixels, key.weight, key.text);
}

/// An axis that moves shows the same labels picture after picture.
const Layout &laidOut(const QFont &font, const QString &text) {
  static thread_local QCache<Key, Layout> known(kKnown);
  Key key{font.family(), font.pixelSize(), font.weight(), text};
  if (const Layout *layout = known.object(key))
    return *layout;
  auto *layout = new Layout(layOut(font, text));
  known.insert(key, layout);
  return *layout;
}

/// Documents keep text as text; there the figures are as the font has them.
bool takesGlyphs(const QPainter &painter) {
  return painter.paintEngine() != nullptr && painter.paintEngine()->type() == QPaintEngine::Raster;
}

} // namespace

double figuresWidth(const QFont &font, const QString &text) {
  const Layout &layout = laidOut(font, text);
  return layout.valid ? layout.width : QFontMetricsF(font).horizontalAdvance(text);
}

void drawFigures(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text) {
  static const Layout none;
  const Layout &layout = takesGlyphs(painter) ? laidOut(painter.font(), text) : none;
  if (!layout.valid) {
    painter.drawText(rect, static_cast<int>(alignment | Qt::TextDontClip), text);
    return;
  }
  const QFontMetricsF metrics(painter.font());
  double x = rect.left();
  if (alignment & Qt::AlignRight)
    x = rect.right() - layout.width;
  else if (alignment & Qt::AlignHCenter)
    x = rect.center().x() - layout.width / 2;
  const double baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
  QGlyphRun run;
  run.setRawFont(QRawFont::fromFont(painter.font()));
  run.setGlyphIndexes(layout.glyphs);
  run.setPositions(layout.places);
  painter.drawGlyphRun(QPointF(x, baseline), run);
}

} // namespace meteorograph::ui
