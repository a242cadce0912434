// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

class QFont;
class QPainter;

namespace meteorograph::ui {

/// Width of a text whose digits all take the room of the widest one.
double figuresWidth(const QFont &font, const QString &text);

/// Draws the text in the painter's font and pen with digits of equal width, whatever the font, so
/// that changing numbers do not dance. Only the alignment's horizontal part and AlignVCenter count.
void drawFigures(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);

} // namespace meteorograph::ui
