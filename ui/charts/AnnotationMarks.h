// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

class QPainter;

namespace meteorograph::ui {

// What people wrote at times, in a strip above the panes: a flag with its number (its place among all
// of the store, by time), its text as far as there is room, and a line through the panes that it is
// about. Each refers to its arguments during the call.

/// Height of the strip, 0 while there is none. It stays while the range moves, so that nothing jumps.
double annotationStripHeight(const ChartSpec &spec);

void paintAnnotations(QPainter &painter, const ChartSpec &spec, const ChartTheme &theme,
                      const ChartLayout &layout);

/// The annotation whose flag or line is at the place; 0: none.
std::int64_t annotationAt(const ChartSpec &spec, const ChartLayout &layout, QPointF at);

/// Those whose line is at the time (within some pixels) or whose stretch holds it, as
/// "2 · Filter changed".
std::vector<QString> annotationTexts(const ChartSpec &spec, const ChartLayout &layout, TimeUs time);

} // namespace meteorograph::ui
