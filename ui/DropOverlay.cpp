// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/DropOverlay.h"

#include "ui/Theme.h"

#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace meteorograph::ui {

DropOverlay::DropOverlay(QWidget *parent) : QWidget(parent) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setAttribute(Qt::WA_NoSystemBackground);
  hide();
}

void DropOverlay::cover() {
  setGeometry(parentWidget()->rect());
  raise();
  show();
}

void DropOverlay::paintEvent(QPaintEvent *) {
  const ChartTheme &theme = themeOf(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor veil = theme.background;
  veil.setAlphaF(0.86F);
  painter.fillRect(rect(), veil);
  painter.setPen(QPen(theme.accent, 2, Qt::DashLine));
  painter.drawRoundedRect(QRectF(rect()).adjusted(24, 24, -24, -24), 14, 14);
  painter.setPen(theme.text);
  painter.setFont(fontOf(*this, 20, QFont::DemiBold));
  painter.drawText(rect(), Qt::AlignCenter, tr("Drop to read and follow"));
}

QStringList droppedPaths(const QMimeData &data) {
  QStringList paths;
  for (const QUrl &url : data.urls())
    if (url.isLocalFile())
      paths << url.toLocalFile();
  return paths;
}

} // namespace meteorograph::ui
