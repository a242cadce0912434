// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"

#include <QColor>
#include <QFont>

#include <string>
#include <vector>

namespace meteorograph::ui {

/// The colours and the font of one look, dark or light. A value without state; the two instances
/// live as long as the program and may be read from any thread once a QGuiApplication exists.
struct ChartTheme {
  bool dark = true;
  QColor background; ///< behind everything
  QColor panel;      ///< tool bars, side bar, hover box
  QColor card;       ///< where charts and tiles lie
  QColor line;       ///< borders
  QColor grid;
  QColor text;
  QColor dim;   ///< secondary text, tick labels
  QColor faint; ///< marks, outlines, what is disabled; too faint for text to be read
  QColor temperature;
  QColor humidity;
  QColor pressure;
  QColor accent;
  QColor selection; ///< behind white text
  QColor ok;
  QColor warning;
  QColor bad;
  QColor provisional; ///< translucent shade over provisional windows
  std::vector<QColor> devicePalette;
  QFont font; ///< 11 px with digits of equal width where the font has them
  bool operator==(const ChartTheme &) const = default;
};

const ChartTheme &chartTheme(bool dark);

/// Colour of a quantity's title, and of its lines while only one device is shown. Temperature,
/// humidity and pressure have their own; others take one from the palette by their name, for ever.
QColor quantityColour(const ChartTheme &theme, const std::string &quantityName);

/// Colour of a device's lines while several are shown: by its id alone, so that it never changes.
QColor deviceColour(const ChartTheme &theme, DeviceId device);

} // namespace meteorograph::ui
