// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartTheme.h"

#include <QPalette>
#include <QString>

class QWidget;

namespace meteorograph::ui {

/// The look of the widgets: a palette and one style sheet for dark, one for light. GUI thread.
QPalette paletteFor(bool dark);
QString styleSheetFor(bool dark);

/// The tokens that go with a widget's palette, for widgets that paint themselves.
const ChartTheme &themeOf(const QPalette &palette);

/// The unscaled widget font in another size (pixels) and weight.
QFont fontOf(const QWidget &widget, int pixels, QFont::Weight weight = QFont::Normal);

/// Sets a property that the style sheet selects by (tone = "ok", "warn", "bad", "dim" …) and applies it.
void setTone(QWidget &widget, const char *tone);

/// Makes icons and style sheets known: a static library's resources are not registered by themselves.
/// May be called more than once.
void loadResources();

/// The desktop's font as it is now, or a better one where no desktop has chosen any.
QFont windowFont();
/// Puts the font on the whole application.
void applyFont(const QFont &font);

/// Puts the look on the whole application.
void applyTheme(bool dark);

} // namespace meteorograph::ui
