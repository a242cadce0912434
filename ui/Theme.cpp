// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QStyle>
#include <QWidget>

/// The macro does not work inside a namespace.
static void registerResources() { Q_INIT_RESOURCE(resources); }

namespace meteorograph::ui {

void loadResources() { registerResources(); }

QPalette paletteFor(bool dark) {
  const ChartTheme &theme = chartTheme(dark);
  QPalette palette;
  palette.setColor(QPalette::Window, theme.background);
  palette.setColor(QPalette::WindowText, theme.text);
  palette.setColor(QPalette::Base, theme.card);
  palette.setColor(QPalette::AlternateBase, theme.panel);
  palette.setColor(QPalette::Text, theme.text);
  palette.setColor(QPalette::PlaceholderText, theme.dim);
  palette.setColor(QPalette::Button, theme.card);
  palette.setColor(QPalette::ButtonText, theme.text);
  palette.setColor(QPalette::ToolTipBase, theme.panel);
  palette.setColor(QPalette::ToolTipText, theme.text);
  palette.setColor(QPalette::Highlight, theme.selection);
  palette.setColor(QPalette::HighlightedText, Qt::white);
  palette.setColor(QPalette::Link, theme.accent);
  palette.setColor(QPalette::Light, theme.line);
  palette.setColor(QPalette::Mid, theme.line);
  palette.setColor(QPalette::Dark, theme.line);
  for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, theme.faint);
  return palette;
}

QString styleSheetFor(bool dark) {
  QFile file(dark ? QStringLiteral(":/themes/dark.qss") : QStringLiteral(":/themes/light.qss"));
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

const ChartTheme &themeOf(const QPalette &palette) {
  return chartTheme(palette.color(QPalette::WindowText).lightness() > 128);
}

QFont fontOf(const QWidget &widget, int pixels, QFont::Weight weight) {
  QFont font = widget.font();
  font.setPixelSize(pixels);
  font.setWeight(weight);
  return font;
}

void setTone(QWidget &widget, const char *tone) {
  const QString wanted = QString::fromLatin1(tone);
  if (widget.property("tone").toString() == wanted)
    return;
  widget.setProperty("tone", wanted);
  widget.style()->unpolish(&widget);
  widget.style()->polish(&widget);
}

/// Where no desktop has chosen one, fontconfig's last resort is all that Qt knows; Inter reads better
/// then, if it is installed.
QFont windowFont() {
  const QFont system = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
  const bool lastResort = QFontInfo(system).family() == QLatin1String("DejaVu Sans");
  return lastResort && QFontDatabase::hasFamily(QStringLiteral("Inter")) ? QFont(QStringLiteral("Inter"))
                                                                         : system;
}

/// Qt gives no new font to widgets that a style sheet has sized: so the sheet goes on anew.
void applyFont(const QFont &font) {
  if (QApplication::font() == font)
    return;
  QApplication::setFont(font);
  const QString sheet = qApp->styleSheet();
  if (sheet.isEmpty())
    return;
  qApp->setStyleSheet({});
  qApp->setStyleSheet(sheet);
}

void applyTheme(bool dark) {
  const QString sheet = styleSheetFor(dark);
  if (qApp->styleSheet() == sheet)
    return; // a new sheet goes over every widget
  QApplication::setPalette(paletteFor(dark));
  qApp->setStyleSheet(sheet);
}

} // namespace meteorograph::ui
