// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartTheme.h"

#include <QFontDatabase>

#include <algorithm>
#include <array>

namespace meteorograph::ui {
namespace {

QFont chartFont() {
  QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
  for (const char *family : {"Inter", "DejaVu Sans"}) {
    if (!QFontDatabase::hasFamily(QLatin1String(family)))
      continue;
    font = QFont(QLatin1String(family));
    break;
  }
  font.setPixelSize(11);
  return font;
}

std::vector<QColor> colours(std::initializer_list<const char *> names) {
  std::vector<QColor> result;
  for (const char *name : names)
    result.emplace_back(QLatin1String(name));
  return result;
}

ChartTheme darkTheme() {
  ChartTheme theme;
  theme.dark = true;
  theme.background = QColor(0x14161a);
  theme.panel = QColor(0x1a1d22);
  theme.card = QColor(0x1f2329);
  theme.line = QColor(0x2b3038);
  theme.grid = QColor(0x272c34);
  theme.text = QColor(0xe6e8ec);
  theme.dim = QColor(0x8d96a3);
  theme.faint = QColor(0x6c7583);
  theme.temperature = QColor(0xf0704a);
  theme.humidity = QColor(0x8583ff);
  theme.pressure = QColor(0x2fbfa5);
  theme.accent = QColor(0x4c8dff);
  theme.selection = QColor(0x2f6ee0);
  theme.ok = QColor(0x3fb68b);
  theme.warning = QColor(0xe3b341);
  theme.bad = QColor(0xf4556a);
  theme.provisional = QColor(255, 255, 255, 9);
  theme.devicePalette = colours({"#ff893c", "#60b5f7", "#1eed9c", "#e07dca", "#f2d14b", "#907fff", "#f4556a",
                                 "#8d96a3", "#4fd4d8", "#bbe16d", "#ffc3b7", "#b8a37e"});
  theme.font = chartFont();
  return theme;
}

ChartTheme lightTheme() {
  ChartTheme theme;
  theme.dark = false;
  theme.background = QColor(0xf3f4f6);
  theme.panel = QColor(0xfbfbfc);
  theme.card = QColor(0xffffff);
  theme.line = QColor(0xdde1e7);
  theme.grid = QColor(0xe8ebef);
  theme.text = QColor(0x1b2027);
  theme.dim = QColor(0x5b6470);
  theme.faint = QColor(0x858e9b);
  theme.temperature = QColor(0xc03f1a);
  theme.humidity = QColor(0x4d49d6);
  theme.pressure = QColor(0x0a7a68);
  theme.accent = QColor(0x1f66e0);
  theme.selection = QColor(0x1f66e0);
  theme.ok = QColor(0x18795a);
  theme.warning = QColor(0x8f6400);
  theme.bad = QColor(0xc42f46);
  theme.provisional = QColor(0, 0, 0, 9);
  theme.devicePalette = colours({"#c54c00", "#0a71e2", "#167f60", "#a02e94", "#87723f", "#473bde", "#aa2e43",
                                 "#5e6269", "#057f94", "#5c7e00", "#9e5954", "#644926"});
  theme.font = chartFont();
  return theme;
}

} // namespace

const ChartTheme &chartTheme(bool dark) {
  static const std::array<ChartTheme, 2> themes{lightTheme(), darkTheme()};
  return themes[dark ? 1 : 0];
}

QColor quantityColour(const ChartTheme &theme, const std::string &quantityName) {
  if (quantityName == kTemperature)
    return theme.temperature;
  if (quantityName == kHumidity)
    return theme.humidity;
  if (quantityName == kPressure)
    return theme.pressure;
  std::uint32_t hash = 2166136261U; // FNV-1a: std::hash may differ between builds, a colour must not
  for (const char c : quantityName)
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return theme.devicePalette[hash % theme.devicePalette.size()];
}

QColor deviceColour(const ChartTheme &theme, DeviceId device) {
  const auto count = static_cast<DeviceId>(theme.devicePalette.size());
  const DeviceId index = ((device - 1) % count + count) % count; // ids start at 1
  return theme.devicePalette[static_cast<std::size_t>(index)];
}

} // namespace meteorograph::ui
