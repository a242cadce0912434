// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Figures.h"

#include <QFont>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPaintEngine>
#include <QPainter>
#include <QRawFont>

#include <algorithm>

namespace meteorograph::ui {
namespace {

/// Glyphs with their places; invalid when the font lacks one of them.
struct Layout {
  QGlyphRun run;
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
  const QList<quint32> glyphs = raw.glyphIndexesForString(text);
  if (!raw.isValid() || glyphs.size() != text.size() || glyphs.contains(0U))
    return layout;
  const QList<QPointF> advances = raw.advancesForGlyphIndexes(glyphs);
  const double cell = widestDigit(raw);
  QList<QPointF> places;
  for (qsizetype i = 0; i < glyphs.size(); ++i) {
    const double room = text[i].isDigit() ? cell : advances[i].x();
    places << QPointF(layout.width + (room - advances[i].x()) / 2, 0);
    layout.width += room;
  }
  layout.run.setRawFont(raw);
  layout.run.setGlyphIndexes(glyphs);
  layout.run.setPositions(places);
  layout.valid = true;
  return layout;
}

/// Documents keep text as text; there the figures are as the font has them.
bool takesGlyphs(const QPainter &painter) {
  return painter.paintEngine() != nullptr && painter.paintEngine()->type() == QPaintEngine::Raster;
}

} // namespace

double figuresWidth(const QFont &font, const QString &text) {
  const Layout layout = layOut(font, text);
  return layout.valid ? layout.width : QFontMetricsF(font).horizontalAdvance(text);
}

void drawFigures(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text) {
  const Layout layout = takesGlyphs(painter) ? layOut(painter.font(), text) : Layout();
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
  painter.drawGlyphRun(QPointF(x, baseline), layout.run);
}

} // namespace meteorograph::ui
